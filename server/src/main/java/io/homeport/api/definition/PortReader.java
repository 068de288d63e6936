package io.homeport.api.definition;

import io.homeport.model.Network;
import io.homeport.model.PortDefinition;
import io.homeport.model.PortMapping;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Reads {@code portDefinitions} and {@code container.portMappings}, and their deprecated forms
 * {@code ports} and {@code container.docker.portMappings}. As in Marathon the former belong to host
 * networking and the latter to all other networks.
 */
final class PortReader {
  /** The name of the port that an app has unless it defines its ports. */
  private static final String DEFAULT_NAME = "default";

  private static final List<String> PROTOCOLS = List.of("tcp", "udp", "udp,tcp");
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

  private final Fields app;
  private final Problems problems;
  private final Network.Mode mode;
  private final List<String> warnings;

  /**
   * A reader for one app.
   *
   * @param app the fields of the app
   * @param networks its networks
   * @param warnings takes what is left out of account
   */
  PortReader(Fields app, List<Network> networks, List<String> warnings) {
    this.app = app;
    this.problems = app.problems();
    this.mode = networks.getFirst().mode();
    this.warnings = warnings;
  }

  /**
   * The port mappings: one that maps the port itself unless there are others, and none with host
   * networking.
   *
   * @param container the fields of the container
   * @param docker the fields of {@code container.docker}
   */
  List<PortMapping> mappings(Optional<Fields> container, Optional<Fields> docker) {
    Optional<List<PortMapping>> given =
        container.flatMap(fields -> fields.list("portMappings", this::mapping));
    Optional<List<PortMapping>> old =
        docker.flatMap(fields -> fields.list("portMappings", this::mapping));
    if (given.orElse(List.of()).size() > 0 && old.orElse(List.of()).size() > 0) {
      container
          .orElseThrow()
          .problem("portMappings", "cannot specify both portMappings and docker.portMappings");
    }
    Optional<List<PortMapping>> mappings =
        given.filter(list -> !list.isEmpty()).or(() -> old).or(() -> given);
    if (mode == Network.Mode.HOST) {
      if (!mappings.orElse(List.of()).isEmpty()) {
        warnings.add(
            "portMappings are left out: they have no effect with host networking, where"
                + " portDefinitions stand for them.");
      }
      return List.of();
    }
    boolean inContainer = container.map(fields -> fields.has("portMappings")).orElse(false);
    FieldPath path = inContainer || docker.isEmpty() ? pathOf(container) : pathOf(docker);
    mappings.ifPresent(list -> checkMappings(list, path));
    return mappings.orElseGet(() -> List.of(defaultMapping()));
  }

  private FieldPath pathOf(Optional<Fields> fields) {
    return fields.map(Fields::path).orElse(app.path()).field("portMappings");
  }

  /**
   * The port definitions: one unnumbered port unless there are others, and none without host
   * networking.
   *
   * @param mappings the port mappings
   */
  List<PortDefinition> definitions(List<PortMapping> mappings) {
    Optional<List<PortDefinition>> given = app.list("portDefinitions", this::definition);
    Optional<List<Integer>> old = app.integers("ports", 0, Limits.MOST_PORT);
    if (given.isPresent() && old.isPresent() && !numbers(given.get()).equals(old.get())) {
      app.problem("ports", "cannot specify both ports and port definitions");
    }
    Optional<List<PortDefinition>> definitions =
        given.or(
            () ->
                old.map(
                    numbers ->
                        numbers.stream()
                            .map(number -> numbered(number, Optional.empty()))
                            .toList()));
    if (mode != Network.Mode.HOST) {
      // Marathon's own output named the service ports of mappings here once more.
      if (definitions.orElse(List.of()).size() > mappings.size()) {
        app.problem(
            given.isPresent() ? "portDefinitions" : "ports",
            "portDefinitions are only allowed with host-networking");
      }
      return List.of();
    }
    definitions.ifPresent(list -> checkDefinitions(list, given.isPresent()));
    return definitions.orElseGet(() -> List.of(numbered(0, Optional.of(DEFAULT_NAME))));
  }

  /**
   * Whether the numbers of the port definitions are host ports; matters for host networking only.
   */
  boolean requirePorts() {
    boolean required = app.bool("requirePorts").orElse(false);
    return required && mode == Network.Mode.HOST;
  }

  private static PortDefinition numbered(int number, Optional<String> name) {
    return new PortDefinition(number, "tcp", name, Collections.emptySortedMap());
  }

  private PortMapping defaultMapping() {
    return new PortMapping(
        0,
        hostPort(Optional.empty()),
        0,
        "tcp",
        Optional.of(DEFAULT_NAME),
        Collections.emptySortedMap());
  }

  /** With a bridge nothing would be reachable without a host port, so any one is the default. */
  private Optional<Integer> hostPort(Optional<Integer> given) {
    return given.or(
        () -> mode == Network.Mode.CONTAINER_BRIDGE ? Optional.of(0) : Optional.empty());
  }

  private static List<Integer> numbers(List<PortDefinition> definitions) {
    return definitions.stream().map(PortDefinition::port).toList();
  }

  private Optional<PortDefinition> definition(JsonNode node, FieldPath path) {
    Optional<Fields> given = Fields.of(node, path, problems);
    if (given.isEmpty()) {
      return Optional.empty();
    }
    Fields fields = given.get();
    int number = fields.integer("port", 0, Limits.MOST_PORT).orElse(0);
    String protocol = protocol(fields);
    Optional<String> name = name(fields);
    SortedMap<String, String> labels = labels(fields);
    fields.finish();
    return Optional.of(new PortDefinition(number, protocol, name, labels));
  }

  private Optional<PortMapping> mapping(JsonNode node, FieldPath path) {
    Optional<Fields> given = Fields.of(node, path, problems);
    if (given.isEmpty()) {
      return Optional.empty();
    }
    Fields fields = given.get();
    int containerPort = fields.integer("containerPort", 0, Limits.MOST_PORT).orElse(0);
    Optional<Integer> hostPort = fields.integer("hostPort", 0, Limits.MOST_PORT);
    int servicePort = fields.integer("servicePort", 0, Limits.MOST_PORT).orElse(0);
    String protocol = protocol(fields);
    Optional<String> name = name(fields);
    SortedMap<String, String> labels = labels(fields);
    fields.unsupported("networkNames", "a task has one network, so it need not be named");
    fields.finish();
    return Optional.of(
        new PortMapping(containerPort, hostPort(hostPort), servicePort, protocol, name, labels));
  }

  private static String protocol(Fields fields) {
    return fields.choice("protocol", Choices.ofWords(PROTOCOLS)).orElse("tcp");
  }

  private static SortedMap<String, String> labels(Fields fields) {
    return fields.textMap("labels").orElse(Collections.emptySortedMap());
  }

  private static Optional<String> name(Fields fields) {
    Optional<String> name = fields.nonEmptyText("name");
    if (name.isPresent() && !NAME.matcher(name.get()).matches()) {
      fields.problem(
          "name",
          "expected lower-case letters, digits and hyphens, starting and ending with a letter or"
              + " digit, found "
              + Found.quoted(name.get()));
    }
    return name;
  }

  private void checkDefinitions(List<PortDefinition> definitions, boolean canonical) {
    FieldPath path = app.path(canonical ? "portDefinitions" : "ports");
    if (repeats(definitions.stream().map(PortDefinition::name).flatMap(Optional::stream))) {
      problems.add(path, "Port names must be unique.");
    }
    if (repeats(numbers(definitions).stream().filter(number -> number != 0))) {
      problems.add(path, "Ports must be unique.");
    }
  }

  private void checkMappings(List<PortMapping> mappings, FieldPath path) {
    if (repeats(mappings.stream().map(PortMapping::name).flatMap(Optional::stream))) {
      problems.add(path, "Port names must be unique.");
    }
    if (repeats(
        mappings.stream()
            .map(PortMapping::hostPort)
            .flatMap(Optional::stream)
            .filter(number -> number != 0))) {
      problems.add(path, "Host ports must be unique.");
    }
  }

  private static <T> boolean repeats(Stream<T> items) {
    Set<T> seen = new HashSet<>();
    return items.anyMatch(item -> !seen.add(item));
  }
}
