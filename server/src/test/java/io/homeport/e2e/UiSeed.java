package io.homeport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A server with much of what the web UI can show: apps with and without volumes, attached,
 * detached, left-behind and quarantined volumes, agents that are gone and out of reach, a
 * deployment that waits.
 */
final class UiSeed {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final ServerProcess server;

  private UiSeed(ServerProcess server) {
    this.server = server;
  }

  /** Starts a server on an empty directory and fills it. */
  static ServerProcess start(Path directory) {
    ServerProcess server =
        ServerProcess.start(directory.resolve("homeport"), "--local-agents", "5");
    boolean seeded = false;
    try {
      UiSeed seed = new UiSeed(server);
      seed.forgetAVolume(directory.resolve("empty.backup"));
      seed.leaveAVolumeBehind();
      seed.loseAnAgent();
      seed.fill();
      seed.awaitQuarantined();
      seeded = true;
      return server;
    } finally {
      if (!seeded) {
        stop(server);
      }
    }
  }

  /** Makes a volume and puts a state back that does not know it. */
  private void forgetAVolume(Path backup) {
    succeeds(CommandLineProcess.on(server, "state", "backup", backup.toString()));
    post("/ops/archive", 1, 32, "date > data/year; sleep 100000", volume("data", 64), "", "");
    server.awaitRunning("/ops/archive", 1);
    server.put("/v2/apps/ops/archive", "{\"instances\": 0}");
    awaitVolume("/ops/archive", "detached");
    server.awaitNoDeployments();
    server.terminate();
    succeeds(
        CommandLineProcess.run(
            "state", "restore", backup.toString(), "--data-dir", server.dataDir().toString()));
    server.start();
    succeeds(CommandLineProcess.on(server, "state", "resume", "--yes"));
  }

  private static void succeeds(CommandLineProcess command) {
    assertThat(command.status()).as(command.output()).isZero();
  }

  /** The volume is heard of when its agent offers what it has. */
  private void awaitQuarantined() {
    server.await("a quarantined volume", SOON, () -> !quarantined(server).isEmpty());
  }

  private static List<JsonNode> quarantined(ServerProcess server) {
    return ServerProcess.list(server.get("/v2/volumes?status=quarantined").body().path("volumes"));
  }

  private void leaveAVolumeBehind() {
    post("/ops/registry", 1, 64, "sleep 100000", volume("blobs", 128), "", on("local-[45]"));
    server.awaitRunning("/ops/registry", 1);
    String agent = server.running("/ops/registry").getFirst().path("slaveId").asString();
    lose(agent);
    operate(agent, "gone");
    awaitVolume("/ops/registry", "left behind");
    server.awaitRunning("/ops/registry", 1);
  }

  /** Stops the agent on which the registry is now, so that it waits for it. */
  private void loseAnAgent() {
    lose(server.running("/ops/registry").getFirst().path("slaveId").asString());
  }

  private void lose(String agent) {
    operate(agent, "stop");
    server.await("the agent is lost", SOON, () -> agentIs(agent, "unreachable"));
  }

  /** Brings lost agents back, so that what they have can be ended, and ends all of it. */
  static void stop(ServerProcess server) {
    ServerProcess.list(server.get("/v2/agents").body().path("agents")).stream()
        .filter(agent -> agent.path("status").asString().equals("unreachable"))
        .forEach(
            agent -> server.post("/v2/agents/" + agent.path("id").asString() + "/activate", "{}"));
    server.close();
  }

  private boolean agentIs(String agent, String status) {
    return ServerProcess.list(server.get("/v2/agents").body().path("agents")).stream()
        .anyMatch(
            one ->
                one.path("id").asString().equals(agent)
                    && one.path("status").asString().equals(status));
  }

  private void operate(String agent, String operation) {
    assertThat(server.post("/v2/agents/" + agent + "/" + operation, "{}").status()).isEqualTo(200);
  }

  private void fill() {
    String database =
        "mkdir -p data/base; echo 17 > data/VERSION; dd if=/dev/zero of=data/base/1 bs=1M count=40;"
            + " while :; do date; date >> data/journal; sleep 1; done";
    post("/shop/database", 3, 128, database, volume("data", 64), "\"tier\": \"data\"", "");
    post("/shop/search", 1, 64, "sleep 100000", volume("index", 256), "\"tier\": \"data\"", "");
    String healthy =
        ", \"healthChecks\": [{\"protocol\": \"COMMAND\", \"command\": {\"value\": \"true\"},"
            + " \"intervalSeconds\": 5}]";
    post("/shop/web", 2, 32, "while :; do date; sleep 1; done", "", "\"tier\": \"web\"", healthy);
    post("/ops/backup", 0, 32, "sleep 1000", "", "", "");
    server.awaitTasks("/shop/database", 3);
    server.awaitTasks("/shop/search", 1);
    server.awaitTasks("/shop/web", 2);
    server.put("/v2/apps/shop/database", "{\"instances\": 2}");
    awaitVolume("/shop/database", "detached");
    server.put("/v2/apps/shop/web?force=true", "{\"env\": {\"GREETING\": \"hello\"}}");
    // An earlier version, to be compared with the current one.
    server.put("/v2/apps/shop/database", "{\"labels\": {\"tier\": \"data\", \"owner\": \"ann\"}}");
    // Fits nowhere, so that its deployment stays.
    post("/analytics", 2, 900_000, "sleep 1000", volume("data", 512), "", "");
    server.await(
        "only the deployment that waits is left",
        SOON,
        () ->
            server.deployments() == 1
                && server.running("/shop/web").size() == 2
                && server.running("/shop/database").size() == 2);
  }

  private void awaitVolume(String app, String status) {
    server.await(
        "a volume of " + app + " that is " + status, SOON, () -> !volumes(app, status).isEmpty());
  }

  private List<JsonNode> volumes(String app, String status) {
    return volumes(server, app, status);
  }

  private static List<JsonNode> volumes(ServerProcess server, String app, String status) {
    return server.volumes(app).stream()
        .filter(volume -> volume.path("status").asString().equals(status))
        .toList();
  }

  private static String volume(String path, int size) {
    return ", \"container\": {\"type\": \"MESOS\", \"volumes\": [{\"containerPath\": \"%s\", \"mode\": \"RW\", \"persistent\": {\"size\": %d}}]}"
        .formatted(path, size);
  }

  private static String on(String hosts) {
    return ", \"constraints\": [[\"hostname\", \"LIKE\", \"%s\"]]".formatted(hosts);
  }

  private void post(
      String id,
      int instances,
      int mem,
      String command,
      String container,
      String label,
      String more) {
    String body =
        "{\"id\": \"%s\", \"cmd\": \"%s\", \"cpus\": 0.1, \"mem\": %d, \"instances\": %d, \"labels\": {%s}%s%s}"
            .formatted(id, command, mem, instances, label, container, more);
    assertThat(server.post("/v2/apps", body).status()).isEqualTo(201);
  }

  /** The addresses of all pages, by the names of their pictures. */
  static Map<String, String> pages(ServerProcess server) {
    String attached = id(volumes(server, "/shop/database", "attached"));
    String detached = id(volumes(server, "/shop/database", "detached"));
    String leftBehind = id(volumes(server, "/ops/registry", "left behind"));
    String task = id(server.running("/shop/web"));
    List<JsonNode> versions =
        ServerProcess.list(server.get("/v2/apps/shop/database/versions").body().path("versions"));
    String earliest = versions.stream().map(JsonNode::asString).sorted().findFirst().orElseThrow();
    Map<String, String> all = new LinkedHashMap<>();
    all.put("applications", "/?view=all");
    all.put("folders", "/");
    all.put("instances", "/apps/shop/database");
    all.put("unreachable", "/apps/ops/registry");
    all.put("configuration", "/apps/shop/database?tab=configuration");
    all.put("differences", "/apps/shop/database?tab=configuration&version=" + encoded(earliest));
    all.put("app-volumes", "/apps/shop/database?tab=volumes");
    all.put("logs", "/apps/shop/database?tab=logs");
    all.put("why", "/apps/analytics?tab=why");
    all.put("why-away", "/apps/ops/registry?tab=why");
    all.put("app-events", "/apps/shop/database?tab=events");
    all.put("create", "/create");
    all.put("edit", "/edit/shop/database");
    all.put("volumes", "/volumes");
    all.put("volume", "/volumes/" + encoded(attached));
    all.put("volume-detached", "/volumes/" + encoded(detached));
    all.put("volume-left-behind", "/volumes/" + encoded(leftBehind));
    all.put("volume-quarantined", "/volumes/" + encoded(id(quarantined(server))));
    all.put("task", "/tasks/" + task);
    all.put("agents", "/agents");
    all.put("agent", "/agents/local-1");
    all.put("deployments", "/deployments");
    all.put("events", "/events");
    all.put("about", "/about");
    all.put("missing", "/apps/no/such/app");
    return all;
  }

  private static String id(List<JsonNode> nodes) {
    return nodes.getFirst().path("id").asString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
