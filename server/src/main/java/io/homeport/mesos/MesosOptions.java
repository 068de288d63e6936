package io.homeport.mesos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the Mesos engine is set up.
 *
 * @param master where the masters are: {@code zk://h1:2181,h2:2181/mesos}, {@code
 *     http(s)://host:5050[,...]} or {@code host:port}
 * @param frameworkName the name that operators see
 * @param role the role whose resources are used; best one that no other framework has
 * @param user the user that tasks run as unless their app says otherwise
 * @param webUiUrl the address of Homeport's own UI, which Mesos's links to
 * @param failoverTimeout for how long Mesos keeps the tasks while no server is connected
 * @param json whether the wire carries JSON instead of protobuf, to look at it
 * @param shareRole whether a connected framework in the same role is put up with
 * @param newFramework whether the framework id in the store is given up and a new one asked for
 * @param security how the masters and agents are talked to
 */
public record MesosOptions(
    String master,
    String frameworkName,
    String role,
    String user,
    Optional<String> webUiUrl,
    Duration failoverTimeout,
    boolean json,
    boolean shareRole,
    boolean newFramework,
    Security security) {
  /** Mesos keeps tasks of an absent scheduler for so long unless told otherwise, as Marathon. */
  public static final Duration DEFAULT_FAILOVER_TIMEOUT = Duration.ofDays(7);

  /**
   * How the masters and agents are talked to.
   *
   * @param principal who we are, for HTTP basic authentication and on reservations
   * @param secretFile holds the principal's secret; a line end after it does not count
   * @param caFile certificates (PEM) of authorities that are trusted instead of the JDK's
   * @param clientCertificateFile our own certificate chain (PEM), for masters that want one
   * @param clientKeyFile the key of that (PEM, PKCS #8, not encrypted)
   * @param https whether agents, and masters whose address does not say so, are asked over HTTPS
   */
  public record Security(
      Optional<String> principal,
      Optional<Path> secretFile,
      Optional<Path> caFile,
      Optional<Path> clientCertificateFile,
      Optional<Path> clientKeyFile,
      boolean https) {
    /** Neither credentials nor TLS. */
    public static final Security NONE =
        new Security(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false);
  }

  /**
   * The usual: protobuf, a week of patience, a role of our own.
   *
   * @param master see the component
   * @param role see the component
   */
  public static MesosOptions of(String master, String role) {
    return new MesosOptions(
        master,
        "homeport",
        role,
        System.getProperty("user.name", "root"),
        Optional.empty(),
        DEFAULT_FAILOVER_TIMEOUT,
        false,
        false,
        false,
        Security.NONE);
  }

  /** The principal that reservations and volumes carry; empty without authentication. */
  String principal() {
    return security.principal().orElse("");
  }
}
