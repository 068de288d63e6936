package io.homeport;

import io.homeport.mesos.MesosOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flags of {@code homeport server --engine mesos}. */
final class MesosFlags {
  @Option(
      names = "--mesos-master",
      paramLabel = "MASTER",
      description =
          "Where the masters are: zk://h1:2181,h2:2181/mesos, http(s)://host:5050[,...] or"
              + " host:port. Needed with --engine mesos.")
  private Optional<String> master = Optional.empty();

  @Option(
      names = "--mesos-framework-name",
      paramLabel = "NAME",
      description = "The name that operators of Mesos see (${DEFAULT-VALUE}).")
  private String frameworkName = "homeport";

  @Option(
      names = "--mesos-user",
      paramLabel = "USER",
      description = "The user that tasks run as unless their app says otherwise (the server's).")
  private Optional<String> user = Optional.empty();

  @Option(
      names = "--mesos-webui-url",
      paramLabel = "URL",
      description = "The address of Homeport's UI, which Mesos's own UI links to.")
  private Optional<String> webUiUrl = Optional.empty();

  @Option(
      names = "--mesos-failover-timeout",
      paramLabel = "SECONDS",
      description =
          "For how long Mesos keeps the tasks while no server is connected (${DEFAULT-VALUE}, a"
              + " week). After that it ends them.")
  private long failoverTimeout = MesosOptions.DEFAULT_FAILOVER_TIMEOUT.toSeconds();

  @Option(
      names = "--mesos-principal",
      paramLabel = "PRINCIPAL",
      description = "Who we are to Mesos; written on reservations and volumes.")
  private Optional<String> principal = Optional.empty();

  @Option(
      names = "--mesos-secret-file",
      paramLabel = "FILE",
      description = "A file with the principal's secret, for HTTP basic authentication.")
  private Optional<Path> secretFile = Optional.empty();

  @Option(
      names = "--mesos-ca",
      paramLabel = "FILE",
      description = "Certificates (PEM) of the authorities that masters and agents are trusted by.")
  private Optional<Path> caFile = Optional.empty();

  @Option(
      names = "--mesos-client-cert",
      paramLabel = "FILE",
      description = "Our own certificate (PEM), for masters that want one.")
  private Optional<Path> clientCertificate = Optional.empty();

  @Option(
      names = "--mesos-client-key",
      paramLabel = "FILE",
      description = "The key of --mesos-client-cert (PEM, PKCS #8).")
  private Optional<Path> clientKey = Optional.empty();

  @Option(
      names = "--mesos-https",
      description =
          "Speak HTTPS to agents, and to masters that ZooKeeper or a mere HOST:PORT names.")
  private boolean https;

  @Option(
      names = "--mesos-json",
      description = "Speak JSON instead of protobuf, to look at the wire.")
  private boolean json;

  @Option(
      names = "--mesos-share-role",
      description =
          "Start even if another framework is in our role. It is offered our volumes, and can"
              + " destroy them.")
  private boolean shareRole;

  @Option(
      names = "--mesos-new-framework",
      description =
          "Give up the framework id in the store and register anew: the way out when Mesos has"
              + " removed the framework.")
  private boolean newFramework;

  /** The masters' setting; nothing when it is not given. */
  Optional<String> master() {
    return master;
  }

  /** Whether the settings of credentials and certificates go together. */
  boolean isComplete() {
    return (secretFile.isEmpty() || principal.isPresent())
        && clientCertificate.isPresent() == clientKey.isPresent();
  }

  /** Whether the time-out can be. */
  boolean hasTimeout() {
    return failoverTimeout > 0;
  }

  /**
   * The engine's settings.
   *
   * @param address where the masters are
   * @param role the role whose resources are used
   */
  MesosOptions options(String address, String role) {
    return new MesosOptions(
        address,
        frameworkName,
        role,
        user.orElse(System.getProperty("user.name", "root")),
        webUiUrl,
        Duration.ofSeconds(failoverTimeout),
        json,
        shareRole,
        newFramework,
        new MesosOptions.Security(
            principal, secretFile, caFile, clientCertificate, clientKey, https));
  }
}
