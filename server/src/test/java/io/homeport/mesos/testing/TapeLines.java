package io.homeport.mesos.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The lines of a recording, without what a replay need not do over and over. */
final class TapeLines {
  private static final int ENOUGH = 3;
  private static final String WEB_SERVER = "python3 -m http.server";

  private TapeLines() {}

  /**
   * Leaves out offers that came and were declined again and again while nothing else happened.
   *
   * @param lines a recording
   */
  static List<JsonNode> withoutRepetitions(List<JsonNode> lines) {
    List<JsonNode> kept = new ArrayList<>();
    Set<String> dropped = new HashSet<>();
    int rounds = 0;
    for (JsonNode line : lines) {
      boolean offers = line.path("event").path("type").asString("").equals("OFFERS");
      boolean heartbeat = line.path("event").path("type").asString("").equals("HEARTBEAT");
      JsonNode decline = line.path("call").path("decline");
      if (offers) {
        if (++rounds > ENOUGH) {
          line.get("event")
              .get("offers")
              .get("offers")
              .forEach(offer -> dropped.add(offer.get("id").get("value").asString()));
          continue;
        }
      } else if (!decline.isMissingNode()) {
        if (dropped.contains(decline.get("offer_ids").get(0).get("value").asString())) {
          continue;
        }
      } else if (!heartbeat) {
        rounds = 0;
      }
      kept.add(line);
    }
    return kept;
  }

  /** What an operator did was written down when it was answered, after what it caused. */
  static List<JsonNode> inOrderOfCause(List<JsonNode> lines) {
    List<JsonNode> ordered = new ArrayList<>();
    for (JsonNode line : lines) {
      int at = ordered.size();
      while (line.has("operator") && at > 0 && isCaused(ordered.get(at - 1))) {
        at--;
      }
      ordered.add(at, line);
    }
    return ordered;
  }

  private static boolean isCaused(JsonNode line) {
    String reason = line.path("event").path("update").path("status").path("reason").asString("");
    return reason.equals("REASON_AGENT_REMOVED_BY_OPERATOR")
        || reason.equals("REASON_AGENT_DRAINING");
  }

  /**
   * A call as it is replayed: without general checks, which inform and decide nothing, and with a
   * web server that is there wherever the tests run.
   */
  static JsonNode playable(JsonNode call) {
    JsonNode copy = call.deepCopy();
    for (JsonNode operation : copy.path("accept").path("operations")) {
      for (JsonNode task : operation.path("launch").path("task_infos")) {
        ((ObjectNode) task).remove("check");
        String command = task.path("command").path("value").asString("");
        if (command.startsWith(WEB_SERVER)) {
          String java = Path.of(System.getProperty("java.home"), "bin", "jwebserver").toString();
          ((ObjectNode) task.get("command"))
              .put("value", java + " -p" + command.substring(WEB_SERVER.length()));
        }
      }
    }
    return copy;
  }
}
