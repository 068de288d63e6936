package io.homeport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.mesos.testing.TestMesos;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Agents of a Mesos cluster are lost, come back, come back as another, or are declared gone. */
final class MesosFailuresIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path dir;

  private static int agentOf(TestMesos mesos, JsonNode volume) {
    return mesos.agentNumber(volume.path("agentId").asString());
  }

  private static boolean hasStatus(ServerProcess server, String app, JsonNode volume, String is) {
    return server.volumes(app).stream()
        .anyMatch(
            other ->
                other.path("id").equals(volume.path("id"))
                    && other.path("status").asString().equals(is));
  }

  private static long runs(ServerProcess server, JsonNode volume) {
    return MesosServer.file(server, volume, "log").lines().count();
  }

  @Test
  void aTaskThatOutlivesItsAgentIsFoundAgainAndWhatWasWantedMeanwhileIsDone() throws IOException {
    try (TestMesos mesos = TestMesos.start(dir.resolve("mesos"), 3);
        ServerProcess server = MesosServer.start(dir.resolve("data"), mesos)) {
      server.post("/v2/apps", MesosServer.app("/db", 1, ""));
      server.awaitRunning("/db", 1);
      JsonNode task = server.running("/db").getFirst();
      JsonNode volume = server.volumes("/db").getFirst();
      int agent = agentOf(mesos, volume);

      mesos.killAgent(agent);
      server.await(
          "it is called unreachable, and waited for",
          PATIENCE,
          () ->
              server.running("/db").isEmpty()
                  && server.get("/v2/apps/db/explain").raw().body().contains("out of reach"));
      mesos.startAgent(agent);
      server.awaitRunning("/db", 1);
      assertThat(server.running("/db").getFirst().path("id")).isEqualTo(task.path("id"));

      mesos.killAgent(agent);
      server.await("it is away again", PATIENCE, () -> server.running("/db").isEmpty());
      server.delete("/v2/apps/db?force=true");
      mesos.startAgent(agent);
      server.await(
          "the kill that Mesos forgot is done on return, and all is released",
          PATIENCE,
          () ->
              mesos.running().isEmpty()
                  && server.get("/v2/volumes").body().path("volumes").isEmpty());
      assertThat(mesos.reserved(agent)).isEmpty();
      assertThat(mesos.volumes(agent)).isEmpty();
    }
  }

  @Test
  void aMachineThatLosesPowerIsWaitedForAndTheTaskComesHomeEvenUnderAnotherAgentId()
      throws IOException {
    try (TestMesos mesos = TestMesos.start(dir.resolve("mesos"), 3);
        ServerProcess server = MesosServer.start(dir.resolve("data"), mesos)) {
      server.post("/v2/apps", MesosServer.app("/db", 1, ""));
      server.awaitRunning("/db", 1);
      JsonNode volume = server.volumes("/db").getFirst();
      int agent = agentOf(mesos, volume);

      mesos.crashAgent(agent);
      server.await("it is out of reach", PATIENCE, () -> server.running("/db").isEmpty());
      mesos.startAgent(agent);
      server.awaitRunning("/db", 1);
      assertThat(server.volumes("/db").getFirst().path("id")).isEqualTo(volume.path("id"));
      server.await("its data is there", PATIENCE, () -> runs(server, volume) == 2);

      String before = mesos.agentId(agent);
      mesos.forgetAgent(agent);
      server.await("it is out of reach", PATIENCE, () -> server.running("/db").isEmpty());
      mesos.startAgent(agent);
      server.awaitRunning("/db", 1);
      assertThat(mesos.agentId(agent)).isNotEqualTo(before);
      List<JsonNode> volumes = server.volumes("/db");
      assertThat(volumes).hasSize(1);
      assertThat(volumes.getFirst().path("id")).isEqualTo(volume.path("id"));
      assertThat(volumes.getFirst().path("agentId").asString()).isEqualTo(mesos.agentId(agent));
      server.await("its data is there", PATIENCE, () -> runs(server, volumes.getFirst()) == 3);
    }
  }

  @Test
  void anAgentThatBecomesAnotherWhileTheServerIsAwayIsFoundByItsVolume() throws IOException {
    try (TestMesos mesos = TestMesos.start(dir.resolve("mesos"), 1);
        ServerProcess server = MesosServer.start(dir.resolve("data"), mesos)) {
      server.post("/v2/apps", MesosServer.app("/db", 1, ""));
      server.awaitRunning("/db", 1);
      JsonNode volume = server.volumes("/db").getFirst();

      server.kill9();
      mesos.forgetAgent(0);
      mesos.startAgent(0);
      server.start();

      server.await("it runs on its data", PATIENCE, () -> runs(server, volume) == 2);
      server.awaitRunning("/db", 1);
      assertThat(server.volumes("/db")).hasSize(1);
      assertThat(server.volumes("/db").getFirst().path("agentId").asString())
          .isEqualTo(mesos.agentId(0));
    }
  }

  @Test
  void relaunchAfterTimeoutLeavesTheVolumeBehindAndItCanBeAdoptedBack() throws IOException {
    try (TestMesos mesos = TestMesos.start(dir.resolve("mesos"), 3);
        ServerProcess server = MesosServer.start(dir.resolve("data"), mesos)) {
      server.post(
          "/v2/apps",
          MesosServer.app(
              "/db",
              1,
              ", \"residency\": {\"taskLostBehavior\": \"RELAUNCH_AFTER_TIMEOUT\","
                  + " \"relaunchEscalationTimeoutSeconds\": 2}"));
      server.awaitRunning("/db", 1);
      JsonNode first = server.volumes("/db").getFirst();
      int agent = agentOf(mesos, first);

      mesos.killAgent(agent);
      server.await(
          "a replacement runs elsewhere and the first volume is left behind",
          PATIENCE,
          () ->
              server.running("/db").size() == 1 && hasStatus(server, "/db", first, "left behind"));
      assertThat(server.volumes("/db")).hasSize(2);
      assertThat(mesos.running()).as("the lost one runs on, out of reach").hasSize(2);

      mesos.startAgent(agent);
      server.await(
          "the one that was replaced is ended when it is back",
          PATIENCE,
          () -> mesos.running().size() == 1);
      assertThat(hasStatus(server, "/db", first, "left behind")).isTrue();
      String id = first.path("id").asString().replace("#", "%23");
      assertThat(
              server
                  .post("/v2/volumes/" + id + "/adopt", "{\"appId\": \"/db\", \"ordinal\": 0}")
                  .status())
          .isEqualTo(200);
      server.await(
          "the first volume is attached again, with its data",
          PATIENCE,
          () ->
              server.running("/db").size() == 1
                  && hasStatus(server, "/db", first, "attached")
                  && runs(server, first) == 2);
    }
  }

  @Test
  void anAgentThatIsDeclaredGoneLosesItsInstancesToOthers() throws IOException {
    try (TestMesos mesos = TestMesos.start(dir.resolve("mesos"), 3);
        ServerProcess server = MesosServer.start(dir.resolve("data"), mesos)) {
      server.post("/v2/apps", MesosServer.app("/db", 1, ""));
      server.awaitRunning("/db", 1);
      JsonNode first = server.volumes("/db").getFirst();
      String agent = first.path("agentId").asString();

      assertThat(server.post("/v2/agents/" + agent + "/gone", "{}").status()).isEqualTo(200);
      server.await(
          "the instance has another home, and the volume is left behind",
          PATIENCE,
          () ->
              hasStatus(server, "/db", first, "left behind")
                  && server.running("/db").stream()
                      .anyMatch(task -> !task.path("slaveId").asString().equals(agent)));
      MesosServer.awaitAgent(server, agent, "gone");
      assertThat(server.running("/db")).hasSize(1);
    }
  }

  @Test
  void anAppThatFailsItsHealthCheckIsStartedAnewOnItsVolume() throws IOException {
    try (TestMesos mesos = TestMesos.start(dir.resolve("mesos"), 1);
        ServerProcess server = MesosServer.start(dir.resolve("data"), mesos)) {
      server.post(
          "/v2/apps",
          MesosServer.app(
              "/db",
              1,
              ", \"healthChecks\": [{\"protocol\": \"COMMAND\","
                  + " \"command\": {\"value\": \"test ! -e data/sick\"},"
                  + " \"gracePeriodSeconds\": 1, \"intervalSeconds\": 1,"
                  + " \"timeoutSeconds\": 5, \"maxConsecutiveFailures\": 2}]"));
      server.awaitRunning("/db", 1);
      JsonNode volume = server.volumes("/db").getFirst();
      Path data = mesos.volumes(0).getFirst();

      java.nio.file.Files.createFile(data.resolve("sick"));
      server.await("it is ended for its health", PATIENCE, () -> runs(server, volume) > 1);
      java.nio.file.Files.delete(data.resolve("sick"));
      server.awaitRunning("/db", 1);
      server.await(
          "it is healthy",
          PATIENCE,
          () -> server.get("/v2/apps/db").body().path("app").path("tasksHealthy").asInt() == 1);
      assertThat(server.volumes("/db")).hasSize(1);
    }
  }
}
