package io.homeport.mesos.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What ids of a recording are called in its replay, and events in the form in which both are
 * compared: without times, process ids, ports and the order of resources.
 */
final class TapeNames {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final List<String> NOT_COMPARED =
      List.of(
          "uuid",
          "timestamp",
          "executor_pid",
          "container_id",
          "nanoseconds",
          "check_status",
          "url",
          "master_info",
          "heartbeat_interval_seconds");

  private final Map<String, String> replayed = new LinkedHashMap<>();
  private final Map<String, String> recorded = new LinkedHashMap<>();

  void bind(String inRecording, String inReplay) {
    replayed.put(inRecording, inReplay);
    recorded.put(inReplay, inRecording);
  }

  boolean isBound(String inRecording) {
    return replayed.containsKey(inRecording);
  }

  boolean isKnown(String inReplay) {
    return recorded.containsKey(inReplay);
  }

  /** A recorded call as the replay sends it. */
  JsonNode toReplay(JsonNode json) {
    return renamed(json, replayed);
  }

  /** An event of the replay with the names of the recording. */
  JsonNode toRecording(JsonNode json) {
    return renamed(json, recorded);
  }

  /** The longest names first: one may begin another. */
  private static JsonNode renamed(JsonNode json, Map<String, String> names) {
    String text = json.toString();
    List<String> all = new ArrayList<>(names.keySet());
    all.sort((one, other) -> Integer.compare(other.length(), one.length()));
    for (String name : all) {
      text =
          text.replaceAll(
              "(?<![0-9A-Za-z])" + java.util.regex.Pattern.quote(name) + "(?![0-9A-Za-z])",
              java.util.regex.Matcher.quoteReplacement(names.get(name)));
    }
    return JSON.readTree(text);
  }

  /** What is compared of an event, or of part of one. */
  static Object compared(JsonNode json) {
    if (json.isObject()) {
      SortedMap<String, Object> fields = new TreeMap<>();
      for (Map.Entry<String, JsonNode> field : json.properties()) {
        if (!NOT_COMPARED.contains(field.getKey())) {
          boolean resources = field.getKey().equals("resources") && field.getValue().isArray();
          fields.put(
              field.getKey(), resources ? resources(field.getValue()) : compared(field.getValue()));
        }
      }
      return fields;
    }
    if (json.isArray()) {
      List<Object> items = new ArrayList<>();
      json.forEach(item -> items.add(compared(item)));
      return items;
    }
    return json.isNumber() ? (Object) json.asDouble() : text(json.asString());
  }

  /** Ports of agents, and what a file system adds to a directory's size, are nobody's concern. */
  private static String text(String value) {
    String plain =
        value
            .replaceAll("slave\\(1\\)@127\\.0\\.0\\.1:\\d+", "slave(1)@127.0.0.1")
            .replaceAll("Disk usage \\(\\d+KB\\)", "Disk usage (KB)");
    // Lists of resources in messages come in any order.
    return plain.contains("; ")
        ? String.join(
            "; ",
            java.util.Arrays.stream(
                    plain.split("; | required by | more than available | does not contain "))
                .sorted()
                .toList())
        : plain;
  }

  private static Object resources(JsonNode list) {
    SortedMap<String, Double> scalars = new TreeMap<>();
    List<String> others = new ArrayList<>();
    for (JsonNode resource : list) {
      if (resource.has("scalar")) {
        ObjectNode rest = (ObjectNode) resource.deepCopy();
        rest.remove("scalar");
        scalars.merge(
            compared(rest).toString(), resource.get("scalar").get("value").asDouble(), Double::sum);
      } else {
        others.add(compared(resource).toString());
      }
    }
    others.sort(null);
    return List.of(scalars, others);
  }
}
