package io.homeport.cli;

import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** The answer of {@code /v2/state}, for people. */
final class StateText {
  private static final int MOST = 20;

  private StateText() {}

  static void print(Session session, JsonNode state) {
    JsonNode safe = state.path("safeMode");
    if (safe.isNull()) {
      session.print("The server is not in the safe mode: what is to be done is done.");
      return;
    }
    session.print(
        "The server is in the safe mode since "
            + session.ago(safe, "since")
            + ": "
            + safe.path("why").asString(""));
    session.print("Nothing is reserved, launched, killed or destroyed. At its end:");
    list(session, state.path("launches"), "would be launched", StateText::launch);
    list(session, state.path("kills"), "would be killed", StateText::instance);
    list(session, state.path("destructions"), "would be DESTROYED", StateText::volume);
    list(session, state.path("deployments"), "would go on", StateText::deployment);
    list(session, state.path("unknownTasks"), "has no record", StateText::stranger);
    list(session, state.path("unknownVolumes"), "has no record", StateText::volume);
    int open = state.path("unconfirmedTasks").asInt(0);
    if (open > 0) {
      session.print(
          "The engine has not answered yet about " + open + " tasks; look again in a while.");
    }
  }

  private static void list(
      Session session, JsonNode items, String what, Function<JsonNode, String> text) {
    int shown = 0;
    for (JsonNode item : items) {
      if (shown++ == MOST) {
        session.print("  ... and " + (items.size() - MOST) + " more; --output json has them all");
        return;
      }
      session.print("  " + text.apply(item).replace("%", what));
    }
  }

  private static String instance(JsonNode item) {
    return "% " + text(item, "instanceId") + " of " + text(item, "appId");
  }

  private static String launch(JsonNode item) {
    return instance(item) + ", instance " + text(item, "ordinal");
  }

  private static String volume(JsonNode item) {
    return "volume % "
        + text(item, "id")
        + " of "
        + text(item, "appId")
        + " on "
        + text(item, "host");
  }

  private static String deployment(JsonNode item) {
    return "deployment % "
        + text(item, "id")
        + " of "
        + String.join(", ", DeploymentText.apps(item));
  }

  private static String stranger(JsonNode item) {
    return "task % "
        + text(item, "id")
        + (item.path("ends").asBoolean(false)
            ? ": it would be ENDED, because its instance is known and is launched anew"
            : ": it is left alone");
  }

  private static String text(JsonNode item, String field) {
    return item.path(field).asString("");
  }
}
