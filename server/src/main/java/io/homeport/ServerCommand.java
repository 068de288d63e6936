package io.homeport;

import io.homeport.api.access.AccessException;
import io.homeport.cli.client.CommandFailure;
import io.homeport.cli.client.ExitStatus;
import io.homeport.cli.text.Terminal;
import io.homeport.election.ZooKeeperAddress;
import io.homeport.local.LocalEngineOptions;
import io.homeport.mesos.MesosOptions;
import io.homeport.model.PortRange;
import io.homeport.runtime.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code homeport server}: reads flags and environment, and runs the server. */
@Command(
    name = "server",
    sortOptions = false,
    description = {
      "Run the server.",
      "It ends on SIGTERM or 'homeport stop', and its tasks go on: the next server on the same"
          + " data",
      "directory finds them again.",
      "Every flag is also an environment variable: --http-port is HOMEPORT_HTTP_PORT."
    })
final class ServerCommand implements Callable<Integer> {
  private static final Pattern PORTS = Pattern.compile("(\\d{1,5})-(\\d{1,5})");
  private static final int LAST_PORT = 65_535;
  private static final String SYSTEM_DATA = "/var/lib/homeport";

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Option(
      names = "--http-address",
      paramLabel = "ADDRESS",
      description = "The address to listen on (${DEFAULT-VALUE}).")
  private String httpAddress = "127.0.0.1";

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      description = "The port to listen on; 0 for any free one (${DEFAULT-VALUE}).")
  private int httpPort = 8080;

  @Option(
      names = "--http-host-name",
      paramLabel = "NAME",
      split = ",",
      description =
          "A further name that clients call this server by, such as that of a proxy. May be"
              + " repeated.")
  private List<String> httpHostNames = List.of();

  @Option(
      names = "--data-dir",
      paramLabel = "DIRECTORY",
      description =
          "Where everything is kept: state, sandboxes, volumes. One server at a time may use it"
              + " (root: "
              + SYSTEM_DATA
              + ", others: ~/.local/share/homeport).")
  private Optional<Path> dataDir = Optional.empty();

  @Option(
      names = "--insecure",
      description =
          "Let everybody who reaches the address do everything: no token, no credentials.")
  private boolean insecure;

  @Option(
      names = "--credentials",
      paramLabel = "FILE",
      description =
          "Who may call: lines 'basic NAME PASSWORD' or 'bearer NAME TOKEN' in a file that only"
              + " its owner may read. Needed for any other address than the machine's own.")
  private Optional<Path> credentials = Optional.empty();

  @Option(
      names = "--tls-certificate",
      paramLabel = "FILE",
      description = "Encrypt connections, with this certificate and its chain (PEM).")
  private Optional<Path> tlsCertificate = Optional.empty();

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "The private key of the certificate (PEM, PKCS #8, no password).")
  private Optional<Path> tlsKey = Optional.empty();

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "The role of apps that name none (${DEFAULT-VALUE}).")
  private String role = "homeport";

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      description =
          "What runs the tasks: local, this machine, or mesos, an Apache Mesos cluster"
              + " (${DEFAULT-VALUE}).")
  private Engine engine = Engine.LOCAL;

  @Mixin private MesosFlags mesos = new MesosFlags();

  @Mixin private HighAvailabilityFlags availability = new HighAvailabilityFlags();

  @Option(
      names = "--local-agents",
      paramLabel = "COUNT",
      description =
          "How many agents this machine is divided into, to try out a cluster (${DEFAULT-VALUE}).")
  private int localAgents = 1;

  @Option(
      names = "--local-cpus",
      paramLabel = "CORES",
      description = "Cores that each agent offers (all of the machine's).")
  private Optional<Double> localCpus = Optional.empty();

  @Option(
      names = "--local-mem",
      paramLabel = "MIB",
      description = "Memory that all agents offer together, in MiB (the machine's less a reserve).")
  private Optional<Double> localMem = Optional.empty();

  @Option(
      names = "--local-disk",
      paramLabel = "MIB",
      description =
          "Disk space that all agents offer together, in MiB (what is free less a reserve).")
  private Optional<Double> localDisk = Optional.empty();

  @Option(
      names = "--local-ports",
      paramLabel = "FROM-TO",
      description = "Host ports that all agents offer together (${DEFAULT-VALUE}).")
  private String localPorts = "31000-32000";

  @Option(
      names = "--local-attributes",
      paramLabel = "NAME=VALUE",
      split = ",",
      description = "Attributes of every agent, for constraints. May be repeated.")
  private Map<String, String> localAttributes = Map.of();

  @Option(
      names = "--sandboxes-kept",
      paramLabel = "COUNT",
      description =
          "How many sandboxes of ended tasks are kept for each instance (${DEFAULT-VALUE}).")
  private int sandboxesKept = 5;

  @Option(
      names = "--sandbox-days",
      paramLabel = "DAYS",
      description = "For how many days they are kept at most (${DEFAULT-VALUE}).")
  private int sandboxDays = 7;

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      description = "text for people, json for programs (${DEFAULT-VALUE}).")
  private Logging.Format logFormat = Logging.Format.TEXT;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      description = "error, warn, info, debug or trace (${DEFAULT-VALUE}).")
  private String logLevel = "info";

  @Option(
      names = "--end-with-input",
      hidden = true,
      description = "End, with all tasks, when standard input ends.")
  private boolean endWithInput;

  /** What runs tasks. */
  enum Engine {
    /** This machine. */
    LOCAL,
    /** An Apache Mesos cluster. */
    MESOS;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  ServerCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    checkEnvironment();
    ServerConfig config = config();
    Logging.begin(logFormat, logLevel);
    try (Server server = Server.start(config)) {
      if (endWithInput) {
        server.endWithInput(System.in);
      }
      return server.await();
    } catch (StoreException | AccessException | IOException | IllegalArgumentException failed) {
      throw new CommandFailure(ExitStatus.FAILED, String.valueOf(failed.getMessage()));
    }
  }

  private void checkEnvironment() {
    List<String> unknown = new EnvironmentDefaults(terminal.environment()).unknown(spec);
    if (!unknown.isEmpty()) {
      throw new CommandFailure(
          ExitStatus.USAGE,
          "The environment has variables that look like Homeport's and are not known. Correct or"
              + " unset them:",
          unknown);
    }
  }

  private ServerConfig config() {
    check(httpPort >= 0 && httpPort <= LAST_PORT, "--http-port", "must be 0 to " + LAST_PORT);
    check(localAgents >= 1 && localAgents <= 100, "--local-agents", "must be 1 to 100");
    check(sandboxesKept >= 0, "--sandboxes-kept", "must not be negative");
    check(sandboxDays >= 0, "--sandbox-days", "must not be negative");
    check(
        role.matches("[A-Za-z0-9_][A-Za-z0-9_./-]*") || role.equals("*"),
        "--role",
        "must be letters, digits, '_', '-', '.' or '/'");
    check(
        logLevel.matches("(?i)error|warn|info|debug|trace"),
        "--log-level",
        "must be error, warn, info, debug or trace");
    positive(localCpus, "--local-cpus");
    positive(localMem, "--local-mem");
    positive(localDisk, "--local-disk");
    Path data = dataDir.orElseGet(() -> usualDataDir(terminal)).toAbsolutePath().normalize();
    return new ServerConfig(
        new ServerConfig.Http(httpAddress, httpPort, insecure, httpHostNames, credentials, tls()),
        data,
        switch (engine) {
          case LOCAL -> new ServerConfig.Engine.Local(local(data));
          case MESOS -> new ServerConfig.Engine.Mesos(mesosOptions());
        },
        role,
        installation(),
        version());
  }

  private Optional<ServerConfig.Installation> installation() {
    Optional<String> zooKeeper = availability.zooKeeper();
    if (zooKeeper.isEmpty()) {
      return Optional.empty();
    }
    if (engine == Engine.LOCAL) {
      throw new ParameterException(
          spec.commandLine(),
          "--zk (or HOMEPORT_ZK) goes with --engine mesos only: the tasks and volumes of the local"
              + " engine are on this machine, and no other server could take them over.");
    }
    check(
        availability.sessionTimeout() >= 1 && availability.sessionTimeout() <= 600,
        "--zk-session-timeout",
        "must be 1 to 600");
    check(
        availability.advertise().isEmpty() || Advertised.isValid(availability.advertise().get()),
        "--advertise-address",
        "must be a host name or address, perhaps with :PORT");
    try {
      return Optional.of(
          new ServerConfig.Installation(
              ZooKeeperAddress.of(zooKeeper.get()),
              Duration.ofMillis((long) (availability.sessionTimeout() * 1000)),
              availability.advertise(),
              availability.leaderCa()));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "--zk (or HOMEPORT_ZK) " + e.getMessage() + ".", e);
    }
  }

  private MesosOptions mesosOptions() {
    check(
        mesos.isComplete(),
        "--mesos-principal",
        "goes with --mesos-secret-file, and"
            + " --mesos-client-cert with --mesos-client-key: one of a pair is missing");
    check(mesos.hasTimeout(), "--mesos-failover-timeout", "must be more than 0");
    check(
        !role.equals("*"),
        "--role",
        "must not be * with --engine mesos: nothing is reserved for it");
    String master =
        mesos
            .master()
            .orElseThrow(() -> mistake("--mesos-master", "is needed with --engine mesos"));
    return mesos.options(master, role);
  }

  private Optional<ServerConfig.TlsPair> tls() {
    if (tlsCertificate.isPresent() != tlsKey.isPresent()) {
      throw new ParameterException(
          spec.commandLine(), "--tls-certificate and --tls-key must be given together.");
    }
    return tlsCertificate.flatMap(
        certificate -> tlsKey.map(key -> new ServerConfig.TlsPair(certificate, key)));
  }

  private LocalEngineOptions local(Path data) {
    LocalEngineOptions usual = LocalEngineOptions.defaults(data.resolve("agents"), localAgents);
    return usual
        .withResources(localCpus, localMem, localDisk, ports())
        .withAttributes(new TreeMap<>(localAttributes))
        .withRetention(
            usual.logSegmentBytes(),
            usual.logSegments(),
            sandboxesKept,
            Duration.ofDays(sandboxDays));
  }

  private PortRange ports() {
    Matcher range = PORTS.matcher(localPorts);
    if (range.matches()) {
      int from = Integer.parseInt(range.group(1));
      int to = Integer.parseInt(range.group(2));
      if (from >= 1 && from + localAgents - 1 <= to && to <= LAST_PORT) {
        return new PortRange(from, to);
      }
    }
    throw mistake(
        "--local-ports", "must look like 31000-32000, with a port for each agent at least");
  }

  static Path usualDataDir(Terminal terminal) {
    if (isRoot()) {
      return Path.of(SYSTEM_DATA);
    }
    return Path.of(
        terminal.variable("HOME").orElse(System.getProperty("user.home")),
        ".local",
        "share",
        "homeport");
  }

  static boolean isRoot() {
    return ProcessHandle.current().info().user().filter("root"::equals).isPresent();
  }

  static String version() {
    return Optional.ofNullable(ServerCommand.class.getPackage().getImplementationVersion())
        .orElse("(not packaged)");
  }

  private void positive(Optional<Double> value, String option) {
    check(
        value.isEmpty() || (value.get() > 0 && Double.isFinite(value.get())),
        option,
        "must be more than 0");
  }

  private void check(boolean holds, String option, String expected) {
    if (!holds) {
      throw mistake(option, expected);
    }
  }

  private ParameterException mistake(String option, String expected) {
    return new ParameterException(
        spec.commandLine(),
        option
            + " (or "
            + EnvironmentDefaults.variable(option)
            + ") "
            + expected
            + ", and is "
            + spec.findOption(option).getValue()
            + ".");
  }
}
