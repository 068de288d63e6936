package io.homeport;

import io.helidon.webserver.WebServerConfig;
import io.homeport.api.ApiServer;
import io.homeport.api.Backend;
import io.homeport.api.Standby;
import io.homeport.api.access.Access;
import io.homeport.api.access.AccessException;
import io.homeport.api.access.TlsFiles;
import io.homeport.election.ZooKeeperElection;
import io.homeport.election.ZooKeeperSession;
import io.homeport.runtime.Election;
import io.homeport.runtime.StoreException;
import io.homeport.store.DataDirectory;
import io.homeport.store.ZooKeeperStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of several servers with one state in ZooKeeper: its session, its part in the election, and
 * its API, which serves whether it leads or stands by.
 */
final class Member implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Member.class);
  private static final Duration FAREWELL = Duration.ofSeconds(3);

  private final ServerConfig.Installation installation;
  private final ZooKeeperSession session;
  private final Election election;
  private Optional<Candidacy> candidacy = Optional.empty();

  private Member(ServerConfig.Installation installation, ZooKeeperSession session) {
    this.installation = installation;
    this.session = session;
    this.election = new ZooKeeperElection(session);
  }

  /**
   * Opens the session with ZooKeeper. Does not wait for it.
   *
   * @param installation where the state is
   * @param data the server's directory
   * @throws StoreException when the directory holds a state of its own
   */
  static Member of(ServerConfig.Installation installation, DataDirectory data)
      throws StoreException {
    Path database = data.database();
    if (Files.exists(database)) {
      throw new StoreException(
          "The data directory holds a state of its own, "
              + database
              + ", and with --zk the state is in ZooKeeper. Give this server another --data-dir, or"
              + " move that file away if its state is not wanted any more.");
    }
    return new Member(
        installation,
        ZooKeeperSession.open(installation.zooKeeper(), installation.sessionTimeout()));
  }

  Election election() {
    return election;
  }

  /**
   * Serves as a standby.
   *
   * @param http where
   * @param meters what is measured
   * @param access who may call
   * @param stop ends this server
   * @param socket sets up the listener
   * @throws AccessException when the file with authorities is not as it should be
   */
  ApiServer listen(
      ServerConfig.Http http,
      PrometheusMeterRegistry meters,
      Access access,
      Backend.Stop stop,
      Consumer<WebServerConfig.Builder> socket)
      throws AccessException {
    Optional<Path> authorities = installation.leaderCa();
    Optional<SSLContext> trust =
        authorities.isPresent() ? Optional.of(TlsFiles.trust(authorities.get())) : Optional.empty();
    return new ApiServer(
        new Standby(election, stop, trust),
        http.address(),
        http.port(),
        meters,
        access::protect,
        socket);
  }

  /**
   * Stands for election from now on.
   *
   * @param http where it listens
   * @param api its API
   * @param around what its tenures stand in
   */
  void stand(ServerConfig.Http http, ApiServer api, Tenure.Surroundings around) {
    Candidacy stands =
        new Candidacy(
            election,
            api,
            () -> ZooKeeperStore.open(session.client(), session.address().path(), session.acl()),
            around);
    candidacy = Optional.of(stands);
    Gauge.builder("homeport.election.leads", stands, each -> each.leads() ? 1 : 0)
        .description("1 on the server that leads, 0 on the others")
        .register(around.meters());
    URI address = Advertised.uri(installation.advertise(), http, api.port());
    LOG.info("Standing for election at {}, as {}", election.description(), address);
    election.stand(address, stands);
  }

  /** Tells ZooKeeper, before the process ends at once, so that others need not wait for it. */
  void sayFarewell() {
    Thread farewell = Thread.ofPlatform().daemon().name("farewell").start(session::close);
    try {
      farewell.join(FAREWELL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets go of the leadership, and leaves the election. */
  @Override
  public void close() {
    candidacy.ifPresent(Candidacy::close);
    election.close();
    session.close();
  }
}
