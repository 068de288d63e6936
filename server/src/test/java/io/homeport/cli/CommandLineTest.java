package io.homeport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds for all commands: names, tokens, errors, exit statuses. */
class CommandLineTest {
  private static final String APPS =
      """
      {"apps": [
        {"id": "/sesame/samson", "instances": 2, "tasksRunning": 1, "cpus": 0.5, "mem": 512,
         "version": "2026-01-31T09:57:00.000Z", "deployments": [],
         "homeport": {"stateful": true, "detached": 1, "leftBehind": 0, "waiting": 1}},
        {"id": "/other/delilah", "instances": 1, "tasksRunning": 1, "cpus": 1, "mem": 2048,
         "version": "2026-01-29T10:00:00.000Z", "deployments": [], "tasksHealthy": 1,
         "healthChecks": [{}]},
        {"id": "/other/sam", "instances": 0, "tasksRunning": 0, "cpus": 1, "mem": 32,
         "version": "2026-01-31T09:59:59.900Z", "deployments": []}]}
      """;

  private final FakeServer server = new FakeServer().on("GET /v2/apps", 200, APPS);

  @TempDir Path dir;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void appsAreListedForPeople() {
    CommandRun run = CommandRun.of(server, "apps", "list");
    assertThat(run.status()).isZero();
    assertThat(run.lines())
        .containsExactly(
            "APP             INSTANCES  STATUS     HEALTH     CPUS   MEMORY  IDLE VOLUMES  CHANGED",
            "/sesame/samson        1/2  waiting    -           0.5  512 MiB  1 detached    3m ago",
            "/other/delilah        1/1  running    1 healthy     1    2 GiB  -             2d ago",
            "/other/sam            0/0  suspended  -             1   32 MiB  -             just now");
  }

  @Test
  void theServerMayBeNamedFirst() {
    CommandRun first =
        CommandRun.with(Map.of(), "", OptionalInt.empty(), "--url", server.url(), "apps", "list");
    assertThat(first.lines()).hasSize(4);
    CommandRun json =
        CommandRun.with(
            Map.of(),
            "",
            OptionalInt.empty(),
            "--url=" + server.url(),
            "-o",
            "json",
            "apps",
            "list");
    assertThat(json.out()).startsWith("{");
  }

  @Test
  void aNarrowTerminalIsNotOverrun() {
    CommandRun run =
        CommandRun.with(
            Map.of("HOMEPORT_URL", server.url()), "", OptionalInt.of(70), "apps", "list");
    assertThat(run.lines())
        .hasSize(4)
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(70));
  }

  @Test
  void programsGetTheApisJson() {
    CommandRun run = CommandRun.of(server, "apps", "list", "-o", "json");
    assertThat(run.out().replaceAll("\\s", "")).isEqualTo(APPS.replaceAll("\\s", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "samson, /sesame/samson",
    "sesame/samson, /sesame/samson",
    "deli, /other/delilah",
    "sam, /other/sam",
    "/not/looked/up, /not/looked/up"
  })
  void namesMayBeShort(String typed, String id) {
    server.on("GET /v2/apps" + id + "/versions", 200, "{\"versions\": []}");
    assertThat(CommandRun.of(server, "apps", "versions", typed).status()).isZero();
  }

  @Test
  void anAmbiguousNameIsNotGuessed() {
    CommandRun run = CommandRun.of(server, "apps", "restart", "sa");
    assertThat(run.status()).isEqualTo(7);
    assertThat(run.err())
        .contains("sa stands for 2 apps; say more of the name.")
        .contains("/other/sam\n")
        .contains("/sesame/samson\n");
    assertThat(server.changes()).isEmpty();
  }

  @Test
  void anUnknownNameIsAnsweredWithThoseThatThereAre() {
    CommandRun run = CommandRun.of(server, "apps", "show", "goliath");
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains("There is no app called goliath.")
        .contains("/other/delilah")
        .contains("/sesame/samson");
  }

  @ParameterizedTest
  @CsvSource({
    "400, 5", "401, 6", "403, 6", "404, 3", "409, 4", "412, 4", "422, 5", "500, 1", "503, 69",
    "507, 69"
  })
  void refusalsHaveExitStatuses(int http, int exit) {
    server.on("GET /v2/agents", http, "{\"message\": \"No.\"}");
    CommandRun run = CommandRun.of(server, "agents", "list");
    assertThat(run.status()).isEqualTo(exit);
    assertThat(run.err()).contains("homeport: No.");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void eachProblemIsToldWithItsPath() throws IOException {
    server.on(
        "POST /v2/apps",
        422,
        """
        {"message": "Object is not valid", "details": [
          {"path": "/cpus", "errors": ["expected a number from 0 on, found -1"]},
          {"path": "/container/volumes(0)/containerPath", "errors": ["a", "b"]}]}
        """);
    Path file = Files.writeString(dir.resolve("app.json"), "{\"id\": \"/x\", \"cpus\": -1}");
    CommandRun run = CommandRun.of(server, "apps", "create", "-f", file.toString());
    assertThat(run.status()).isEqualTo(5);
    assertThat(run.err().lines())
        .containsExactly(
            "homeport: Object is not valid",
            "  /cpus: expected a number from 0 on, found -1",
            "  /container/volumes(0)/containerPath: a",
            "  /container/volumes(0)/containerPath: b");
  }

  @Test
  void aDeploymentThatLocksAnAppIsNamed() {
    server.on(
        "POST /v2/apps/other/sam/restart",
        409,
        "{\"message\": \"App is locked.\", \"deployments\": [{\"id\": \"d-1\"}]}");
    CommandRun run = CommandRun.of(server, "apps", "restart", "/other/sam");
    assertThat(run.status()).isEqualTo(4);
    assertThat(run.err()).contains("App is locked.\n  deployment d-1");
  }

  @Test
  void noServerIsSaidClearly() {
    String gone = server.url();
    server.close();
    CommandRun run = CommandRun.with(Map.of(), "", OptionalInt.empty(), "info", "--url", gone);
    assertThat(run.status()).isEqualTo(69);
    assertThat(run.err())
        .contains("No Homeport server answers at " + gone)
        .contains("homeport demo");
  }

  @Test
  void somethingElseThatAnswersIsNotTakenForAServer() {
    server.on("GET /v2/info", "text/html", "<html>", Map.of());
    CommandRun run = CommandRun.of(server, "info");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("not JSON").contains("<html>");
  }

  @Test
  void anUnknownOptionIsAnsweredWithTheOneThatWasMeant() {
    CommandRun run = CommandRun.of(server, "apps", "list", "--outptu", "json");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("--outptu").contains("Did you mean --output");
  }

  @Test
  void anUnknownCommandIsAnsweredWithTheOneThatWasMeant() {
    CommandRun run = CommandRun.of(server, "ap");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("Did you mean").contains("apps");
  }

  @ParameterizedTest
  @CsvSource({"ftp://x", "http://", "127.0.0.1:8080", "http://x/path", "'not a url'"})
  void aServersAddressIsChecked(String url) {
    CommandRun run = CommandRun.with(Map.of(), "", OptionalInt.empty(), "info", "--url", url);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("must look like http://127.0.0.1:8080, and is " + url);
  }

  @Test
  void theTokenIsTakenFromWhereItIs() throws IOException {
    Path data = Files.createDirectories(dir.resolve(".local/share/homeport"));
    Files.writeString(data.resolve("token"), "from-data\n");
    Path file = Files.writeString(dir.resolve("token"), "from-file\n");
    assertThat(sent(Map.of("HOME", dir.toString()))).contains("Bearer from-data");
    assertThat(sent(Map.of("HOME", dir.toString(), "HOMEPORT_TOKEN_FILE", file.toString())))
        .contains("Bearer from-file");
    assertThat(sent(Map.of("HOME", dir.toString(), "HOMEPORT_TOKEN", "given")))
        .contains("Bearer given");
  }

  private Optional<String> sent(Map<String, String> environment) {
    server.on("GET /v2/agents", 200, "{\"agents\": []}");
    CommandRun run =
        CommandRun.with(
            environment, "", OptionalInt.empty(), "agents", "list", "--url", server.url());
    assertThat(run.status()).isZero();
    return server.requests().getLast().authorization();
  }

  @Test
  void aTokenFileThatIsNotThereIsAnError() {
    CommandRun run = CommandRun.of(server, "info", "--token-file", "/nonexistent/token");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("/nonexistent/token is not there");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void everyCommandHasHelp() {
    for (String command :
        new String[] {
          "apps", "tasks", "volumes", "agents", "deployments", "logs", "events", "plan", "explain"
        }) {
      CommandRun run = CommandRun.of(server, command, "--help");
      assertThat(run.status()).as(command).isZero();
      assertThat(run.out()).contains("Usage: homeport " + command);
    }
  }
}
