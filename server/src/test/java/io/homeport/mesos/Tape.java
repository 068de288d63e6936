package io.homeport.mesos;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import tools.jackson.databind.JsonNode;

/**
 * A recording of a real Mesos, condensed (times and plain answers left out). Task ids are put into
 * Homeport's form and labels under Homeport's names, because both are the scheduler's to choose.
 */
record Tape(String name, List<Line> lines) {
  static final List<String> NAMES =
      List.of(
          "01-stateful-lifecycle",
          "02-refused-and-failed",
          "03-agent-lost-and-back",
          "04-failover-and-reconcile",
          "07-operator-views",
          "08-health-checks",
          "09-agent-drain",
          "10-shared-volume-backup",
          "11-task-group",
          "12-conflicts-and-halves",
          "13-kill-while-unreachable-and-new-agent-id");

  private static final Pattern TASK_ID =
      Pattern.compile("\"task_id\":\\{\"value\":\"([^\"]+)\"\\}");

  /** One line: a note, a call, an event, or something else. */
  record Line(JsonNode json) {
    boolean isCall() {
      return json.has("call");
    }

    boolean isEvent() {
      return json.has("event");
    }

    Call call() {
      Call.Builder call = Call.newBuilder();
      ProtobufJson.read(json.get("call"), call);
      return call.build();
    }

    Event event() {
      Event.Builder event = Event.newBuilder();
      ProtobufJson.read(json.get("event"), event);
      return event.build();
    }
  }

  static Tape read(String name) {
    List<Line> lines = new ArrayList<>();
    for (String line : text(name + ".jsonl").split("\n")) {
      lines.add(new Line(ProtobufJson.MAPPER.readTree(ours(line))));
    }
    return new Tape(name, lines);
  }

  /** A file of the recordings. */
  static String text(String file) {
    return new String(bytes(file), StandardCharsets.UTF_8);
  }

  static byte[] bytes(String file) {
    try (InputStream input = Tape.class.getResourceAsStream("tapes/" + file)) {
      if (input == null) {
        throw new IllegalArgumentException("no such recording: " + file);
      }
      return input.readAllBytes();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String ours(String line) {
    String renamed =
        line.replace("homeport_framework_id", Ownership.INSTALLATION)
            .replace("homeport_instance_id", Ownership.RESERVATION);
    return TASK_ID
        .matcher(renamed)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    "\"task_id\":{\"value\":\""
                        + found.group(1).replaceAll("[._]", "-")
                        + ".instance-t._app.1\"}"));
  }
}
