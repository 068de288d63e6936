package io.homeport;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flags of one of several servers with one store. */
final class HighAvailabilityFlags {
  @Option(
      names = "--zk",
      paramLabel = "ZOOKEEPER",
      description =
          "Keep the state in ZooKeeper and let one of any number of servers lead:"
              + " zk://h1:2181,h2:2181,h3:2181/homeport, with user:password@ before the hosts where"
              + " the nodes are for those alone who know it (then better in HOMEPORT_ZK). With"
              + " --engine mesos only.")
  private Optional<String> zooKeeper = Optional.empty();

  @Option(
      names = "--zk-session-timeout",
      paramLabel = "SECONDS",
      description =
          "So long ZooKeeper waits for a silent leader before another is elected"
              + " (${DEFAULT-VALUE}). ZooKeeper itself allows 2 to 20 of its ticks.")
  private double sessionTimeout = 10;

  @Option(
      names = "--advertise-address",
      paramLabel = "HOST[:PORT]",
      description =
          "Where the other servers and clients reach this one (--http-address, or the machine's"
              + " name where that is every address; --http-port).")
  private Optional<String> advertise = Optional.empty();

  @Option(
      names = "--leader-ca",
      paramLabel = "FILE",
      description =
          "Certificates (PEM) of the authorities that the leader is trusted by, over HTTPS (the"
              + " JDK's).")
  private Optional<Path> leaderCa = Optional.empty();

  /** Where the installation is in ZooKeeper; nothing for a server that is alone. */
  Optional<String> zooKeeper() {
    return zooKeeper;
  }

  /** In seconds. */
  double sessionTimeout() {
    return sessionTimeout;
  }

  /** Where others reach this server, if that was said. */
  Optional<String> advertise() {
    return advertise;
  }

  /** The authorities of the leader's certificate. */
  Optional<Path> leaderCa() {
    return leaderCa;
  }
}
