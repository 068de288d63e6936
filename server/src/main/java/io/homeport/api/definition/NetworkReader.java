package io.homeport.api.definition;

import io.homeport.model.Network;
import io.homeport.model.Network.Mode;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Reads {@code networks} and the deprecated {@code container.docker.network}, with Marathon's rules
 * and messages.
 */
final class NetworkReader {
  private static final SequencedMap<String, Mode> MODES =
      Choices.of(Mode.values(), NetworkReader::word);

  private static final SequencedMap<String, Mode> DOCKER_MODES =
      Choices.of(Mode.values(), NetworkReader::dockerWord);

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9_]*[a-z0-9])?");
  private static final int LONGEST_NAME = 63;

  private final Problems problems;

  private NetworkReader(Problems problems) {
    this.problems = problems;
  }

  /**
   * How the tasks of an app are connected: one network, that of the host unless another is given.
   *
   * @param app the fields of the app
   * @param docker the fields of {@code container.docker}
   */
  static List<Network> read(Fields app, Optional<Fields> docker) {
    NetworkReader reader = new NetworkReader(app.problems());
    List<Network> networks = app.list("networks", reader::network).orElse(List.of());
    Optional<Network> old = docker.flatMap(reader::dockerNetwork);
    if (old.isPresent() && !networks.isEmpty()) {
      app.problems().add(app.path(), "must not specify both container.docker.network and networks");
    }
    if (networks.size() > 1) {
      app.problem(
          "networks",
          "Homeport connects a task to one network: expected one entry, found " + networks.size());
    }
    if (!networks.isEmpty()) {
      return networks;
    }
    return List.of(old.orElse(Network.HOST));
  }

  /**
   * Marathon's word for a mode.
   *
   * @param mode the mode
   */
  static String word(Mode mode) {
    return mode == Mode.CONTAINER_BRIDGE ? "container/bridge" : Choices.lowerCase(mode);
  }

  private static String dockerWord(Mode mode) {
    return switch (mode) {
      case HOST -> "HOST";
      case CONTAINER -> "USER";
      case CONTAINER_BRIDGE -> "BRIDGE";
    };
  }

  private Optional<Network> dockerNetwork(Fields docker) {
    Optional<Mode> mode = docker.choice("network", DOCKER_MODES);
    if (mode.isPresent() && mode.get() == Mode.CONTAINER) {
      docker.problem(
          "network",
          "Network name must be specified when container network is selected: use \"networks\":"
              + " [{\"mode\": \"container\", \"name\": ...}] instead of USER");
    }
    return mode.map(known -> new Network(known, Optional.empty()));
  }

  private Optional<Network> network(JsonNode node, FieldPath path) {
    Optional<Fields> given = Fields.of(node, path, problems);
    if (given.isEmpty()) {
      return Optional.empty();
    }
    Fields fields = given.get();
    Optional<String> name = fields.nonEmptyText("name");
    Optional<Mode> known = fields.choice("mode", MODES);
    Mode mode = known.orElse(Mode.CONTAINER);
    fields.unsupported("labels", "give the labels to the app");
    if (known.isPresent() || !fields.has("mode")) {
      checkName(fields, mode, name);
    }
    fields.finish();
    return Optional.of(new Network(mode, name));
  }

  private static void checkName(Fields fields, Mode mode, Optional<String> name) {
    if (mode == Mode.CONTAINER && !fields.has("name")) {
      fields.problem("name", "Network name must be specified when container network is selected.");
    }
    if (mode == Mode.HOST && name.isPresent()) {
      fields.problem("name", "Host networks may not have names or labels");
    }
    if (mode == Mode.CONTAINER_BRIDGE && name.isPresent()) {
      fields.problem("name", "Bridge networks may not have names");
    }
    if (name.isPresent()
        && (name.get().length() > LONGEST_NAME || !NAME.matcher(name.get()).matches())) {
      fields.problem(
          "name",
          "expected up to 63 lower-case letters, digits, hyphens and underscores, found "
              + Found.quoted(name.get()));
    }
  }
}
