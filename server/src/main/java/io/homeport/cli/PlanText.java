package io.homeport.cli;

import io.homeport.cli.text.Sizes;
import io.homeport.cli.text.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What a change would do, as people read it; what becomes of data above all. */
final class PlanText {
  private static final Map<String, String> FATES =
      Map.of(
          "kept", "kept",
          "detached", "detached, data stays",
          "reattached", "used again",
          "created", "created",
          "destroyed", "DESTROYED");

  private PlanText() {}

  /**
   * Writes a plan.
   *
   * @param session where
   * @param answer what the server answered to {@code dryRun}
   */
  static void print(Session session, JsonNode answer) {
    JsonNode plan = answer.path("plan");
    for (JsonNode warning : answer.path("warnings")) {
      session.note("Warning: " + warning.asString(""));
    }
    for (JsonNode app : plan.path("apps")) {
      session.print(summary(app));
      instances(session, "start", app.path("starts"));
      instances(session, "restart", app.path("restarts"));
      instances(session, "stop", app.path("stops"));
      volumes(session, app.path("volumes"));
      double destroyed = app.path("bytesDestroyed").asDouble(0);
      if (!app.path("volumes").path("destroyed").isEmpty()) {
        session.print("  Data that would be lost: " + Sizes.bytes(destroyed) + ".");
      }
    }
    if (plan.path("apps").isEmpty()) {
      session.print("Nothing would change.");
    }
  }

  /**
   * Whether data would be lost.
   *
   * @param answer what the server answered to {@code dryRun}
   */
  static boolean destroys(JsonNode answer) {
    for (JsonNode app : answer.path("plan").path("apps")) {
      if (!app.path("volumes").path("destroyed").isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private static String summary(JsonNode app) {
    String id = app.path("id").asString("");
    int from = app.path("from").asInt(0);
    int to = app.path("to").asInt(0);
    return switch (app.path("change").asString("")) {
      case "create" -> id + " would be created with " + instances(to) + ".";
      case "scale" -> id + " would go from " + from + " to " + instances(to) + ".";
      case "restart" -> id + " would be restarted.";
      case "update" -> id + " would be changed and restarted, with " + instances(to) + ".";
      case "delete" -> id + " would be destroyed.";
      default -> id + " would stay as it is.";
    };
  }

  private static String instances(int count) {
    return count + (count == 1 ? " instance" : " instances");
  }

  private static void instances(Session session, String verb, JsonNode instances) {
    List<String> ordinals = new ArrayList<>();
    for (JsonNode instance : instances) {
      ordinals.add(Integer.toString(instance.path("ordinal").asInt(0)));
    }
    if (!ordinals.isEmpty()) {
      session.print("  " + verb + ": instance " + String.join(", ", ordinals));
    }
  }

  private static void volumes(Session session, JsonNode volumes) {
    Table table = new Table("VOLUME", ">ORDINAL", "PATH", ">SIZE", ">USED", "AGENT", "BECOMES");
    for (String fate : List.of("destroyed", "detached", "reattached", "created", "kept")) {
      for (JsonNode volume : volumes.path(fate)) {
        JsonNode used = volume.path("usedBytes");
        table.row(
            volume.path("id").asString("(new)"),
            Integer.toString(volume.path("ordinal").asInt(0)),
            volume.path("containerPath").asString(""),
            Sizes.mebibytes(volume.path("size").asDouble(0)),
            used.isNumber() ? Sizes.bytes(used.asDouble(0)) : "",
            volume.path("agentId").asString(""),
            FATES.getOrDefault(fate, fate));
      }
    }
    if (!table.isEmpty()) {
      session.print(table, "");
    }
  }
}
