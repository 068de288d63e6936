package io.homeport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests that are refused: each line of {@code bad-requests.jsonl} has one, and the status and
 * the whole body of its answer. After each of them nothing was committed, and apps, volumes and
 * tasks are what they were.
 *
 * <p>What was answered instead is left in {@code target/bad-requests.jsonl}, to be read, and taken
 * over where it is better.
 */
class BadRequestsIT {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Path ANSWERED = Path.of("target", "bad-requests.jsonl");
  private static final int LARGER_THAN_ANY_BODY = 1_200_000;

  private static final String STATEFUL =
      """
      {"id": "/db", "cmd": "sleep 100000", "cpus": 0.1, "mem": 32, "container": {"type": "MESOS",
       "volumes": [{"containerPath": "data", "mode": "RW", "persistent": {"size": 16}}]}}
      """;

  private static final String STATELESS =
      """
      {"id": "/web", "cmd": "sleep 100000", "cpus": 0.1, "mem": 32}
      """;

  private static final String WAITING =
      """
      {"id": "/stuck", "cmd": "sleep 100000", "cpus": 0.1, "mem": 32,
       "constraints": [["hostname", "IS", "nowhere"]]}
      """;

  @TempDir Path dir;

  private final Map<String, String> names = new LinkedHashMap<>();

  @Test
  void refusalsSayWhatIsWrongAndChangeNothing() throws IOException {
    List<ObjectNode> requests = read();
    assertThat(requests).hasSizeGreaterThan(80);
    List<String> answered = new ArrayList<>();
    List<String> changing = new ArrayList<>();
    List<String> expected = requests.stream().map(ObjectNode::toString).toList();
    try (ServerProcess server = ServerProcess.start(dir.resolve("data"), "--local-agents", "2")) {
      prepare(server);
      String before = situation(server);
      for (ObjectNode request : requests) {
        ServerProcess.Answer answer = send(server, request);
        answered.add(withAnswer(request, answer).toString());
        String after = situation(server);
        if (!after.equals(before)) {
          changing.add(request.toString());
          before = after;
        }
      }
    }
    Files.write(ANSWERED, answered);
    assertThat(changing).isEmpty();
    assertThat(answered).isEqualTo(expected);
  }

  private static List<ObjectNode> read() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(BadRequestsIT.class.getResourceAsStream("bad-requests.jsonl"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> (ObjectNode) JSON.readTree(line))
          .toList();
    }
  }

  private void prepare(ServerProcess server) {
    assertThat(server.post("/v2/apps", STATEFUL).status()).isEqualTo(201);
    assertThat(server.post("/v2/apps", STATELESS).status()).isEqualTo(201);
    server.awaitNoDeployments();
    String deployment =
        server.post("/v2/apps", WAITING).body().path("deployments").path(0).path("id").asString();
    JsonNode task = server.running("/db").getFirst();
    names.put("${task}", task.path("id").asString());
    names.put("${instance}", task.path("instanceId").asString());
    names.put("${volume}", task.path("localVolumes").path(0).path("persistenceId").asString());
    names.put("${agent}", task.path("slaveId").asString());
    names.put("${deployment}", deployment);
    server.await(
        "quiet",
        Duration.ofSeconds(30),
        () -> {
          String sequence = sequence(server);
          server.get("/v2/apps");
          return sequence.equals(sequence(server)) && server.running("/web").size() == 1;
        });
  }

  private static String sequence(ServerProcess server) {
    return server.get("/v2/info").body().path("homeport").path("sequence").toString();
  }

  /** What must not change: the number of the last commit, and what users see. */
  private static String situation(ServerProcess server) {
    StringBuilder text = new StringBuilder(sequence(server));
    for (String path : List.of("/v2/apps", "/v2/tasks", "/v2/deployments")) {
      text.append('\n').append(server.get(path).body());
    }
    return text.toString();
  }

  private ServerProcess.Answer send(ServerProcess server, ObjectNode request) {
    String body =
        request.has("body")
            ? resolved(request.path("body").asString()).replace("${big}", large())
            : null;
    return server.send(
        request.path("method").asString(),
        resolved(request.path("path").asString()).replace("#", "%23"),
        request.path("type").asString("application/json"),
        body);
  }

  private static String large() {
    return "{\"id\": \"/new\", \"cmd\": \"" + "x".repeat(LARGER_THAN_ANY_BODY) + "\"}";
  }

  private String resolved(String text) {
    String result = text;
    for (Map.Entry<String, String> name : names.entrySet()) {
      result = result.replace(name.getKey(), name.getValue());
    }
    return result;
  }

  private ObjectNode withAnswer(ObjectNode request, ServerProcess.Answer answer) {
    String body = answer.raw().body();
    for (Map.Entry<String, String> name : names.entrySet()) {
      body = body.replace(name.getValue(), name.getKey());
    }
    ObjectNode line = request.deepCopy();
    line.remove(List.of("status", "answer"));
    line.put("status", answer.status());
    boolean isJson = answer.body().isObject() || answer.body().isArray();
    return isJson ? line.set("answer", JSON.readTree(body)) : line.put("answer", body);
  }
}
