package io.homeport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What single commands ask the server for, and what they make of its answers. */
class CommandsTest {
  private static final String V0 = "sesame_samson#data#k3f9x2ab-7";
  private static final String V0_PATH = "/v2/volumes/sesame_samson%23data%23k3f9x2ab-7";
  private static final String TASK = "sesame_samson.instance-k3f9x2ab-5._app.3";
  private static final String DESTRUCTION =
      """
      {"plan": {"version": "2026-01-31T09:00:00.000Z", "steps": [], "apps": [
        {"id": "/sesame/samson", "change": "delete", "from": 2, "to": 0, "starts": [],
         "stops": [{"ordinal": 0, "instanceId": "i", "taskId": "t"}], "restarts": [],
         "volumes": {"kept": [], "detached": [], "reattached": [], "created": [], "destroyed": [
           {"id": "sesame_samson#data#k3f9x2ab-7", "ordinal": 0, "containerPath": "data",
            "size": 10, "usedBytes": 2097152, "agentId": "local-1", "host": "h"}]},
         "bytesDestroyed": 2097152}]}, "warnings": []}
      """;

  private final FakeServer server = new FakeServer();

  @TempDir Path dir;

  @BeforeEach
  void describe() {
    server.on(
        "GET /v2/apps",
        200,
        "{\"apps\": [{\"id\": \"/sesame/samson\"}, {\"id\": \"/other/delilah\"}]}");
    server.on(
        "GET /v2/tasks",
        200,
        "{\"tasks\": [{\"id\": \""
            + TASK
            + "\", \"appId\": \"/sesame/samson\", \"ordinal\": 0,"
            + " \"instanceId\": \"sesame_samson.instance-k3f9x2ab-5\"}]}");
    server.on(
        "GET /v2/volumes",
        200,
        "{\"volumes\": [{\"id\": \""
            + V0
            + "\", \"appId\": \"/sesame/samson\", \"ordinal\": 0,"
            + " \"instanceId\": \"sesame_samson.instance-k3f9x2ab-5\", \"status\": \"attached\","
            + " \"size\": 10, \"usedBytes\": 2097152, \"host\": \"h\", \"containerPath\": \"data\","
            + " \"since\": \"2026-01-31T09:00:00.000Z\"}]}");
    server.on("DELETE /v2/apps/sesame/samson?dryRun=true", 200, DESTRUCTION);
    server.on(
        "DELETE /v2/apps/sesame/samson", 200, "{\"version\": \"v\", \"deploymentId\": \"d-1\"}");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void destroyingAnAppShowsWhatIsLostAndWantsItsNameTyped() {
    CommandRun run = CommandRun.typing("/sesame/samson\n", server, "apps", "destroy", "samson");
    assertThat(run.status()).isZero();
    assertThat(run.lines())
        .containsExactly(
            "/sesame/samson would be destroyed.",
            "  stop: instance 0",
            "VOLUME                         ORDINAL  PATH    SIZE   USED  AGENT    BECOMES",
            V0 + "        0  data  10 MiB  2 MiB  local-1  DESTROYED",
            "  Data that would be lost: 2 MiB.",
            "/sesame/samson is being destroyed. Deployment d-1.");
    assertThat(run.err()).contains("cannot be undone");
    assertThat(server.requests().getLast().ifMatch())
        .as("what was shown is what is done")
        .contains("\"2026-01-31T09:00:00.000Z\"");
  }

  @Test
  void destroyingIsCalledOffByAnotherNameAndByNobody() {
    assertThat(CommandRun.typing("yes\n", server, "apps", "destroy", "samson").status())
        .isEqualTo(8);
    CommandRun nobody = CommandRun.of(server, "apps", "destroy", "samson");
    assertThat(nobody.status()).isEqualTo(8);
    assertThat(nobody.err()).contains("Give --yes");
    assertThat(server.changes()).isEmpty();
  }

  @Test
  void destroyingWithYesAsksNothing() {
    CommandRun run = CommandRun.of(server, "apps", "destroy", "samson", "--yes");
    assertThat(run.status()).isZero();
    assertThat(server.changes()).containsExactly("DELETE /v2/apps/sesame/samson");
  }

  @Test
  void aDryRunChangesNothing() {
    CommandRun run = CommandRun.of(server, "apps", "destroy", "samson", "--dry-run");
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("DESTROYED");
    assertThat(server.changes()).isEmpty();
  }

  @Test
  void planShowsWhatWouldBecomeOfVolumes() {
    server.on(
        "PUT /v2/apps/sesame/samson?dryRun=true",
        200,
        """
        {"plan": {"version": "v", "steps": [], "apps": [
          {"id": "/sesame/samson", "change": "scale", "from": 1, "to": 2,
           "starts": [{"ordinal": 1, "instanceId": null, "why": "wanted"}],
           "stops": [], "restarts": [],
           "volumes": {"kept": [], "detached": [], "reattached": [], "destroyed": [],
             "created": [{"ordinal": 1, "containerPath": "data", "size": 10}]}}]},
         "warnings": ["careful"]}
        """);
    CommandRun run = CommandRun.of(server, "plan", "samson", "--scale", "2");
    assertThat(run.lines())
        .as(run.err())
        .containsExactly(
            "/sesame/samson would go from 1 to 2 instances.",
            "  start: instance 1",
            "VOLUME  ORDINAL  PATH    SIZE  USED  AGENT  BECOMES",
            "(new)         1  data  10 MiB     -  -      created");
    assertThat(run.err()).contains("Warning: careful");
    assertThat(server.requests().getLast().body()).isEqualTo("{\"instances\": 2}");
  }

  @Test
  void planWantsOneChange() {
    assertThat(CommandRun.of(server, "plan", "samson").status()).isEqualTo(2);
    assertThat(CommandRun.of(server, "plan", "samson", "--restart", "--destroy").status())
        .isEqualTo(2);
  }

  @Test
  void updateSendsTheFieldsThatWereGiven() {
    server.on("PUT /v2/apps/sesame/samson", 200, "{\"version\": \"v\", \"deploymentId\": \"d-2\"}");
    CommandRun run =
        CommandRun.of(
            server, "apps", "update", "samson", "instances=3", "cmd=sleep 10", "env={\"A\":\"b\"}");
    assertThat(run.status()).isZero();
    assertThat(run.out()).isEqualTo("/sesame/samson is changed. Deployment d-2.\n");
    assertThat(server.requests().getLast().body())
        .isEqualTo("{\"instances\":3,\"cmd\":\"sleep 10\",\"env\":{\"A\":\"b\"}}");
  }

  @Test
  void createSaysWhatTheServerWarnsOf() throws IOException {
    server.on(
        "POST /v2/apps",
        201,
        "{\"id\": \"/x\", \"warnings\": [\"it only holds its volumes\"], \"deployments\": []}");
    Path file = Files.writeString(dir.resolve("x.json"), "{\"id\": \"/x\"}");
    CommandRun run = CommandRun.of(server, "apps", "create", "-f", file.toString());
    assertThat(run.out()).isEqualTo("/x is created.\n");
    assertThat(run.err()).isEqualTo("Warning: it only holds its volumes\n");
  }

  @Test
  void aDefinitionMayComeFromStandardInput() {
    server.on("POST /v2/apps", 201, "{\"id\": \"/x\"}");
    CommandRun run = CommandRun.typing("{\"id\":\"/x\"}", server, "apps", "create", "-f", "-");
    assertThat(run.status()).isZero();
    assertThat(server.requests().getLast().body()).isEqualTo("{\"id\":\"/x\"}");
  }

  @Test
  void brokenJsonIsToldWithItsPlace() throws IOException {
    Path file = Files.writeString(dir.resolve("x.json"), "{\n  \"id\": \"/x\",,\n}");
    CommandRun run = CommandRun.of(server, "apps", "create", "-f", file.toString());
    assertThat(run.status()).isEqualTo(5);
    assertThat(run.err()).contains("x.json").contains("line 2, column");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void watchingFollowsADeploymentUntilItIsOver() {
    server.on(
        "PUT /v2/apps/sesame/samson", 200, "{\"version\": \"v\", \"deploymentId\": \"gone\"}");
    server.on("GET /v2/deployments", 200, "[]");
    CommandRun run = CommandRun.of(server, "apps", "scale", "samson", "1", "--watch");
    assertThat(run.status()).isZero();
    assertThat(run.err()).contains("Deployment gone is over after 0s.");
  }

  @Test
  void tasksAreKilledByAppAndOrdinal() {
    server.on("POST /v2/tasks/delete?scale=true", 200, "{\"deploymentId\": \"d\"}");
    CommandRun run = CommandRun.of(server, "tasks", "kill", "samson:0", "--scale");
    assertThat(run.out()).isEqualTo("Task " + TASK + " is being ended.\n");
    assertThat(server.requests().getLast().body()).isEqualTo("{\"ids\":[\"" + TASK + "\"]}");
  }

  @Test
  void wipingShowsTheVolumesAndAsks() {
    server.on("POST /v2/tasks/delete?wipe=true", 200, "{\"tasks\": []}");
    CommandRun called = CommandRun.of(server, "tasks", "kill", "samson:0", "--wipe");
    assertThat(called.status()).isEqualTo(8);
    assertThat(called.out()).isEqualTo("Volume " + V0 + " would be DESTROYED, with 2 MiB.\n");
    assertThat(server.changes()).isEmpty();
    CommandRun done = CommandRun.typing(TASK + "\n", server, "tasks", "kill", "samson:0", "--wipe");
    assertThat(done.status()).isZero();
    assertThat(server.changes()).containsExactly("POST /v2/tasks/delete?wipe=true");
  }

  @Test
  void onlyOneFateCanBeChosen() {
    CommandRun run = CommandRun.of(server, "tasks", "kill", "samson:0", "--wipe", "--scale");
    assertThat(run.status()).isEqualTo(2);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void volumesAreNamedByTheirLastPartOrTheirInstance() {
    server.on(
        "GET " + V0_PATH,
        200,
        "{\"volume\": {\"appId\": \"/sesame/samson\", \"ordinal\": 0, \"status\": \"detached\","
            + " \"since\": \"2026-01-31T09:59:00.000Z\", \"usedBytes\": 5, \"lastUsedAt\":"
            + " \"2026-01-31T09:00:00.000Z\", \"size\": 10}}");
    server.on("DELETE " + V0_PATH, 202, "{\"message\": \"It is being destroyed.\"}");
    assertThat(CommandRun.of(server, "volumes", "show", "k3f9").out())
        .contains("Volume     " + V0)
        .contains("Status     detached, 60s ago");
    assertThat(CommandRun.of(server, "volumes", "show", "samson:0").out())
        .contains("Volume     " + V0);
    CommandRun run = CommandRun.typing("k3f9x2ab-7\n", server, "volumes", "destroy", "k3f9");
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("holds 5 B").endsWith("It is being destroyed.\n");
  }

  @Test
  void filesOfVolumesAreListedAndRead() {
    server.on(
        "GET " + V0_PATH + "/files?path=db",
        200,
        """
        {"path": "db", "entries": [
          {"path": "db/sub", "name": "sub", "kind": "directory", "size": 0,
           "modifiedAt": "2026-01-31T09:00:00.000Z", "mode": "rwxr-xr-x", "owner": "mysql"},
          {"path": "db/log", "name": "log", "kind": "file", "size": 2048,
           "modifiedAt": "2026-01-31T09:58:00.000Z", "mode": "rw-------", "owner": "mysql"}]}
        """);
    server.on("GET " + V0_PATH + "/files/content?path=db%2Flog", "text/plain", "hello", Map.of());
    assertThat(CommandRun.of(server, "volumes", "files", "k3f9", "db").lines())
        .containsExactly(
            "MODE       OWNER   SIZE  CHANGED  NAME",
            "rwxr-xr-x  mysql      -  60m ago  sub/".replace("60m ago", "1h ago "),
            "rw-------  mysql  2 KiB  2m ago   log");
    assertThat(CommandRun.of(server, "volumes", "cat", "k3f9", "db/log").out()).isEqualTo("hello");
  }

  @Test
  void explainShowsEachUnmetConditionOfEachAgent() {
    server.on(
        "GET /v2/apps/sesame/samson/explain",
        200,
        """
        {"appId": "/sesame/samson", "settled": false, "summary": "1 instance waits.",
         "problems": [], "waiting": [
          {"instanceId": "i", "ordinal": 1, "since": "2026-01-31T09:50:00.000Z",
           "reason": "no agent has room", "agents": [
             {"agentId": "local-1", "host": "h1", "status": "active", "unmet": [
               {"reason": "INSUFFICIENT_CPUS", "message": "too few CPUs", "wanted": "4",
                "offered": "1.5"},
               {"reason": "INSUFFICIENT_MEMORY", "message": "too little memory", "wanted": "512",
                "offered": "100"}]},
             {"agentId": "local-2", "host": "h2", "status": "active", "unmet": []}],
           "wouldFit": ["2.5 more CPUs on local-1"]}]}
        """);
    assertThat(CommandRun.of(server, "explain", "samson").lines())
        .containsExactly(
            "/sesame/samson: 1 instance waits.",
            "Instance 1 waits since 10m ago: no agent has room",
            "AGENT    HOST  STATUS  UNMET                     WANTED  OFFERED",
            "local-1  h1    active  too few CPUs              4       1.5",
            "               active  too little memory".replace("active", "      ")
                + "         512     100",
            "local-2  h2    active  nothing, as far as known  -       -",
            "It would fit: 2.5 more CPUs on local-1");
  }

  @Test
  void logsOfSeveralTasksSayWhoseEachLineIs() {
    server.on(
        "GET /v2/apps/sesame/samson/tasks",
        200,
        "{\"tasks\": [{\"id\": \"a\", \"appId\": \"/sesame/samson\", \"ordinal\": 0},"
            + " {\"id\": \"b\", \"appId\": \"/sesame/samson\", \"ordinal\": 1}]}");
    server.on("GET /v2/tasks/a/logs/stdout?tail=2", "text/plain", "one\ntwo\n", Map.of());
    server.on("GET /v2/tasks/b/logs/stdout?tail=2", "text/plain", "three", Map.of());
    assertThat(CommandRun.of(server, "logs", "samson", "-n", "2").lines())
        .containsExactly(
            "/sesame/samson:0 | one", "/sesame/samson:0 | two", "/sesame/samson:1 | three");
  }

  @Test
  void followedLogsGoOnWhereTheTailEnded() {
    String path = "GET /v2/tasks/" + TASK + "/logs/stderr";
    server.on(path + "?tail=10", "text/plain", "one\n", Map.of("X-Next-Offset", "4"));
    server.on(
        path + "?follow=true&offset=4",
        "text/event-stream",
        """
        : hello

        event: log
        data: {"offset":4,"nextOffset":10,"text":"two\\nth"}

        event: log
        data: {"offset":10,"nextOffset":13,"text":"ree"}

        event: end
        data: {}

        """,
        Map.of());
    CommandRun run = CommandRun.of(server, "logs", "samson:0", "--stderr", "--follow");
    assertThat(run.lines()).containsExactly("one", "two", "three");
  }

  @Test
  void eventsAreShownInLines() {
    server.on(
        "GET /v2/events?event_type=status_update_event&event_type=deployment_success",
        "text/event-stream",
        """
        id: 7-0
        event: status_update_event
        data: {"timestamp":"T","appId":"/a","taskStatus":"TASK_RUNNING"}

        """,
        Map.of());
    CommandRun run =
        CommandRun.of(
            server, "events", "--follow", "--type", "status_update_event,deployment_success");
    assertThat(run.lines())
        .containsExactly("T  7-0  status_update_event  appId=/a taskStatus=TASK_RUNNING");
  }

  @Test
  void agentsAreOperated() {
    server.on(
        "GET /v2/agents",
        200,
        "{\"agents\": [{\"id\": \"local-1\", \"hostname\": \"h1\"}, {\"id\": \"local-2\"}]}");
    server.on("POST /v2/agents/local-1/stop", 200, "{\"agent\": {\"status\": \"unreachable\"}}");
    assertThat(CommandRun.of(server, "agents", "stop", "h1").out())
        .isEqualTo("Agent local-1 is stopped; its status is unreachable.\n");
    assertThat(CommandRun.of(server, "agents", "gone", "local-1").status()).isEqualTo(8);
  }

  @Test
  void agentsWithinReachAreSeenNow() {
    server.on(
        "GET /v2/agents",
        200,
        """
        {"agents": [
          {"id": "a", "status": "active", "lastSeen": "2026-01-31T09:00:00.000Z"},
          {"id": "b", "status": "unreachable", "lastSeen": "2026-01-31T09:00:00.000Z"}]}
        """);
    assertThat(CommandRun.of(server, "agents", "list").lines())
        .satisfiesExactly(
            header -> assertThat(header).endsWith("SEEN"),
            within -> assertThat(within).startsWith("a ").endsWith("now"),
            away -> assertThat(away).startsWith("b ").endsWith("1h ago"));
  }

  @Test
  void theVersionIsToldEitherWay() {
    CommandRun option = CommandRun.of(server, "--version");
    assertThat(option.status()).isZero();
    assertThat(option.out()).isEqualTo(CommandRun.of(server, "version").out());
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    CommandRun run = CommandRun.of(server, "apps", "create", "-f", "no/such.json");
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).isEqualTo("homeport: There is no file no/such.json.\n");
  }

  @Test
  void rollingBackTakesTheVersionBefore() {
    server.on(
        "GET /v2/apps/sesame/samson/versions", 200, "{\"versions\": [\"v3\", \"v2\", \"v1\"]}");
    server.on("PUT /v2/apps/sesame/samson", 200, "{\"version\": \"v\", \"deploymentId\": \"d\"}");
    CommandRun run = CommandRun.of(server, "apps", "rollback", "samson");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(server.requests().getLast().body()).isEqualTo("{\"version\": \"v2\"}");
  }

  @Test
  void stoppingWaitsUntilNothingAnswers() {
    server.on("POST /v2/stop?tasks=true", 202, "{\"message\": \"Stopping.\"}");
    server.on("GET /ping", 503, "{}");
    CommandRun run = CommandRun.of(server, "stop", "--tasks");
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("All tasks have ended");
  }

  @Test
  void shellsCompleteCommandsOptionsAndNames() {
    assertThat(complete("vol")).containsExactly("volumes");
    assertThat(complete("apps", "re")).containsExactly("restart", "retry");
    assertThat(complete("apps", "scale", "--dr")).containsExactly("--dry-run");
    assertThat(complete("apps", "scale", "ses")).containsExactly("sesame/samson");
    assertThat(complete("apps", "scale", "/")).containsExactly("/sesame/samson", "/other/delilah");
    assertThat(complete("apps", "scale", "samson", "")).isEmpty();
    assertThat(complete("volumes", "show", "ses")).containsExactly(V0);
    assertThat(complete("apps", "list", "--output", "")).containsExactly("text", "json");
    assertThat(complete("")).contains("apps", "server").doesNotContain("__complete");
  }

  private java.util.List<String> complete(String... words) {
    String[] arguments = new String[words.length + 2];
    arguments[0] = "__complete";
    arguments[1] = "--";
    System.arraycopy(words, 0, arguments, 2, words.length);
    return CommandRun.of(server, arguments).lines();
  }

  @Test
  void completionScriptsArePrinted() {
    assertThat(CommandRun.of(server, "completion", "bash").out()).contains("complete -F");
    assertThat(CommandRun.of(server, "completion", "zsh").out()).contains("compdef");
    assertThat(CommandRun.of(server, "completion", "fish").status()).isEqualTo(2);
  }

  @Test
  void nothingIsSentWithoutAToken() {
    server.on("GET /v2/info", 200, "{\"version\": \"1\"}");
    assertThat(CommandRun.of(server, "info").out()).contains("Version  1");
    assertThat(server.requests().getLast().authorization()).isEqualTo(Optional.empty());
  }
}
