package io.homeport.mesos.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.mesos.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.mesos.v1.Protos.Offer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Replays a recording of a real Mesos against the Mesos of the tests: the same calls in the same
 * situations, and each recorded event must come, equal but for ids and times, and nothing else.
 * Permitted are other orders of events that do not depend on each other, repetitions of an update
 * by its uuid, and offers that come again as they were recorded before the next intervention.
 */
final class TapeReplay {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final long PATIENCE_MILLIS = 20_000;
  private static final long SPLIT_NANOS = 1_000_000_000;

  private final TestMesos mesos;
  private final TapeClient client;
  private final TapeNames names;
  private final List<Pending> pending = new ArrayList<>();
  private final Set<String> seenUuids = new HashSet<>();
  private final Set<Object> offered = new HashSet<>();
  private final Map<Integer, TapeClient.Answer> answers = new HashMap<>();
  private int seen;
  private int streamsBack;
  private int lastFound;
  private boolean returns;

  /** What came and was not yet found on the recording: an offer by itself, or an event. */
  private record Pending(String type, JsonNode json, int number) {}

  TapeReplay(TestMesos mesos, TapeClient client, TapeNames names) {
    this.mesos = mesos;
    this.client = client;
    this.names = names;
    this.seen = client.events().size();
  }

  static List<JsonNode> read(String name) throws IOException {
    try (InputStream input =
        TapeReplay.class.getResourceAsStream("/io/homeport/mesos/tapes/" + name + ".jsonl")) {
      if (input == null) {
        throw new IllegalArgumentException("no such recording: " + name);
      }
      return new String(input.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(JSON::readTree)
          .toList();
    }
  }

  /** How much was compared. */
  record Count(int calls, int events) {}

  Count run(String name) throws Exception {
    List<JsonNode> lines = TapeLines.inOrderOfCause(TapeLines.withoutRepetitions(read(name)));
    expectOffers(lines, -1);
    int calls = 0;
    int events = 0;
    for (int at = 0; at < lines.size(); at++) {
      JsonNode line = lines.get(at);
      if (line.has("note")) {
        intervene(line.get("note").asString(), lines, at);
      } else if (line.has("operator")) {
        expectOffers(lines, at);
        TapeClient.Answer answer = client.operate(names.toReplay(line.get("operator")));
        assertThat(answer.status()).isEqualTo(line.get("status").asInt());
      } else if (line.has("call")) {
        calls++;
        call(line);
      } else if (line.has("answer")) {
        TapeClient.Answer answer = Objects.requireNonNull(answers.remove(line.get("n").asInt()));
        assertThat(answer.status()).as("%s", line).isEqualTo(line.get("answer").asInt());
        if (answer.status() != 200) {
          assertThat(withoutIds(answer.body())).isEqualTo(withoutIds(line.get("body").asString()));
        }
      } else if (line.has("closed")) {
        closed(lines, at);
      } else if (line.has("event")) {
        events += event(line.get("event"), name + ":" + at);
      }
    }
    nothingElse(name);
    answers.forEach((n, answer) -> assertThat(answer.status()).as("call %s", n).isEqualTo(202));
    return new Count(calls, events);
  }

  private static String withoutIds(String body) {
    return body.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}(-\\d+)?", "ID");
  }

  /** A stream ends; of two the earlier one, when the later was just begun. */
  private void closed(List<JsonNode> lines, int at) throws Exception {
    if (lines.get(at).get("closed").asString().startsWith("IncompleteRead")) {
      mesos.killMaster(); // as the note before said
      client.awaitEnd(0);
      collect();
      pending.removeIf(left -> left.type().equals("offer")); // void with the master that made them
      mesos.startMaster();
      return;
    }
    boolean replaced =
        lines.subList(Math.max(0, at - 3), at).stream()
            .anyMatch(line -> line.toString().contains("Framework failed over"));
    client.awaitEnd(replaced ? 1 : 0);
  }

  private void call(JsonNode line) throws Exception {
    JsonNode call = names.toReplay(TapeLines.playable(line.get("call")));
    collect();
    answers.put(line.get("n").asInt(), client.send(call, streamsBack));
    streamsBack = 0;
  }

  /** What a note says was done to the cluster, is done. */
  private void intervene(String note, List<JsonNode> lines, int at) throws Exception {
    int last = mesos.size() - 1;
    if (note.startsWith("SIGKILL of the agent process")
        || note.startsWith("operator marks the agent gone") // which was killed before
        || note.startsWith("agent killed; KILL of its task")) {
      mesos.killAgent(last);
    } else if (note.startsWith("SIGKILL of agent, then of the executor")) {
      mesos.crashAgent(last);
      returns = true;
    } else if (note.startsWith("the agent is killed with its executor, its identity")) {
      mesos.forgetAgent(last);
      returns = true;
    } else if (note.startsWith("the agent comes back")
        || note.startsWith("the agent returns")
        || note.startsWith("the agent tries to return")) {
      mesos.startAgent(last);
    } else if (note.contains("calls with the old stream id")) {
      streamsBack = 1;
      return;
    } else {
      return;
    }
    expectOffers(lines, at);
  }

  /** From now on those offers may come that are on the recording before the next intervention. */
  private void expectOffers(List<JsonNode> lines, int from) {
    offered.clear();
    for (int at = from + 1; at < lines.size(); at++) {
      lines
          .get(at)
          .path("event")
          .path("offers")
          .path("offers")
          .forEach(offer -> offered.add(content(offer)));
      if (lines.get(at).has("operator")) {
        return;
      }
    }
  }

  private static Object content(JsonNode offer) {
    ObjectNode content = (ObjectNode) offer.deepCopy();
    content.remove("id");
    return TapeNames.compared(content);
  }

  private void collect() {
    List<JsonNode> all = client.events();
    for (; seen < all.size(); seen++) {
      JsonNode event = all.get(seen);
      int number = seen;
      String type = event.get("type").asString();
      if (type.equals("OFFERS")) {
        event
            .get("offers")
            .get("offers")
            .forEach(offer -> pending.add(new Pending("offer", offer, number)));
      } else if (type.equals("RESCIND")) {
        String id = event.get("rescind").get("offer_id").get("value").asString();
        boolean unanswered =
            pending.removeIf(
                other ->
                    other.type().equals("offer")
                        && other.json().get("id").get("value").asString().equals(id));
        if (!unanswered) {
          pending.add(new Pending(type, event, number));
        }
      } else if (!type.equals("HEARTBEAT") && !isRepeated(event)) {
        pending.add(new Pending(type, event, number));
      }
    }
  }

  private static String uuid(JsonNode event) {
    JsonNode task = event.path("update").path("status").path("uuid");
    JsonNode operation =
        event.path("update_operation_status").path("status").path("uuid").path("value");
    return task.asString(operation.asString(""));
  }

  private boolean isRepeated(JsonNode event) {
    String uuid = uuid(event);
    return !uuid.isEmpty() && !seenUuids.add(uuid);
  }

  private int event(JsonNode recorded, String where) throws InterruptedException {
    String type = recorded.get("type").asString();
    boolean repeated = !uuid(recorded).isEmpty() && names.isBound(uuid(recorded));
    boolean checked =
        recorded.toString().contains("REASON_TASK_CHECK_STATUS_UPDATED"); // not asked for
    if (type.equals("HEARTBEAT") || repeated || checked) {
      return 0;
    }
    if (type.equals("OFFERS")) {
      for (JsonNode offer : recorded.get("offers").get("offers")) {
        find("offer", offer, where);
      }
    } else {
      find(type, recorded, where);
    }
    if (type.equals("FAILURE") && returns) {
      returns = false;
      mesos.startAgent(mesos.size() - 1);
    }
    return 1;
  }

  private void find(String type, JsonNode recorded, String where) throws InterruptedException {
    Object wanted = type.equals("offer") ? content(recorded) : TapeNames.compared(recorded);
    long begin = System.nanoTime();
    long end = begin + PATIENCE_MILLIS * 1_000_000;
    while (System.nanoTime() < end) {
      collect();
      for (Pending candidate : List.copyOf(pending)) {
        if (candidate.type().equals(type) && matches(type, recorded, candidate.json(), wanted)) {
          pending.remove(candidate);
          lastFound = Math.max(lastFound, candidate.number());
          return;
        }
      }
      client.await(seen, 50);
      if (type.equals("offer") && System.nanoTime() - begin > SPLIT_NANOS) {
        giveBackParts(recorded);
      }
    }
    throw new AssertionError(
        where
            + ": this was recorded and did not come: "
            + recorded
            + "\nWhat came instead:\n"
            + String.join(
                "\n",
                pending.stream()
                    .filter(left -> left.type().equals(type))
                    .map(left -> names.toRecording(left.json()).toString())
                    .toList()));
  }

  /**
   * What was recorded as one offer may come as several, if it became free bit by bit: they are
   * given back, to come again as one.
   */
  private void giveBackParts(JsonNode recorded) {
    Bag whole = bag(names.toReplay(recorded));
    String agent = names.toReplay(recorded).get("agent_id").get("value").asString();
    for (Pending part : List.copyOf(pending)) {
      if (part.type().equals("offer")
          && part.json().get("agent_id").get("value").asString().equals(agent)
          && whole.contains(bag(part.json()))) {
        pending.remove(part);
        client.decline(part.json());
      }
    }
  }

  private static Bag bag(JsonNode offer) {
    try {
      Wire text = Wire.named("application/json").orElseThrow();
      byte[] json = offer.toString().getBytes(StandardCharsets.UTF_8);
      return Bag.of(text.decode(json, Offer.newBuilder()).build().getResourcesList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether both are the same; ids that are met for the first time are taken for each other. */
  private boolean matches(String type, JsonNode recorded, JsonNode came, Object wanted) {
    if (type.equals("SUBSCRIBED")) {
      bind(
          recorded.get("subscribed").get("framework_id"),
          came.get("subscribed").get("framework_id"));
    } else if (type.equals("offer")) {
      if (recorded.get("hostname").equals(came.get("hostname"))) {
        bind(recorded.get("agent_id"), came.get("agent_id"));
      }
    }
    JsonNode named = names.toRecording(came);
    Object found = type.equals("offer") ? content(named) : TapeNames.compared(named);
    if (!found.equals(wanted)) {
      return false;
    }
    if (type.equals("offer")) {
      bind(recorded.get("id"), came.get("id"));
    }
    if (!uuid(recorded).isEmpty()) {
      names.bind(uuid(recorded), uuid(came));
    }
    return true;
  }

  private void bind(JsonNode recorded, JsonNode came) {
    String one = recorded.get("value").asString();
    String other = came.get("value").asString();
    if (!names.isBound(one) && !names.isKnown(other)) {
      names.bind(one, other);
    }
  }

  /**
   * Whatever else came is an offer that was recorded too, and may come again, or one that the
   * recording was over before.
   */
  private void nothingElse(String name) throws InterruptedException {
    client.await(seen, 300);
    collect();
    for (Pending left : pending) {
      JsonNode named = names.toRecording(left.json());
      boolean permitted =
          left.type().equals("offer")
              && (left.number() > lastFound || offered.contains(content(named)));
      assertThat(permitted).as("%s: not recorded, but came: %s", name, named).isTrue();
    }
    pending.clear();
  }
}
