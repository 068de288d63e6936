package io.homeport.store;

import io.homeport.runtime.Store;
import io.homeport.runtime.StoreException;
import io.homeport.state.Change;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store in ZooKeeper, for several servers of which one leads: a node for each record, and one
 * with the number of the last commit. A commit is one multi, which first moves that node from the
 * version it is known to have.
 *
 * <p>Reading it all moves the node too, so that no commit of an earlier leader can land from then
 * on, however late it arrives. Therefore only the leader may {@link #load}.
 *
 * <p>When the connection breaks during a commit, the same multi is sent again: because of the
 * version it can land once at most, and the number's node names its writer, so that the outcome
 * becomes known as soon as ZooKeeper answers again.
 *
 * <p>May be used from any thread, by one at a time.
 */
public final class ZooKeeperStore implements Store {
  /**
   * How many bytes a commit may have. ZooKeeper takes messages up to {@code jute.maxbuffer}, which
   * is 1,048,575 bytes unless configured (ZooKeeper Administrator's Guide); the rest is reserve.
   */
  static final int MAX_COMMIT_BYTES = 960_000;

  private static final Logger LOG = LoggerFactory.getLogger(ZooKeeperStore.class);
  private static final int FORMAT = 1;

  /** What stands for the format while a restore is under way, so that no server begins on half. */
  private static final String RESTORING = "restoring";

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int LOAD_ATTEMPTS = 5;
  private static final long PAUSE_MILLIS = 100;
  private static final Limits LIMITS = new Limits(1_000, 256L << 10);

  private final CuratorFramework client;
  private final List<ACL> acl;
  private final ZooKeeperLayout layout;
  private final String writer = UUID.randomUUID().toString();
  private Optional<ZooKeeperContents> contents = Optional.empty();
  private boolean broken;

  private ZooKeeperStore(CuratorFramework client, List<ACL> acl, ZooKeeperLayout layout) {
    this.client = client;
    this.acl = acl;
    this.layout = layout;
  }

  /**
   * Opens the store, making an empty one if there is none.
   *
   * @param client a connection that was started; not closed by this
   * @param root the path under which everything is kept, such as {@code /homeport}
   * @param acl who may do what with new nodes
   * @throws StoreException when ZooKeeper is out of reach or the store was written by a newer
   *     version
   */
  public static ZooKeeperStore open(CuratorFramework client, String root, List<ACL> acl)
      throws StoreException {
    return open(new ZooKeeperStore(client, acl, new ZooKeeperLayout(root)), false);
  }

  /**
   * Opens the store to put a back-up in its place: also one that a restore left half done.
   *
   * @param client a connection that was started; not closed by this
   * @param root the path under which everything is kept, such as {@code /homeport}
   * @param acl who may do what with new nodes
   * @throws StoreException when ZooKeeper is out of reach or the store was written by a newer
   *     version
   */
  public static ZooKeeperStore openToRestore(CuratorFramework client, String root, List<ACL> acl)
      throws StoreException {
    return open(new ZooKeeperStore(client, acl, new ZooKeeperLayout(root)), true);
  }

  private static ZooKeeperStore open(ZooKeeperStore store, boolean toRestore)
      throws StoreException {
    CuratorFramework client = store.client;
    try {
      if (!client.blockUntilConnected((int) PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new StoreException(
            "ZooKeeper is out of reach at " + store.servers() + ". Is it running?");
      }
      store.prepare(toRestore);
      return store;
    } catch (StoreException e) {
      throw e;
    } catch (Exception e) { // what Curator declares
      throw store.unusable("cannot be opened", e);
    }
  }

  private String servers() {
    return client.getZookeeperClient().getCurrentConnectionString();
  }

  private StoreException unusable(String what, Exception cause) {
    if (cause instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return new StoreException(
        "The " + description() + " " + what + ": " + cause.getMessage(), cause);
  }

  private void prepare(boolean toRestore) throws Exception {
    for (RecordKind kind : RecordKind.values()) {
      createIfMissing(layout.kind(kind), "");
    }
    createIfMissing(layout.sequence(), "0 nobody");
    createIfMissing(layout.format(), String.valueOf(FORMAT));
    client.sync().forPath(layout.format());
    String found = text(client.getData().forPath(layout.format()));
    if (found.equals(RESTORING) && toRestore) {
      return;
    }
    if (found.equals(RESTORING)) {
      throw new StoreException(
          "The "
              + description()
              + " is half restored: a restore did not come to its end. Run 'homeport state restore'"
              + " again.");
    }
    if (!found.equals(String.valueOf(FORMAT))) {
      throw new StoreException(
          String.format(
              "The %s has format %s, but this version of Homeport knows formats up to %d: it was"
                  + " written by a newer version. Start that version.",
              description(), found, FORMAT));
    }
  }

  private void createIfMissing(String path, String content) throws Exception {
    if (client.checkExists().forPath(path) != null) {
      return;
    }
    try {
      client
          .create()
          .creatingParentsIfNeeded()
          .withACL(acl, true)
          .forPath(path, content.getBytes(StandardCharsets.UTF_8));
    } catch (KeeperException.NodeExistsException e) {
      LOG.debug("Another server made {} just now.", path, e);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public synchronized long load(Consumer<Change.Stored> changes) throws StoreException {
    try {
      return read(changes).sequence();
    } catch (MalformedRecordException e) {
      throw new StoreException(
          "The "
              + description()
              + " holds something that this version of Homeport does not understand: "
              + e.getMessage()
              + ". Nothing was changed. Restore a back-up that is in order.",
          e);
    } catch (Exception e) { // what Curator declares
      throw unusable("cannot be read", e);
    }
  }

  private ZooKeeperContents read(Consumer<Change.Stored> changes) throws Exception {
    contents = Optional.empty();
    ZooKeeperContents found = fence();
    ZooKeeperReading reading = new ZooKeeperReading(client, layout);
    CommonValues common = new CommonValues();
    List<String> buckets =
        reading.run(
            (kind, key, body) -> {
              changes.accept(RecordKind.decode(kind.word(), key, body, common));
              found.add(kind, key);
            });
    found.addBuckets(buckets);
    contents = Optional.of(found);
    return found;
  }

  /** Moves the sequence node without changing its number: earlier leaders' commits fail now. */
  private ZooKeeperContents fence() throws Exception {
    for (int attempt = 1; ; attempt++) {
      Stat before = new Stat();
      byte[] data = client.getData().storingStatIn(before).forPath(layout.sequence());
      try {
        Stat after =
            client.setData().withVersion(before.getVersion()).forPath(layout.sequence(), data);
        String number = text(data).split(" ", 2)[0];
        return new ZooKeeperContents(layout, acl, Long.parseLong(number), after.getVersion());
      } catch (KeeperException.BadVersionException e) {
        if (attempt == LOAD_ATTEMPTS) {
          throw e;
        }
        LOG.debug("Another server writes at this moment.", e);
      }
    }
  }

  @Override
  public synchronized Outcome commit(long expected, List<Change.Stored> changes) {
    if (broken) {
      return new Outcome.Unknown("An earlier commit ended in an open way.");
    }
    try {
      ZooKeeperContents present = contents.isPresent() ? contents.get() : read(_ -> {});
      if (present.sequence() != expected) {
        contents = Optional.empty();
        return refused(expected, String.valueOf(present.sequence()));
      }
      ZooKeeperContents.Commit commit = present.plan(changes, writer);
      if (commit.bytes() > MAX_COMMIT_BYTES) {
        return new Outcome.Full(tooLarge(commit.bytes()));
      }
      return send(present, commit);
    } catch (Exception e) { // what Curator declares
      return unknown(e);
    }
  }

  private Outcome send(ZooKeeperContents present, ZooKeeperContents.Commit commit)
      throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        int version = version(commit.operations());
        present.done(commit, version);
        return new Outcome.Committed(present.sequence());
      } catch (KeeperException.BadVersionException e) {
        return afterBadVersion(present, commit);
      } catch (KeeperException.QuotaExceededException e) {
        return new Outcome.Full("The " + description() + " is at its quota: " + e.getMessage());
      } catch (KeeperException.ConnectionLossException
          | KeeperException.SessionExpiredException
          | KeeperException.SessionMovedException
          | KeeperException.OperationTimeoutException e) {
        if (System.nanoTime() > deadline) {
          return unknown(e);
        }
        LOG.debug("The connection broke during a commit; it is sent again.", e);
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }

  /** Sends a multi and gives the sequence node's new version. */
  private int version(List<Op> operations) throws Exception {
    var results = client.getZookeeperClient().getZooKeeper().multi(operations);
    if (results.getFirst() instanceof org.apache.zookeeper.OpResult.SetDataResult set) {
      return set.getStat().getVersion();
    }
    throw new IllegalStateException("a multi did not answer about its first operation");
  }

  private Outcome afterBadVersion(ZooKeeperContents present, ZooKeeperContents.Commit commit)
      throws Exception {
    Stat stat = new Stat();
    client.sync().forPath(layout.sequence());
    String found = text(client.getData().storingStatIn(stat).forPath(layout.sequence()));
    if (found.equals(commit.mark()) && stat.getVersion() == present.version() + 1) {
      present.done(commit, stat.getVersion());
      return new Outcome.Committed(present.sequence());
    }
    long expected = present.sequence();
    contents = Optional.empty();
    return refused(expected, found.split(" ", 2)[0]);
  }

  /**
   * {@inheritDoc}
   *
   * <p>It is a transaction without a change, so that a majority of the servers takes part in it: a
   * plain read may be answered by one that does not know the latest.
   */
  @Override
  public synchronized Optional<String> takenOver() {
    if (broken || contents.isEmpty()) {
      return Optional.of("The " + description() + " is not read any more, or not yet.");
    }
    Op check = Op.check(layout.sequence(), contents.get().version());
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        client.getZookeeperClient().getZooKeeper().multi(List.of(check));
        return Optional.empty();
      } catch (KeeperException.BadVersionException e) {
        // What is known of the nodes stays as it is, so that the next commit is refused as well.
        return Optional.of(
            "The " + description() + " was read by another server: that one leads now.");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.of("Interrupted.");
      } catch (Exception e) { // what Curator declares
        if (!isConnectionTrouble(e) || System.nanoTime() > deadline) {
          return Optional.of(
              "Whether this server still leads cannot be found out from the "
                  + description()
                  + ": "
                  + e.getMessage());
        }
        LOG.debug("The connection broke; it is asked again who leads.", e);
        pause();
      }
    }
  }

  private static boolean isConnectionTrouble(Exception e) {
    return e instanceof KeeperException.ConnectionLossException
        || e instanceof KeeperException.SessionExpiredException
        || e instanceof KeeperException.SessionMovedException
        || e instanceof KeeperException.OperationTimeoutException;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** It takes several commits; until the last one only another restore can open the store. */
  @Override
  public synchronized void replace(long expected, List<Change.Stored> changes)
      throws StoreException {
    try {
      mark(RESTORING);
      long sequence = expected;
      List<Change.Stored> batch = new ArrayList<>();
      long bytes = 0;
      for (Change.Stored change : changes) {
        long more = bytes(List.of(change));
        if (!batch.isEmpty()
            && (batch.size() == LIMITS.changes() || bytes + more > LIMITS.bytes())) {
          sequence = land(sequence, batch);
          batch.clear();
          bytes = 0;
        }
        batch.add(change);
        bytes += more;
      }
      land(sequence, batch);
      mark(String.valueOf(FORMAT));
    } catch (StoreException e) {
      throw e;
    } catch (Exception e) { // what Curator declares
      throw unusable("is half restored; restore it again", e);
    }
  }

  private void mark(String format) throws Exception {
    client.setData().forPath(layout.format(), format.getBytes(StandardCharsets.UTF_8));
  }

  private long land(long expected, List<Change.Stored> batch) throws StoreException {
    if (commit(expected, batch) instanceof Outcome.Committed committed) {
      return committed.sequence();
    }
    throw new StoreException(
        "The " + description() + " is half restored, since a commit failed. Restore it again.");
  }

  private Outcome refused(long expected, String found) {
    return new Outcome.Refused(
        String.format(
            "Expected commit %d to be the last one in the %s, but found %s: another server leads"
                + " now.",
            expected, description(), found));
  }

  private Outcome unknown(Exception failure) {
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    broken = true;
    LOG.warn("A commit to the {} failed.", description(), failure);
    return new Outcome.Unknown(
        "It is not known whether a commit to the " + description() + " was written: " + failure);
  }

  private static String tooLarge(long bytes) {
    return String.format(
        "It takes %,d bytes in ZooKeeper, compressed, and %,d is the most that one change may"
            + " take. Make it smaller, for instance by moving large environment variables or"
            + " commands into files that are fetched.",
        bytes, MAX_COMMIT_BYTES);
  }

  @Override
  public Optional<String> tooLarge(List<Change.Stored> changes) {
    long bytes = bytes(changes);
    // Beside it there is room for the decisions that share its commit.
    return bytes > MAX_COMMIT_BYTES - LIMITS.bytes() * 3 / 2
        ? Optional.of(tooLarge(bytes))
        : Optional.empty();
  }

  private static long bytes(List<Change.Stored> changes) {
    long bytes = 0;
    for (Change.Stored change : changes) {
      for (RecordEdit edit : RecordEdit.of(change)) {
        if (edit instanceof RecordEdit.Put put) {
          bytes += ZooKeeperLayout.pack(put.body()).length + ZooKeeperContents.OVERHEAD_BYTES;
        }
      }
    }
    return bytes;
  }

  @Override
  public Limits limits() {
    return LIMITS;
  }

  @Override
  public String description() {
    return "ZooKeeper store " + layout.root() + " at " + servers();
  }

  @Override
  public synchronized void close() {
    broken = true;
  }
}
