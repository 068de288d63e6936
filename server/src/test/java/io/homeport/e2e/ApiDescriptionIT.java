package io.homeport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every operation of the API is called, and what it answers is as {@code /openapi.json} says. */
class ApiDescriptionIT {
  private static final String STATEFUL =
      """
      {"id": "/shop/database", "cmd": "echo hello; echo kept > data/kept; exec sleep 1000",
       "cpus": 0.1, "mem": 32, "disk": 1, "instances": 2, "labels": {"tier": "db"},
       "env": {"A": "B"}, "portDefinitions": [{"port": 0, "name": "main", "protocol": "tcp"}],
       "constraints": [["hostname", "MAX_PER", "2"]],
       "healthChecks": [{"protocol": "COMMAND", "command": {"value": "test -e data/kept"},
         "intervalSeconds": 1, "delaySeconds": 0, "gracePeriodSeconds": 30}],
       "container": {"type": "MESOS", "volumes": [
         {"containerPath": "data", "mode": "RW", "persistent": {"size": 8}},
         {"containerPath": "host", "mode": "RO", "hostPath": "/tmp"}]}}
      """;

  private static final String STATELESS =
      """
      {"id": "/shop/web", "args": ["sleep", "1000"], "cpus": 0.1, "mem": 32, "instances": 1,
       "fetch": [{"uri": "file://FETCHED", "extract": false}],
       "unreachableStrategy": {"inactiveAfterSeconds": 60, "expungeAfterSeconds": 120}}
      """;

  private static final String TOO_BIG =
      "{\"id\": \"/big\", \"cmd\": \"sleep 1000\", \"mem\": 9000000, \"instances\": 1}";

  @TempDir Path directory;

  @Test
  void everyAnswerAndEveryEventIsAsDescribed() throws Exception {
    Path fetched = Files.writeString(directory.resolve("fetched.txt"), "fetched");
    Set<String> called = new TreeSet<>();
    DescribedApi api;
    try (ServerProcess server =
            ServerProcess.start(directory.resolve("homeport"), "--local-agents", "2");
        EventRecorder recorder = new EventRecorder(server)) {
      api = new DescribedApi(server);
      reads(api);
      creates(api, server, fetched);
      reads(api);
      readsOneByOne(api, server);
      unknownPropertiesAreFound(api, server);
      looksIntoFiles(api, server);
      refuses(api);
      changes(api, server);
      waits(api, server);
      moves(api, server);
      kills(api, server);
      deletes(api, server);
      operatesAgents(api, server);
      reads(api);
      changesLogging(api);
      events(api, recorder);
      api.call(200, "POST", "/v2/state/resume", null);
      api.call(202, "POST", "/v2/stop?tasks=true", null);
      server.awaitExit(Duration.ofSeconds(60));
      called.addAll(api.called());
      called.add("GET /v2/events");
      called.add("DELETE /v2/leader"); // refused above: a server that is alone hands over to none
    }
    called.addAll(logsIn(api.document()));
    assertThat(called).isEqualTo(api.operations());
  }

  /** What can be asked without knowing anything. */
  private static void reads(DescribedApi api) {
    for (String path :
        List.of(
            "/v2/apps",
            "/v2/apps?embed=apps.tasks&embed=apps.taskStats&embed=apps.lastTaskFailure"
                + "&embed=apps.readiness&embed=apps.failures",
            "/v2/groups",
            "/v2/groups?embed=group.apps.tasks&embed=group.apps.counts&embed=group.apps.taskStats"
                + "&embed=group.apps.deployments&embed=group.apps.lastTaskFailure",
            "/v2/tasks",
            "/v2/tasks?status=running",
            "/v2/tasks?limit=1",
            "/v2/volumes",
            "/v2/volumes?status=attached&app=/shop/*",
            "/v2/agents",
            "/v2/deployments",
            "/v2/queue",
            "/v2/queue?embed=lastUnusedOffers",
            "/v2/info",
            "/v2/leader",
            "/v2/state",
            "/v2/state/backup",
            "/ping",
            "/metrics",
            "/metrics/prometheus",
            "/logging",
            "/openapi.json")) {
      api.call(200, "GET", path, null);
    }
  }

  private static void changesLogging(DescribedApi api) {
    String change = "{\"logger\": \"io.homeport.api\", \"level\": \"debug\"}";
    api.call(200, "POST", "/logging", change);
    assertThat(api.call(200, "GET", "/logging", null).body().path("io.homeport.api").asString())
        .isEqualTo("DEBUG");
    api.call(422, "POST", "/logging", change.replace("debug", "loud"));
  }

  private static void creates(DescribedApi api, ServerProcess server, Path fetched) {
    JsonNode plan = api.call(200, "POST", "/v2/apps?dryRun=true", STATEFUL).body().path("plan");
    assertThat(plan.path("apps").path(0).path("volumes").path("created")).hasSize(2);
    api.call(201, "POST", "/v2/apps", STATEFUL);
    api.call(201, "PUT", "/v2/apps/shop/web", STATELESS.replace("FETCHED", fetched.toString()));
    server.awaitRunning("/shop/database", 2);
    server.awaitRunning("/shop/web", 1);
    server.await(
        "health is known",
        Duration.ofSeconds(60),
        () -> server.tasks("/shop/database").stream().allMatch(task -> task.has("healthy")));
  }

  private static void readsOneByOne(DescribedApi api, ServerProcess server) {
    for (String path :
        List.of("/shop/database", "/shop/database?embed=app.taskStats", "/shop/web", "/shop/*")) {
      api.call(200, "GET", "/v2/apps" + path, null);
    }
    for (String below : List.of("versions", "explain", "tasks", "runs")) {
      api.call(200, "GET", "/v2/apps/shop/database/" + below, null);
    }
    api.call(200, "GET", "/v2/apps/shop/*/tasks", null);
    api.call(200, "GET", "/v2/groups/shop", null);
    String version =
        server.get("/v2/apps/shop/database/versions").body().at("/versions/0").asString();
    api.call(200, "GET", "/v2/apps/shop/database/versions/" + version, null);
    api.call(200, "GET", "/v2/agents/local-1", null);
    api.call(200, "GET", "/v2/volumes/" + volume(server, 0), null);
    assertThat(
            api.call(200, "GET", "/v2/volumes/" + volume(server, 0) + "/history", null)
                .body()
                .path("history"))
        .isNotEmpty();
  }

  /** What is checked here would be noticed if it were wrong. */
  private static void unknownPropertiesAreFound(DescribedApi api, ServerProcess server) {
    ObjectNode app = (ObjectNode) server.get("/v2/apps/shop/database").body().path("app");
    assertThat(api.problems("App", app)).isEmpty();
    for (String place : List.of("", "/homeport", "/tasks/0", "/container/volumes/0/persistent")) {
      ObjectNode changed = app.deepCopy();
      ((ObjectNode) changed.at(place)).put("surprise", 1);
      assertThat(api.problems("App", changed)).as("a surprise at " + place).isNotEmpty();
    }
    ObjectNode less = app.deepCopy();
    less.remove("tasksRunning");
    assertThat(api.problems("App", less)).isNotEmpty();
  }

  private static String volume(ServerProcess server, int ordinal) {
    return server.volumes("/shop/database").stream()
        .filter(volume -> volume.path("ordinal").asInt() == ordinal)
        .map(volume -> encoded(volume.path("id").asString()))
        .findFirst()
        .orElseThrow();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static void looksIntoFiles(DescribedApi api, ServerProcess server) {
    String task =
        "/v2/tasks/" + encoded(server.running("/shop/database").getFirst().path("id").asString());
    String volume = "/v2/volumes/" + volume(server, 0);
    api.call(200, "GET", task + "/files", null);
    api.call(200, "GET", task + "/files/content?path=stdout", null);
    api.call(200, "GET", task + "/logs/stdout?tail=5", null);
    api.call(404, "GET", task + "/logs/nolog", null);
    api.call(200, "GET", volume + "/files?path=", null);
    api.call(200, "GET", volume + "/files/content?path=kept&offset=0&length=2", null);
    api.call(404, "GET", volume + "/files/content?path=missing", null);
  }

  private static void refuses(DescribedApi api) {
    api.call(404, "GET", "/v2/apps/no/such", null);
    api.call(404, "GET", "/v2/volumes/nothing", null);
    api.call(404, "GET", "/v2/agents/nothing", null);
    api.call(404, "GET", "/v2/groups/nothing", null);
    api.call(404, "GET", "/v2/tasks/nothing/files", null);
    api.call(422, "POST", "/v2/apps", "{\"id\": \"/x\", \"cpus\": \"many\", \"cmd\": 1}");
    api.call(400, "POST", "/v2/apps", "{");
    api.call(409, "POST", "/v2/apps", STATEFUL);
    api.call(409, "DELETE", "/v2/volumes/" + volumeOf(api), null);
    api.call(409, "DELETE", "/v2/leader", null);
    api.call(400, "DELETE", "/v2/apps/shop/web/tasks?scale=true&wipe=true", null);
    api.call(422, "POST", "/v2/tasks/delete", "{\"ids\": 1}");
  }

  private static String volumeOf(DescribedApi api) {
    return encoded(api.call(200, "GET", "/v2/volumes", null).body().at("/volumes/0/id").asString());
  }

  private static void changes(DescribedApi api, ServerProcess server) {
    String app = "/v2/apps/shop/database";
    api.call(200, "PUT", app + "?dryRun=true", "{\"instances\": 1}");
    api.call(200, "PUT", app, "{\"instances\": 1}");
    server.awaitRunning("/shop/database", 1);
    api.call(200, "GET", "/v2/volumes?status=detached", null);
    api.call(200, "PATCH", app, "{\"instances\": 2}");
    server.awaitRunning("/shop/database", 2);
    api.call(200, "POST", app + "/restart?dryRun=true", null);
    api.call(200, "POST", app + "/restart", null);
    server.awaitNoDeployments();
    server.awaitRunning("/shop/database", 2);
    api.call(200, "GET", app + "/runs", null);
    api.call(200, "PUT", "/v2/apps?dryRun=true", "[{\"id\": \"/shop/web\", \"mem\": 33}]");
    api.call(200, "PUT", "/v2/apps", "[{\"id\": \"/shop/web\", \"mem\": 33}]");
    server.awaitNoDeployments();
    api.call(200, "PATCH", "/v2/apps", "[{\"id\": \"/shop/web\", \"cpus\": 0.2}]");
    server.awaitNoDeployments();
    String first = server.get("/v2/apps/shop/web/versions").body().at("/versions/2").asString();
    api.call(200, "PUT", "/v2/apps/shop/web", "{\"version\": \"" + first + "\"}");
    server.awaitNoDeployments();
  }

  /** An app that fits nowhere: the queue, the explanation and the deployment that hangs. */
  private static void waits(DescribedApi api, ServerProcess server) {
    api.call(201, "POST", "/v2/apps", TOO_BIG);
    server.await(
        "an explanation",
        Duration.ofSeconds(30),
        () -> !server.get("/v2/apps/big/explain").body().at("/waiting/0/agents/0/unmet").isEmpty());
    api.call(200, "GET", "/v2/apps/big/explain", null);
    api.call(200, "GET", "/v2/queue?embed=lastUnusedOffers", null);
    api.call(204, "DELETE", "/v2/queue/big/delay", null);
    JsonNode deployments = api.call(200, "GET", "/v2/deployments", null).body();
    api.call(409, "PUT", "/v2/apps/big", "{\"instances\": 2}");
    String id = deployments.at("/0/id").asString();
    api.call(202, "DELETE", "/v2/deployments/" + id + "?force=true", null);
    api.call(404, "DELETE", "/v2/deployments/" + id, null);
    api.call(200, "PUT", "/v2/apps/big?force=true", "{\"instances\": 2}");
    String other = server.get("/v2/deployments").body().at("/0/id").asString();
    api.call(200, "DELETE", "/v2/deployments/" + other, null);
    api.call(200, "DELETE", "/v2/apps/big", null);
    server.awaitNoDeployments();
  }

  /** A volume is left behind, and comes back to the app. */
  private static void moves(DescribedApi api, ServerProcess server) {
    String task = encoded(server.running("/shop/database").getFirst().path("id").asString());
    api.call(200, "DELETE", "/v2/apps/shop/database/tasks/" + task + "?replace=true", null);
    server.await(
        "a volume that was left behind",
        Duration.ofSeconds(60),
        () -> !server.get("/v2/volumes?status=left%20behind").body().path("volumes").isEmpty());
    server.awaitRunning("/shop/database", 2);
    JsonNode left = api.call(200, "GET", "/v2/volumes?status=left%20behind", null).body();
    String adopt = "/v2/volumes/" + encoded(left.at("/volumes/0/id").asString()) + "/adopt";
    api.call(422, "POST", adopt, "{\"appId\": \"no id\"}");
    api.call(200, "POST", adopt, "{\"appId\": \"/shop/database\"}");
    server.awaitNoDeployments();
  }

  private static void kills(DescribedApi api, ServerProcess server) {
    String task = server.running("/shop/web").getFirst().path("id").asString();
    api.call(200, "DELETE", "/v2/apps/shop/web/tasks/" + encoded(task), null);
    server.await(
        "another task",
        Duration.ofSeconds(60),
        () ->
            server.running("/shop/web").stream()
                .anyMatch(other -> !other.path("id").asString().equals(task)));
    api.call(200, "DELETE", "/v2/apps/shop/web/tasks", null);
    server.awaitRunning("/shop/web", 1);
    String last = server.running("/shop/database").getLast().path("id").asString();
    api.call(200, "POST", "/v2/tasks/delete?scale=true", "{\"ids\": [\"" + last + "\"]}");
    server.awaitNoDeployments();
    server.await(
        "a detached volume",
        Duration.ofSeconds(60),
        () -> !server.get("/v2/volumes?status=detached").body().path("volumes").isEmpty());
  }

  private static void deletes(DescribedApi api, ServerProcess server) {
    String volume = server.get("/v2/volumes?status=detached").body().at("/volumes/0/id").asString();
    api.call(202, "DELETE", "/v2/volumes/" + encoded(volume), null);
    api.call(200, "DELETE", "/v2/apps/shop/database?dryRun=true", null);
    api.call(200, "DELETE", "/v2/apps/shop/database", null);
    server.awaitNoDeployments();
  }

  private static void operatesAgents(DescribedApi api, ServerProcess server) {
    String agent = "/v2/agents/local-2";
    for (String operation : List.of("drain", "activate", "stop", "gone")) {
      api.call(200, "POST", agent + "/" + operation, null);
    }
    api.call(404, "POST", "/v2/agents/nothing/drain", null);
    assertThat(server.get("/v2/agents").body().path("agents")).isNotEmpty();
  }

  private static void events(DescribedApi api, EventRecorder recorder) {
    Set<String> types = new TreeSet<>();
    for (JsonNode event : recorder.events()) {
      types.add(event.path("eventType").asString());
      assertThat(api.problems("Event", event)).as(event.toString()).isEmpty();
    }
    assertThat(types)
        .contains(
            "event_stream_attached",
            "api_post_event",
            "deployment_info",
            "deployment_success",
            "deployment_failed",
            "status_update_event",
            "instance_changed_event",
            "health_status_changed_event",
            "volume_changed_event",
            "reservation_changed_event",
            "agent_changed_event",
            "app_terminated_event");
  }

  private Set<String> logsIn(JsonNode document) throws Exception {
    Path credentials =
        Files.writeString(directory.resolve("credentials"), "basic ann open-sesame\n");
    Files.setPosixFilePermissions(
        credentials, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    try (ServerProcess server =
        ServerProcess.startProtected(
            directory.resolve("protected"), "--credentials", credentials.toString())) {
      DescribedApi api = new DescribedApi(server, document);
      api.call(200, "GET", "/v2/session", null);
      api.call(401, "POST", "/login", "{\"user\": \"ann\", \"password\": \"wrong\"}");
      api.call(200, "POST", "/login", "{\"user\": \"ann\", \"password\": \"open-sesame\"}");
      api.call(200, "POST", "/logout", null);
      return api.called();
    }
  }
}
