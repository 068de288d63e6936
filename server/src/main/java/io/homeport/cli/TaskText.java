package io.homeport.cli;

import io.homeport.cli.text.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Tasks as people read them. */
final class TaskText {
  private TaskText() {}

  /**
   * A name that is short and says which one: {@code /sesame/samson:0}.
   *
   * @param task the task
   */
  static String name(JsonNode task) {
    return task.path("appId").asString("") + ":" + task.path("ordinal").asInt(0);
  }

  /**
   * A table of tasks.
   *
   * @param session for the time
   * @param tasks the tasks
   */
  static Table table(Session session, JsonNode tasks) {
    Table table = new Table("TASK", "STATE", "HEALTH", "HOST", "PORTS", "STARTED", "ID");
    for (JsonNode task : tasks) {
      table.row(
          name(task),
          state(task),
          health(task),
          task.path("host").asString(""),
          ports(task),
          session.ago(task, "startedAt"),
          task.path("id").asString(""));
    }
    return table;
  }

  private static String state(JsonNode task) {
    String state = task.path("state").asString("").replaceFirst("^TASK_", "");
    String text = state.toLowerCase(Locale.ROOT);
    boolean ending = task.path("killRequestedAt").isString() && text.equals("running");
    boolean detached =
        task.path("goal").asString("").equals("Stopped") && !task.path("startedAt").isString();
    return ending ? "ending" : detached ? "detached (" + text + ")" : text;
  }

  private static String health(JsonNode task) {
    JsonNode healthy = task.path("healthy");
    return healthy.isBoolean() ? (healthy.asBoolean() ? "healthy" : "unhealthy") : "";
  }

  private static String ports(JsonNode task) {
    List<String> ports = new ArrayList<>();
    for (JsonNode port : task.path("ports")) {
      ports.add(Integer.toString(port.asInt(0)));
    }
    return String.join(",", ports);
  }
}
