package io.homeport;

import io.homeport.election.ZooKeeperAddress;
import io.homeport.local.LocalEngineOptions;
import io.homeport.mesos.MesosOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a server runs, as its flags and its environment say.
 *
 * @param http where it listens
 * @param dataDir where it keeps everything
 * @param engine what runs the tasks
 * @param role the role of apps that name none
 * @param installation where several servers share a state; absent for one that is alone
 * @param version the version of Homeport
 */
record ServerConfig(
    Http http,
    Path dataDir,
    Engine engine,
    String role,
    Optional<Installation> installation,
    String version) {
  /**
   * An installation of several servers.
   *
   * @param zooKeeper where its state is
   * @param sessionTimeout how long ZooKeeper waits for a silent leader
   * @param advertise where the others reach this server: a host, perhaps with a port
   * @param leaderCa the authorities that the leader is trusted by
   */
  record Installation(
      ZooKeeperAddress zooKeeper,
      Duration sessionTimeout,
      Optional<String> advertise,
      Optional<Path> leaderCa) {}

  /** What runs tasks. */
  sealed interface Engine {
    /**
     * This machine.
     *
     * @param options the engine's settings
     */
    record Local(LocalEngineOptions options) implements Engine {}

    /**
     * An Apache Mesos cluster.
     *
     * @param options the engine's settings
     */
    record Mesos(MesosOptions options) implements Engine {}
  }

  /**
   * Where a server listens.
   *
   * @param address an address of this machine, or a name that has one
   * @param port 0 for any free one
   * @param insecure whether everybody who reaches it may do everything
   * @param hostNames further names it is called by
   * @param credentials the file with names and passwords
   * @param tls the files for encrypted connections
   */
  record Http(
      String address,
      int port,
      boolean insecure,
      List<String> hostNames,
      Optional<Path> credentials,
      Optional<TlsPair> tls) {}

  /**
   * What a server proves with that it is itself.
   *
   * @param certificate the certificate and its chain, in PEM form
   * @param key its private key, in PEM form
   */
  record TlsPair(Path certificate, Path key) {}
}
