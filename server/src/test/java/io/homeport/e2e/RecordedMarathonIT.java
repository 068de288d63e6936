package io.homeport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What a real Marathon was asked is asked again: the answers have the same statuses, headers,
 * members and values. Every difference is in the table of {@code docs/marathon.md}, and everything
 * in the table is found.
 */
class RecordedMarathonIT {
  private static final long SETTLES_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(15);
  private static final Pattern TASK =
      Pattern.compile("([a-z]+)\\.instance-[-0-9a-f]+\\._app\\.\\d+");
  private static final Pattern UNIQUE =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[:.0-9]+Z|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  @TempDir Path dir;

  private final AnswerComparison comparison = new AnswerComparison();
  private final ListedDifferences listed = new ListedDifferences();
  private final Map<String, String> found = new TreeMap<>();
  private final Set<Pattern> met = new HashSet<>();

  @Test
  void answersAreLikeMarathonS() {
    try (ServerProcess server = start()) {
      JsonNode agent = server.get("/v2/agents").body().path("agents").path(1);
      String second = agent.path("id").asString();
      String host = agent.path("hostname").asString();
      replay(server, "01-stateless-app", host);
      replay(server, "02-stateful-app", host);
      replayLostAgent(server, second, host);
      replay(server, "04-refusals", host);
    } finally {
      found.forEach(
          (difference, where) -> System.out.println("DIFF\t" + difference + "\t" + where));
    }
    assertThat(found.keySet()).isEmpty();
    assertThat(listed.patterns()).filteredOn(pattern -> !met.contains(pattern)).isEmpty();
  }

  @Test
  void theDocumentationListsEveryDifference() throws IOException {
    assertThat(Files.readString(Path.of("..", "docs", "marathon.md"))).contains(listed.table());
  }

  private ServerProcess start() {
    return ServerProcess.start(dir.resolve("data"), "--local-agents", "2", "--role", "marathon");
  }

  private void replay(ServerProcess server, String name, String host) {
    Recording.read(name, host).forEach(exchange -> ask(server, name, exchange));
  }

  /**
   * The agent of the recording was killed after its first answer, and came back before the sixth.
   */
  private void replayLostAgent(ServerProcess server, String agent, String host) {
    List<Recording.Exchange> exchanges = Recording.read("03-agent-lost", host);
    for (int i = 0; i < exchanges.size(); i++) {
      if (i == 1) {
        server.awaitRunning("/lost", 1);
        server.post("/v2/agents/" + agent + "/stop", "{}");
      } else if (i == 5) {
        server.post("/v2/agents/" + agent + "/activate", "{}");
      }
      ask(server, "03-agent-lost", exchanges.get(i));
    }
  }

  private void ask(ServerProcess server, String name, Recording.Exchange exchange) {
    if (exchange.isChange() && exchange.path().startsWith("/v2/apps/")) {
      server.awaitNoDeployments();
    }
    String body = exchange.body();
    Optional<String> sent =
        body.isEmpty() ? Optional.empty() : Optional.of(translated(server, body));
    String path = translated(server, exchange.path());
    long end = System.nanoTime() + SETTLES_WITHIN_NANOS;
    while (true) {
      ServerProcess.Answer answer = send(server, exchange, path, sent.orElse(null));
      List<String> differences = differences(exchange, answer);
      boolean settled =
          !exchange.method().equals("GET")
              || differences.stream().allMatch(difference -> listed.listed(difference).isPresent());
      if (settled || System.nanoTime() > end) {
        note(name + ":" + exchange.line() + " " + path, differences);
        return;
      }
    }
  }

  private static ServerProcess.Answer send(
      ServerProcess server, Recording.Exchange exchange, String path, @Nullable String body) {
    String type = exchange.status() == 415 ? "text/plain" : "application/json";
    return server.send(exchange.method(), path, type, body);
  }

  private void note(String where, List<String> differences) {
    for (String difference : differences) {
      listed.listed(difference).ifPresentOrElse(met::add, () -> found.put(difference, where));
    }
  }

  /** The same with our ids; a task that was never shown is any that runs. */
  private String translated(ServerProcess server, String text) {
    String known =
        TASK.matcher(text)
            .replaceAll(
                task -> Matcher.quoteReplacement(ourTask(server, task.group(), task.group(1))));
    return UNIQUE
        .matcher(known)
        .replaceAll(id -> Matcher.quoteReplacement(comparison.ours(id.group()).orElse(id.group())));
  }

  private String ourTask(ServerProcess server, String recorded, String app) {
    return comparison
        .ours(recorded)
        .orElseGet(
            () -> {
              server.awaitNoDeployments();
              String ours =
                  server.running("/" + app).stream()
                      .map(task -> task.path("id").asString())
                      .filter(id -> !comparison.isKnown(id))
                      .findFirst()
                      .orElse(recorded);
              comparison.learn(recorded, ours);
              return ours;
            });
  }

  private List<String> differences(Recording.Exchange exchange, ServerProcess.Answer answer) {
    List<String> differences = new ArrayList<>();
    if (answer.status() != exchange.status()) {
      differences.add(
          "line "
              + exchange.line()
              + ": "
              + answer.status()
              + ", not "
              + exchange.status()
              + ": "
              + answer.body());
      return differences;
    }
    exchange
        .headers()
        .keySet()
        .forEach(
            header -> {
              if (answer.raw().headers().firstValue(header).isEmpty()) {
                differences.add("header " + header + ": missing");
              }
            });
    JsonNode ours =
        answer.body() instanceof MissingNode ? MissingNode.getInstance() : answer.body();
    differences.addAll(comparison.compare(exchange.answer(), ours));
    return differences;
  }
}
