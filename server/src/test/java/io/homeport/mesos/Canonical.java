package io.homeport.mesos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * JSON in a form in which equal means the same to Mesos: fields sorted, lists of resources in any
 * order with equal ones added up, 1 and 1.0 the same.
 */
final class Canonical {
  private Canonical() {}

  static Object of(JsonNode json) {
    if (json.isObject()) {
      SortedMap<String, Object> fields = new TreeMap<>();
      for (Map.Entry<String, JsonNode> field : json.properties()) {
        boolean resources = field.getKey().equals("resources") && field.getValue().isArray();
        fields.put(field.getKey(), resources ? resources(field.getValue()) : of(field.getValue()));
      }
      return fields;
    }
    if (json.isArray()) {
      List<Object> items = new ArrayList<>();
      json.forEach(item -> items.add(of(item)));
      return items;
    }
    return json.isNumber() ? (Object) json.asDouble() : json.asString();
  }

  private static Object resources(JsonNode list) {
    SortedMap<String, Double> scalars = new TreeMap<>();
    List<String> others = new ArrayList<>();
    for (JsonNode resource : list) {
      if (resource.has("scalar")) {
        double value = resource.get("scalar").get("value").asDouble();
        scalars.merge(of(without(resource)).toString(), value, Double::sum);
      } else {
        others.add(of(resource).toString());
      }
    }
    others.sort(null);
    return List.of(scalars, others);
  }

  private static JsonNode without(JsonNode resource) {
    tools.jackson.databind.node.ObjectNode copy =
        (tools.jackson.databind.node.ObjectNode) resource.deepCopy();
    copy.remove("scalar");
    return copy;
  }
}
