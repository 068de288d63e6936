package io.homeport.cli;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Events as people read them: what they are about, in a line. */
final class EventText {
  /** The fields that say what an event is about, most telling first. */
  private static final List<String> TELLING =
      List.of(
          "appId",
          "runSpecId",
          "appID",
          "volumeId",
          "reservationId",
          "agentId",
          "taskId",
          "instanceId",
          "id",
          "taskStatus",
          "condition",
          "status",
          "state",
          "goal",
          "alive",
          "healthy",
          "reason",
          "message",
          "uri");

  private EventText() {}

  /**
   * What an event is about.
   *
   * @param type its type
   * @param data its data
   */
  static String of(String type, JsonNode data) {
    if (type.startsWith("deployment_")) {
      return deployment(data);
    }
    List<String> parts = new ArrayList<>();
    for (String field : TELLING) {
      JsonNode value = data.path(field);
      if (value.isValueNode() && !value.isNull() && !value.asString("").isEmpty()) {
        parts.add(field + "=" + value.asString(""));
      }
    }
    return String.join(" ", parts);
  }

  private static String deployment(JsonNode data) {
    JsonNode plan = data.path("plan");
    List<String> actions = new ArrayList<>();
    for (JsonNode action : data.path("currentStep").path("actions")) {
      actions.add(action.path("action").asString("") + " " + action.path("app").asString(""));
    }
    String id = plan.path("id").asString(data.path("id").asString(""));
    return actions.isEmpty() ? id : id + " " + String.join(", ", actions);
  }
}
