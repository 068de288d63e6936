package io.homeport.api.definition;

import io.homeport.model.AppDefinition;
import io.homeport.model.Network;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lays a partial update over an app. As in Marathon each field that is given replaces the app's
 * whole field, and a null counts as not given. What was only derived from a field that is replaced
 * is derived anew.
 */
final class Merge {
  private Merge() {}

  /**
   * The whole app after a partial update.
   *
   * @param current what the app is
   * @param update the object that changes it
   * @return the app object, not yet checked
   */
  static ObjectNode of(AppDefinition current, JsonNode update) {
    ObjectNode merged = AppWriter.toJson(current);
    replace(update, "args", merged, List.of("cmd"));
    replace(update, "cmd", merged, List.of("args"));
    replace(update, "uris", merged, List.of("fetch"));
    replace(update, "ports", merged, List.of("portDefinitions"));
    if (givesDockerNetwork(update)) {
      merged.remove("networks");
    }
    dropWhatNetworksReplace(current, update, merged);
    dropWhatVolumesReplace(current, update, merged);
    for (Map.Entry<String, JsonNode> field : update.properties()) {
      if (!field.getValue().isNull()) {
        merged.set(field.getKey(), field.getValue());
      }
    }
    return merged;
  }

  private static void replace(
      JsonNode update, String field, ObjectNode merged, List<String> replaced) {
    JsonNode given = update.path(field);
    boolean empty = given.isArray() && given.isEmpty();
    if (update.hasNonNull(field) && !empty) {
      merged.remove(replaced);
    }
  }

  private static boolean givesDockerNetwork(JsonNode update) {
    return update.path("container").path("docker").hasNonNull("network");
  }

  private static void dropWhatNetworksReplace(
      AppDefinition current, JsonNode update, ObjectNode merged) {
    Optional<Boolean> toHost = toHost(update);
    boolean fromHost = current.networks().getFirst().mode() == Network.Mode.HOST;
    if (toHost.isEmpty() || toHost.get() == fromHost) {
      return;
    }
    if (fromHost) {
      merged.remove("portDefinitions");
    } else if (merged.get("container") instanceof ObjectNode container) {
      container.remove("portMappings");
    }
  }

  /** Whether the update asks for host networking; absent when it does not speak of networks. */
  private static Optional<Boolean> toHost(JsonNode update) {
    if (givesDockerNetwork(update)) {
      JsonNode network = update.path("container").path("docker").path("network");
      return Optional.of(network.asString("").equals("HOST"));
    }
    JsonNode networks = update.path("networks");
    if (!networks.isArray()) {
      return Optional.empty();
    }
    return Optional.of(
        networks.isEmpty() || networks.get(0).path("mode").asString("").equals("host"));
  }

  private static void dropWhatVolumesReplace(
      AppDefinition current, JsonNode update, ObjectNode merged) {
    boolean becomesSingle =
        "true".equals(update.path("labels").path(DefinitionReader.SINGLE_INSTANCE).asString(""));
    if (becomesSingle) {
      merged.remove("upgradeStrategy");
    }
    if (!update.hasNonNull("container")) {
      return;
    }
    boolean stateful =
        update
            .path("container")
            .path("volumes")
            .valueStream()
            .anyMatch(volume -> volume.hasNonNull("persistent"));
    if (stateful != current.isStateful()) {
      merged.remove(
          List.of("upgradeStrategy", "unreachableStrategy", "residency", "acceptedResourceRoles"));
    }
  }
}
