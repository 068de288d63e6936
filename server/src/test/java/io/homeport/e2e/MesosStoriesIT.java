package io.homeport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.mesos.testing.TestMesos;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * The stories of volumes on a Mesos cluster: the built server against a master that speaks the v1
 * HTTP API, with three agents that run real processes.
 */
final class MesosStoriesIT {
  @TempDir private Path dir;

  private static String app(String id, int instances) {
    return """
        {"id": "%s", "instances": %d, "cpus": 0.1, "mem": 32,
         "cmd": "date >> data/log; echo run $HOMEPORT_ORDINAL; sleep 1000",
         "taskKillGracePeriodSeconds": 1,
         "portDefinitions": [{"port": 0, "name": "api"}],
         "container": {"type": "MESOS", "volumes":
           [{"containerPath": "data", "mode": "RW", "persistent": {"size": 10}}]}}
        """
        .formatted(id, instances);
  }

  private ServerProcess server(TestMesos mesos, String... more) {
    return MesosServer.start(dir.resolve("data"), mesos, more);
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void volumesAreKeptWhileAnAppIsScaledAndGoWithIt(String wire) throws IOException {
    String[] flags = wire.equals("json") ? new String[] {"--mesos-json"} : new String[0];
    try (TestMesos mesos = TestMesos.start(dir.resolve("mesos"), 3);
        ServerProcess server = server(mesos, flags)) {
      server.post("/v2/apps", app("/db", 3));
      server.awaitRunning("/db", 3);
      assertThat(server.volumes("/db")).hasSize(3);
      JsonNode task = server.running("/db").getFirst();
      assertThat(task.path("ports").size()).isEqualTo(1);
      server.await(
          "the log is read through the agent",
          Duration.ofSeconds(10),
          () ->
              server
                  .get("/v2/tasks/" + task.path("id").asString() + "/logs/stdout?tail=10")
                  .raw()
                  .body()
                  .startsWith("run "));

      server.put("/v2/apps/db", "{\"instances\": 1}");
      server.awaitRunning("/db", 1);
      assertThat(server.volumes("/db")).hasSize(3);
      server.put("/v2/apps/db", "{\"instances\": 3}");
      server.awaitRunning("/db", 3);
      assertThat(server.volumes("/db")).hasSize(3);
      server.await(
          "those that were scaled down run on their data",
          Duration.ofSeconds(10),
          () ->
              server.volumes("/db").stream()
                  .allMatch(
                      volume ->
                          MesosServer.file(server, volume, "log").lines().count()
                              == (volume.path("ordinal").asInt() == 0 ? 1 : 2)));

      server.delete("/v2/apps/db");
      server.await(
          "volumes and reservations are gone",
          Duration.ofSeconds(30),
          () -> server.get("/v2/volumes").body().path("volumes").isEmpty());
    }
  }

  @Test
  void theDocumentsExampleRunsTwoInstancesWithTwoVolumes() throws IOException {
    try (TestMesos mesos = TestMesos.start(dir.resolve("mesos"), 3);
        ServerProcess server = server(mesos)) {
      assertThat(server.post("/v2/apps", DocumentStoryIT.DOCUMENT).status()).isEqualTo(201);
      server.awaitRunning("/sesame/samson", 2);

      assertThat(server.volumes("/sesame/samson"))
          .hasSize(2)
          .allSatisfy(
              volume -> {
                assertThat(volume.path("status").asString()).isEqualTo("attached");
                assertThat(volume.path("size").asDouble()).isEqualTo(10);
              });
    }
  }

  @Test
  void serverAndMasterMayDieAndTasksGoOn() throws IOException {
    try (TestMesos mesos = TestMesos.start(dir.resolve("mesos"), 3);
        ServerProcess server = server(mesos)) {
      server.post("/v2/apps", app("/db", 2));
      server.awaitRunning("/db", 2);
      String before = server.running("/db").toString();
      String framework = server.get("/v2/info").body().path("frameworkId").asString();

      server.kill9();
      server.start();
      server.await(
          "it subscribes again",
          Duration.ofSeconds(20),
          () -> server.get("/v2/info").body().path("homeport").path("connected").asBoolean());
      server.awaitRunning("/db", 2);
      assertThat(server.running("/db").toString()).isEqualTo(before);
      assertThat(server.get("/v2/info").body().path("frameworkId").asString()).isEqualTo(framework);

      mesos.killMaster();
      server.await(
          "the loss is seen",
          Duration.ofSeconds(20),
          () -> !server.get("/v2/info").body().path("homeport").path("connected").asBoolean());
      mesos.startMaster();
      server.put("/v2/apps/db", "{\"instances\": 3}");
      server.awaitRunning("/db", 3);
      assertThat(server.volumes("/db")).hasSize(3);
    }
  }

  @Test
  void aDrainedAgentIsWaitedForAndTheTaskComesHome() throws IOException {
    try (TestMesos mesos = TestMesos.start(dir.resolve("mesos"), 2);
        ServerProcess server = server(mesos)) {
      server.post("/v2/apps", app("/db", 1));
      server.awaitRunning("/db", 1);
      JsonNode volume = server.volumes("/db").getFirst();
      String agent = volume.path("agentId").asString();

      assertThat(server.post("/v2/agents/" + agent + "/drain", "{}").status()).isEqualTo(200);
      server.await(
          "the agent is drained",
          Duration.ofSeconds(20),
          () ->
              server.running("/db").isEmpty()
                  && server
                      .get("/v2/agents/" + agent)
                      .body()
                      .path("agent")
                      .path("status")
                      .asString()
                      .equals("drained"));
      assertThat(server.post("/v2/agents/" + agent + "/activate", "{}").status()).isEqualTo(200);
      server.awaitRunning("/db", 1);
      assertThat(server.volumes("/db").getFirst().path("id")).isEqualTo(volume.path("id"));
      server.await(
          "it runs on its data",
          Duration.ofSeconds(10),
          () -> MesosServer.file(server, volume, "log").lines().count() == 2);
    }
  }

  @Test
  void anotherFrameworkInTheRoleIsWarnedOf() throws IOException {
    try (TestMesos mesos = TestMesos.start(dir.resolve("mesos"), 1)) {
      mesos.addNeighbour("other", "homeport");
      try (ServerProcess server = server(mesos, "--mesos-share-role")) {
        server.await(
            "the warning stands",
            Duration.ofSeconds(20),
            () ->
                server
                    .get("/v2/info")
                    .body()
                    .path("homeport")
                    .path("warnings")
                    .toString()
                    .contains("'other'"));
      }
    }
  }
}
