package io.homeport.api.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every app body of a recorded Marathon 1.11.26, read again: accepted or refused alike, at the same
 * places, in Marathon's words where these explain something, and written in the same shape. What
 * differs must be in the table of deliberate differences, and nothing else may be.
 */
class MarathonRecordingTest {
  private static final Context CONTEXT = Context.ofRole("marathon");
  private static final JsonMapper MAPPER = JsonMapper.shared();

  /** What Marathon writes beside the definition. */
  private static final List<String> BESIDE =
      List.of("tasksStaged", "tasksRunning", "tasksHealthy", "tasksUnhealthy", "deployments");

  /** Marathon's messages that explain nothing: only their places are compared. */
  private static final List<String> UNHELPFUL =
      List.of("error.", "'", "[] is not", "null is not", "must not be an empty string");

  private record Exchange(
      String line, String method, String path, String body, int status, JsonNode answer) {
    AppId app() {
      return new AppId(path.replace("/v2/apps/", "/").replaceFirst("^/+", "/"));
    }
  }

  /** What came of a body: as the server would answer it. */
  private record Outcome(Optional<AppDefinition> definition, List<Problem> problems, int status) {
    static Outcome of(Reading reading) {
      return new Outcome(
          reading.definition(), reading.problems(), reading.problems().isEmpty() ? 200 : 422);
    }
  }

  @Test
  void bodiesAreAcceptedAndRefusedAsByMarathon() throws IOException {
    SortedSet<String> listed = new TreeSet<>();
    DeliberateDifferences.ALL.forEach(difference -> listed.addAll(difference.recorded()));
    SortedSet<String> found = new TreeSet<>();
    List<String> explained = new ArrayList<>();
    Map<AppId, AppDefinition> apps = new HashMap<>();
    for (Exchange exchange : recording()) {
      if (!exchange.method().equals("GET")) {
        Outcome outcome = replay(exchange, apps);
        differences(exchange, outcome)
            .ifPresent(
                difference -> {
                  found.add(exchange.line());
                  explained.add(exchange.line() + " " + exchange.body() + "\n  " + difference);
                });
      }
    }
    assertThat(found).as(String.join("\n", explained)).isEqualTo(listed);
  }

  @Test
  void definitionsAreWrittenAsByMarathon() throws IOException {
    int compared = 0;
    for (Exchange exchange : recording()) {
      if (exchange.status() < 300 && exchange.answer().has("cmd")) {
        ObjectNode marathons = (ObjectNode) exchange.answer().deepCopy();
        marathons.remove(BESIDE);
        Reading reading = AppReader.read(marathons, CONTEXT);
        assertThat(reading.problems()).as(exchange.line()).isEmpty();
        ObjectNode ours = AppWriter.toJson(asVersionOf(reading, marathons));
        if (!marathons.has("versionInfo")) {
          // Marathon leaves it out of the answer to POST.
          ours.remove("versionInfo");
        }
        assertThat(ours.toPrettyString()).as(exchange.line()).isEqualTo(marathons.toPrettyString());
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(10);
  }

  @Test
  void theDocumentationHasTheTable() throws IOException {
    Path documentation =
        Stream.of("docs", "../docs")
            .map(Path::of)
            .filter(Files::isDirectory)
            .findFirst()
            .orElseThrow()
            .resolve("marathon.md");
    assertThat(Files.readString(documentation)).contains(DeliberateDifferences.table());
  }

  private static AppDefinition asVersionOf(Reading reading, JsonNode marathons) {
    AppDefinition definition = reading.definition().orElseThrow();
    Instant version = Instant.parse(marathons.path("version").stringValue());
    JsonNode info = marathons.path("versionInfo");
    return definition.asVersion(
        definition.instances(),
        version,
        Instant.parse(info.path("lastScalingAt").asString(version.toString())),
        Instant.parse(info.path("lastConfigChangeAt").asString(version.toString())));
  }

  private static Outcome replay(Exchange exchange, Map<AppId, AppDefinition> apps) {
    JsonNode body;
    try {
      body = StrictJson.parse(exchange.body().getBytes(StandardCharsets.UTF_8));
    } catch (MalformedJsonException malformed) {
      return new Outcome(
          Optional.empty(), List.of(new Problem(malformed.path(), malformed.explanation())), 400);
    }
    if (exchange.path().equals("/v2/apps") && !exchange.method().equals("POST")) {
      BulkReading bulk =
          UpdateReader.readAll(
              body, id -> Optional.ofNullable(apps.get(id)), UpdateReader.Kind.PARTIAL, CONTEXT);
      return new Outcome(Optional.empty(), bulk.problems(), bulk.problems().isEmpty() ? 200 : 422);
    }
    Outcome outcome = Outcome.of(single(exchange, body, apps));
    if (exchange.status() < 300) {
      outcome.definition().ifPresent(definition -> apps.put(definition.id(), definition));
    }
    return outcome;
  }

  private static Reading single(Exchange exchange, JsonNode body, Map<AppId, AppDefinition> apps) {
    if (exchange.method().equals("POST")) {
      return AppReader.read(body, CONTEXT);
    }
    Update update =
        UpdateReader.read(
            body,
            exchange.app(),
            Optional.ofNullable(apps.get(exchange.app())),
            UpdateReader.Kind.PARTIAL,
            CONTEXT);
    return ((Update.Definition) update).reading();
  }

  private static Optional<String> differences(Exchange exchange, Outcome outcome) {
    boolean alike = (exchange.status() < 300) == (outcome.status() < 300);
    if (!alike || (exchange.status() >= 400 && exchange.status() != outcome.status())) {
      return Optional.of(
          exchange.status() + " became " + outcome.status() + " " + outcome.problems());
    }
    if (exchange.status() >= 300 && exchange.answer().path("details").isArray()) {
      for (JsonNode detail : exchange.answer().path("details")) {
        String path = detail.path("path").stringValue().replace("/app(0)", "");
        for (JsonNode message : detail.path("errors")) {
          if (!isTold(path, message.stringValue(), outcome.problems())) {
            return Optional.of(path + ": " + message + " became " + outcome.problems());
          }
        }
      }
    }
    return Optional.empty();
  }

  /** Ours may be more precise: at a place inside of Marathon's, with a longer message. */
  private static boolean isTold(String path, String message, List<Problem> problems) {
    boolean unhelpful = UNHELPFUL.stream().anyMatch(message::startsWith);
    return problems.stream()
        .anyMatch(
            problem ->
                problem.path().startsWith(path)
                    && (unhelpful || problem.message().startsWith(message)));
  }

  private static List<Exchange> recording() throws IOException {
    try (InputStream lines =
        Objects.requireNonNull(
            MarathonRecordingTest.class.getResourceAsStream("marathon-recording.jsonl"))) {
      return new String(lines.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(MAPPER::readTree)
          .map(
              json ->
                  new Exchange(
                      json.path("tape").stringValue() + ":" + json.path("line").intValue(),
                      json.path("method").stringValue(),
                      json.path("path").stringValue(),
                      json.path("body").stringValue(),
                      json.path("status").intValue(),
                      json.path("answer")))
          .toList();
    }
  }
}
