package io.homeport.cli;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The paths of problems in definitions, such as {@code /container/volumes(0)/persistent}. */
final class DefinitionPaths {
  private static final Pattern STEP = Pattern.compile("/([^/()]+)|\\((\\d{1,9})\\)");

  private DefinitionPaths() {}

  /**
   * Takes out what stands at paths; later elements of an array before earlier ones.
   *
   * @param definition where from
   * @param paths the paths
   * @return whether anything was there
   */
  static boolean removeAll(ObjectNode definition, List<String> paths) {
    boolean any = false;
    for (String path : paths.stream().sorted(Comparator.reverseOrder()).distinct().toList()) {
      any |= remove(definition, path);
    }
    return any;
  }

  private static boolean remove(ObjectNode definition, String path) {
    JsonNode holder = definition;
    JsonNode at = definition;
    Matcher step = STEP.matcher(path);
    String name = "";
    int index = -1;
    while (step.find()) {
      holder = at;
      name = step.group(1) == null ? "" : step.group(1);
      index = step.group(2) == null ? -1 : Integer.parseInt(step.group(2));
      at = index < 0 ? holder.path(name) : holder.path(index);
    }
    boolean isWhole = name.isEmpty() && index < 0;
    if (at.isMissingNode() || isWhole) {
      return false;
    }
    if (holder instanceof ArrayNode array) {
      return array.remove(index) != null;
    }
    return holder instanceof ObjectNode object && object.remove(name) != null;
  }
}
