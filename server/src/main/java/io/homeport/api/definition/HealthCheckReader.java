package io.homeport.api.definition;

import io.homeport.model.HealthCheck;
import io.homeport.model.HealthCheck.Protocol;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;

/** Reads {@code healthChecks}, with Marathon's defaults, rules and messages. */
final class HealthCheckReader {
  private static final SequencedMap<String, Protocol> PROTOCOLS =
      Choices.of(Protocol.values(), Protocol::name);

  private static final SequencedMap<String, Boolean> IP_PROTOCOLS =
      Choices.of("IPv4", false, "IPv6", true);

  private final Problems problems;
  private final List<String> warnings;
  private final int ports;
  private final boolean dockerContainer;

  /**
   * A reader for one app.
   *
   * @param problems takes what is wrong
   * @param warnings takes what is left out of account
   * @param ports how many ports a task has
   * @param dockerContainer whether the container's type is DOCKER
   */
  HealthCheckReader(Problems problems, List<String> warnings, int ports, boolean dockerContainer) {
    this.problems = problems;
    this.warnings = warnings;
    this.ports = ports;
    this.dockerContainer = dockerContainer;
  }

  /**
   * The health checks, each one once.
   *
   * @param app the fields of the app
   */
  List<HealthCheck> read(Fields app) {
    List<HealthCheck> checks =
        app.list("healthChecks", this::check).orElse(List.of()).stream().distinct().toList();
    // Commands are not counted, as in Marathon, which allowed several of them from early on.
    long byAgent = checks.stream().filter(check -> isProbeOfAgent(check.protocol())).count();
    if (byAgent > 1) {
      app.problem("healthChecks", "AppDefinition can contain at most one Mesos health check");
    }
    return checks;
  }

  private static boolean isProbeOfAgent(Protocol protocol) {
    return switch (protocol) {
      case MESOS_HTTP, MESOS_HTTPS, MESOS_TCP -> true;
      case HTTP, HTTPS, TCP, COMMAND -> false;
    };
  }

  private static boolean isHttp(Protocol protocol) {
    return switch (protocol) {
      case HTTP, HTTPS, MESOS_HTTP, MESOS_HTTPS -> true;
      case TCP, COMMAND, MESOS_TCP -> false;
    };
  }

  private Optional<HealthCheck> check(JsonNode node, FieldPath path) {
    Optional<Fields> given = Fields.of(node, path, problems);
    if (given.isEmpty()) {
      return Optional.empty();
    }
    Fields fields = given.get();
    Optional<Protocol> known = fields.choice("protocol", PROTOCOLS);
    if (known.isEmpty() && fields.has("protocol")) {
      return Optional.empty();
    }
    Protocol protocol = known.orElse(Protocol.HTTP);
    HealthCheck check =
        new HealthCheck(
            protocol,
            httpPath(fields, protocol),
            command(fields, protocol),
            portIndex(fields, protocol),
            port(fields, protocol),
            seconds(fields, "gracePeriodSeconds", 0, 300),
            seconds(fields, "intervalSeconds", 1, 60),
            seconds(fields, "timeoutSeconds", 1, 20),
            fields.integer("maxConsecutiveFailures", 0, Integer.MAX_VALUE).orElse(3),
            seconds(fields, "delaySeconds", 0, 15),
            ignoreHttp1xx(fields, protocol),
            isIpv6(fields, protocol));
    fields.finish();
    return Optional.of(check);
  }

  private static Duration seconds(Fields fields, String name, int least, int otherwise) {
    return Duration.ofSeconds(fields.integer(name, least, Limits.MOST_SECONDS).orElse(otherwise));
  }

  private static Optional<String> command(Fields fields, Protocol protocol) {
    Optional<Fields> command = fields.object("command");
    command.ifPresent(given -> given.require("value", "the line that is run"));
    Optional<String> line = command.flatMap(given -> given.nonEmptyText("value"));
    command.ifPresent(Fields::finish);
    if (protocol == Protocol.COMMAND) {
      fields.require("command", "{\"value\": the line that is run} for protocol COMMAND");
    } else if (fields.has("command")) {
      fields.problem("command", "is for protocol COMMAND only, not for " + protocol);
    }
    return line;
  }

  private static Optional<String> httpPath(Fields fields, Protocol protocol) {
    Optional<String> given = fields.nonEmptyText("path");
    if (!isHttp(protocol)) {
      // Marathon's output for other protocols once had the default.
      given
          .filter(path -> !path.equals("/"))
          .ifPresent(
              path -> fields.problem("path", "is for HTTP and HTTPS only, not for " + protocol));
      return Optional.empty();
    }
    String path = given.map(text -> text.startsWith("/") ? text : "/" + text).orElse("/");
    try {
      return Optional.of(
          new URI("http://host" + path).toString().substring("http://host".length()));
    } catch (URISyntaxException invalid) {
      fields.problem("path", "expected the path of a URL, found " + Found.quoted(path));
      return Optional.empty();
    }
  }

  private static Optional<Integer> port(Fields fields, Protocol protocol) {
    Optional<Integer> port = fields.integer("port", 1, Limits.MOST_PORT);
    if (protocol == Protocol.COMMAND && port.isPresent()) {
      fields.problem("port", "a command has no port");
    }
    return port;
  }

  private Optional<Integer> portIndex(Fields fields, Protocol protocol) {
    Optional<Integer> given = fields.integer("portIndex", 0, Limits.MOST_PORT);
    boolean fixedPort = fields.has("port");
    if (protocol == Protocol.COMMAND) {
      return Optional.empty();
    }
    if (fixedPort) {
      given.ifPresent(
          index ->
              warnings.add("portIndex of a health check is left out, because it has a port too."));
      return Optional.empty();
    }
    int index = given.orElse(0);
    boolean wrong = fields.has("portIndex") && given.isEmpty();
    if (!wrong && index >= ports) {
      fields.problem(
          "portIndex",
          "Health check port indices must address an element of the ports array or container port"
              + " mappings.");
    }
    return Optional.of(index);
  }

  private boolean ignoreHttp1xx(Fields fields, Protocol protocol) {
    boolean wanted = fields.bool("ignoreHttp1xx").orElse(false);
    boolean possible = protocol == Protocol.HTTP || protocol == Protocol.HTTPS;
    if (wanted && !possible) {
      warnings.add("ignoreHttp1xx is left out: it has an effect for HTTP and HTTPS only.");
    }
    return wanted && possible;
  }

  private boolean isIpv6(Fields fields, Protocol protocol) {
    boolean ipv6 = fields.choice("ipProtocol", IP_PROTOCOLS).orElse(false);
    if (ipv6 && !(isProbeOfAgent(protocol) && dockerContainer)) {
      fields.problem(
          "ipProtocol",
          "IPv6 can only be used for container type DOCKER and Mesos http/https/tcp health checks");
    }
    return ipv6;
  }
}
