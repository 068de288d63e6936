package io.homeport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What becomes of volumes when apps are scaled and deleted and agents come and go. */
class VolumeStoriesIT {
  @TempDir Path dir;

  private static String app(String id, int instances, String extra) {
    return """
        {"id": "%s", "cmd": "echo $MESOS_TASK_ID >> data/log; sleep 1000000", "cpus": 0.1, "mem": 32,
         "instances": %d, "backoffSeconds": 1,
         "container": {"type": "MESOS", "volumes": [
           {"containerPath": "data", "mode": "RW", "persistent": {"size": 16}}]}%s}
        """
        .formatted(id, instances, extra);
  }

  /** What a volume holds, through the API. */
  private static String log(ServerProcess server, String volume) {
    String id = volume.replace("#", "%23");
    return server.get("/v2/volumes/" + id + "/files/content?path=log").raw().body();
  }

  private static Map<Integer, String> byOrdinal(ServerProcess server, String app) {
    Map<Integer, String> ids = new TreeMap<>();
    for (JsonNode volume : server.volumes(app)) {
      ids.put(
          volume.path("ordinal").asInt(),
          volume.path("id").asString() + " on " + volume.path("agentId").asString());
    }
    return ids;
  }

  @Test
  void scaledDownAndUpAgainTheSameVolumesAreBackAndDeletingRemovesThem() throws IOException {
    try (ServerProcess server = ServerProcess.start(dir.resolve("data"), "--local-agents", "3")) {
      server.post("/v2/apps", app("/db", 3, ""));
      server.awaitRunning("/db", 3);
      Map<Integer, String> before = byOrdinal(server, "/db");
      assertThat(before).hasSize(3);

      server.put("/v2/apps/db", "{\"instances\": 1}");
      server.awaitRunning("/db", 1);
      assertThat(byOrdinal(server, "/db")).isEqualTo(before);
      server.put("/v2/apps/db", "{\"instances\": 3}");
      server.awaitRunning("/db", 3);
      assertThat(byOrdinal(server, "/db")).isEqualTo(before);
      for (JsonNode volume : server.volumes("/db")) {
        server.await(
            "each run wrote a line",
            Duration.ofSeconds(10),
            () ->
                log(server, volume.path("id").asString()).lines().count()
                    == (volume.path("ordinal").asInt() == 0 ? 1 : 2));
      }
      List<Path> onDisk =
          server.volumes("/db").stream()
              .map(volume -> Path.of(volume.path("location").asString()))
              .toList();
      assertThat(onDisk).hasSize(3).allMatch(Files::isDirectory);

      server.delete("/v2/apps/db");
      server.awaitNoDeployments();
      server.await(
          "volumes and reservations are gone",
          Duration.ofSeconds(20),
          () ->
              server.get("/v2/volumes").body().path("volumes").isEmpty()
                  && onDisk.stream().noneMatch(Files::exists));
      for (JsonNode agent : ServerProcess.list(server.get("/v2/agents").body().path("agents"))) {
        assertThat(agent.path("reserved").path("disk").asDouble()).isZero();
      }
    }
  }

  @Test
  void aStoppedAgentIsWaitedForAndTheTaskComesHome() {
    try (ServerProcess server = ServerProcess.start(dir.resolve("data"), "--local-agents", "2")) {
      server.post("/v2/apps", app("/db", 1, ""));
      server.awaitRunning("/db", 1);
      JsonNode volume = server.volumes("/db").getFirst();
      String agent = volume.path("agentId").asString();

      assertThat(server.post("/v2/agents/" + agent + "/stop", "{}").status()).isEqualTo(200);
      server.await(
          "the app explains why it waits",
          Duration.ofSeconds(20),
          () -> server.get("/v2/apps/db/explain").raw().body().contains("out of reach"));
      assertThat(server.volumes("/db")).hasSize(1);
      assertThat(server.running("/db")).isEmpty();

      assertThat(server.post("/v2/agents/" + agent + "/activate", "{}").status()).isEqualTo(200);
      server.awaitRunning("/db", 1);
      assertThat(server.volumes("/db")).hasSize(1);
      assertThat(server.volumes("/db").getFirst().path("id")).isEqualTo(volume.path("id"));
      server.await(
          "it runs on its data",
          Duration.ofSeconds(10),
          () -> log(server, volume.path("id").asString()).lines().count() == 2);
    }
  }

  @Test
  void relaunchAfterTimeoutLeavesTheVolumeBehindAndItCanBeAdoptedBack() {
    try (ServerProcess server = ServerProcess.start(dir.resolve("data"), "--local-agents", "2")) {
      server.post(
          "/v2/apps",
          app(
              "/db",
              1,
              ", \"residency\": {\"taskLostBehavior\": \"RELAUNCH_AFTER_TIMEOUT\","
                  + " \"relaunchEscalationTimeoutSeconds\": 3}"));
      server.awaitRunning("/db", 1);
      JsonNode first = server.volumes("/db").getFirst();
      String id = first.path("id").asString();
      server.post("/v2/agents/" + first.path("agentId").asString() + "/stop", "{}");
      server.await(
          "a replacement runs elsewhere and the first volume is left behind",
          Duration.ofSeconds(30),
          () ->
              server.running("/db").size() == 1
                  && server.volumes("/db").stream()
                      .anyMatch(
                          volume ->
                              volume.path("id").asString().equals(id)
                                  && volume.path("status").asString().equals("left behind")));
      assertThat(server.volumes("/db")).hasSize(2);

      server.post("/v2/agents/" + first.path("agentId").asString() + "/activate", "{}");
      ServerProcess.Answer adopted =
          server.post(
              "/v2/volumes/" + id.replace("#", "%23") + "/adopt",
              "{\"appId\": \"/db\", \"ordinal\": 0}");
      assertThat(adopted.status()).isEqualTo(200);
      server.await(
          "the first volume is attached again",
          Duration.ofSeconds(30),
          () ->
              server.running("/db").size() == 1
                  && server.volumes("/db").stream()
                      .anyMatch(
                          volume ->
                              volume.path("id").asString().equals(id)
                                  && volume.path("status").asString().equals("attached")));
      server.await(
          "its data is intact and has a further line",
          Duration.ofSeconds(10),
          () -> log(server, id).lines().count() == 2);
    }
  }
}
