package io.homeport.election;

import io.homeport.runtime.Election;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.recipes.cache.ChildData;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.apache.curator.framework.recipes.cache.CuratorCacheListener;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.leader.LeaderLatchListener;
import org.apache.curator.framework.state.ConnectionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Election by ephemeral sequential nodes below {@code <path>/election}, one for each server, which
 * hold the servers' addresses (Curator's {@link LeaderLatch}). The lowest leads. A node is gone
 * once its server's session has ended, whatever the server still believes.
 *
 * <p>Everybody keeps a copy of these nodes, so that asking who leads costs nothing and goes on
 * while ZooKeeper is out of reach, with what was known last.
 */
public final class ZooKeeperElection implements Election {
  private static final Logger LOG = LoggerFactory.getLogger(ZooKeeperElection.class);
  private static final int SEQUENCE_DIGITS = 10;

  private final ZooKeeperSession session;
  private final String path;
  private final CuratorCache nodes;
  private final ExecutorService events =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("election").factory());
  private volatile Optional<URI> self = Optional.empty();
  private volatile List<URI> known = List.of();
  private volatile ConnectionState connection = ConnectionState.SUSPENDED;

  // Touched on the thread of the events alone.
  private Optional<Standing> standing = Optional.empty();
  private boolean elected;

  /** What exists while this server stands. */
  private record Standing(LeaderLatch latch, Candidate candidate) {}

  /**
   * An election that this server watches and does not stand in yet.
   *
   * @param session the session; not closed by this
   */
  public ZooKeeperElection(ZooKeeperSession session) {
    this.session = session;
    this.path = session.address().path() + "/election";
    session.client().getConnectionStateListenable().addListener((_, state) -> connectionIs(state));
    this.nodes = CuratorCache.build(session.client(), path);
    nodes.listenable().addListener(CuratorCacheListener.builder().forAll(this::changed).build());
    nodes.start();
  }

  private void connectionIs(ConnectionState state) {
    connection = state;
    switch (state) {
      case CONNECTED, RECONNECTED -> LOG.info("Connected to {}.", description());
      case SUSPENDED ->
          LOG.warn(
              "The connection to {} is lost. Who leads goes on leading while the session lasts.",
              description());
      case LOST ->
          LOG.warn("The session with {} is over: this server does not lead.", description());
      case READ_ONLY -> LOG.debug("ZooKeeper is read-only.");
    }
  }

  private void changed(
      CuratorCacheListener.Type type, ChildData old, ChildData now) { // of no meaning here
    List<URI> servers =
        nodes.stream()
            .filter(node -> isServer(node.getPath()))
            .sorted(Comparator.comparing(node -> sequence(node.getPath())))
            .map(node -> URI.create(new String(node.getData(), StandardCharsets.UTF_8)))
            .toList();
    Optional<URI> before = leader();
    known = servers;
    if (!before.equals(leader())) {
      LOG.info(leader().map(uri -> uri + " leads now.").orElse("Nobody leads now."));
    }
  }

  private boolean isServer(String node) {
    return node.startsWith(path + "/") && node.matches(".*-latch-\\d{" + SEQUENCE_DIGITS + "}");
  }

  private static String sequence(String node) {
    return node.substring(node.length() - SEQUENCE_DIGITS);
  }

  @Override
  public void stand(URI address, Candidate candidate) {
    self = Optional.of(address);
    events.execute(() -> begin(candidate));
  }

  private void begin(Candidate candidate) {
    LeaderLatch latch = new LeaderLatch(session.client(), path, address().orElseThrow().toString());
    standing = Optional.of(new Standing(latch, candidate));
    latch.addListener(
        new LeaderLatchListener() {
          @Override
          public void isLeader() {
            won(latch);
          }

          @Override
          public void notLeader() {
            lost(latch);
          }
        },
        events);
    try {
      latch.start();
    } catch (Exception e) { // what Curator declares
      throw new IllegalStateException("the election cannot be entered", e);
    }
  }

  private void won(LeaderLatch latch) {
    // What was won may be lost again by the time that this is told.
    Optional<Standing> now = standing.filter(each -> each.latch().equals(latch));
    if (now.isPresent() && !elected && latch.hasLeadership()) {
      elected = true;
      now.get().candidate().elected();
    }
  }

  private void lost(LeaderLatch latch) {
    if (standing.filter(each -> each.latch().equals(latch)).isPresent()) {
      depose(
          connection == ConnectionState.LOST
              ? "the session with ZooKeeper is over"
              : "ZooKeeper does not list this server any more");
    }
  }

  private void depose(String why) {
    if (elected) {
      elected = false;
      standing.ifPresent(now -> now.candidate().deposed(why));
    }
  }

  @Override
  public Optional<URI> address() {
    return self;
  }

  @Override
  public Optional<URI> leader() {
    return known.stream().findFirst();
  }

  @Override
  public List<URI> servers() {
    return known;
  }

  @Override
  public void resign(String why, Duration pause) {
    events.execute(() -> standAnew(why, pause));
  }

  private void standAnew(String why, Duration pause) {
    if (standing.isEmpty()) {
      return;
    }
    Candidate candidate = standing.get().candidate();
    depose(why);
    withdraw();
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    begin(candidate);
  }

  private void withdraw() {
    standing.ifPresent(
        now -> {
          try {
            now.latch().close(LeaderLatch.CloseMode.SILENT);
          } catch (IOException e) {
            LOG.debug("The node of this server could not be removed; it goes with the session.", e);
          }
        });
    standing = Optional.empty();
    elected = false;
  }

  @Override
  public String description() {
    return session.address().toString();
  }

  @Override
  public void close() {
    events.shutdownNow();
    try {
      if (!events.awaitTermination(1, TimeUnit.MINUTES)) {
        LOG.warn("The election does not end; it is left alone.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    withdraw();
    nodes.close();
  }
}
