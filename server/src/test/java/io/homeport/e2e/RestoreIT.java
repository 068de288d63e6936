package io.homeport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * An old back-up is put back while tasks run that it does not know: nothing happens until told, and
 * then only what it knows.
 */
class RestoreIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path dir;

  private static String stateful(String id, int instances) {
    return """
        {"id": "%s", "cmd": "echo run >> data/log; sleep 1000000", "cpus": 0.1, "mem": 32,
         "instances": %d, "env": {"PASSWORD": "hidden"},
         "container": {"type": "MESOS", "volumes": [
           {"containerPath": "data", "mode": "RW", "persistent": {"size": 16}}]}}
        """
        .formatted(id, instances);
  }

  private static String stateless(String id) {
    return "{\"id\": \"%s\", \"cmd\": \"sleep 1000000\", \"cpus\": 0.1, \"mem\": 32}".formatted(id);
  }

  private List<Path> volumesOnDisk() {
    try (Stream<Path> all = Files.walk(dir.resolve("data/agents"), 3)) {
      return all.filter(path -> Objects.requireNonNull(path.getParent()).endsWith("volumes"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private List<String> processes() {
    return SandboxProcesses.taskIds(dir.resolve("data"));
  }

  private CommandLineProcess restore(Path file) {
    return CommandLineProcess.run(
        "state", "restore", file.toString(), "--data-dir", dir.resolve("data").toString());
  }

  private static JsonNode state(ServerProcess server) {
    return server.get("/v2/state").body();
  }

  private static List<String> unknown(ServerProcess server) {
    return ServerProcess.list(state(server).path("unknownTasks")).stream()
        .map(task -> task.path("appId").asString())
        .sorted()
        .toList();
  }

  @Test
  void anOldBackupDoesNothingUntilToldAndLosesNothing() throws Exception {
    Path backup = dir.resolve("old.backup");
    try (ServerProcess server = ServerProcess.start(dir.resolve("data"))) {
      server.post("/v2/apps", stateful("/db", 2));
      server.post("/v2/apps", stateful("/doomed", 1));
      server.awaitRunning("/db", 2);
      server.awaitRunning("/doomed", 1);
      server.awaitNoDeployments();
      CommandLineProcess taken =
          CommandLineProcess.on(server, "state", "backup", backup.toString());
      assertThat(taken.status()).as(taken.output()).isZero();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
          .isEqualTo("rw-------");

      server.put("/v2/apps/db", "{\"instances\": 3}");
      server.post("/v2/apps", stateful("/later", 1));
      server.delete("/v2/apps/doomed");
      server.awaitRunning("/db", 3);
      server.awaitRunning("/later", 1);
      server.awaitNoDeployments();
      server.await("gone", SOON, () -> server.volumes("/doomed").isEmpty());

      CommandLineProcess tooEarly = restore(backup);
      assertThat(tooEarly.status()).isEqualTo(1);
      assertThat(tooEarly.output()).contains("in use by process");
      server.terminate();

      List<String> running = processes();
      List<Path> volumes = volumesOnDisk();
      assertThat(running).hasSize(4);
      assertThat(volumes).hasSize(4);
      refusesHalfOf(backup);
      CommandLineProcess restored = restore(backup);
      assertThat(restored.status()).as(restored.output()).isZero();
      assertThat(restored.output()).contains("is kept in", "safe mode");

      server.start();
      server.await(
          "what it does not know is heard of",
          SOON,
          () -> unknown(server).equals(List.of("/db", "/later")));
      server.post("/v2/apps", stateless("/new"));
      server.terminate();
      server.start();
      server.await(
          "the safe mode outlives the server",
          SOON,
          () ->
              unknown(server).equals(List.of("/db", "/later"))
                  && state(server).path("unconfirmedTasks").asInt() == 0);
      staysAsItIs(server);
      assertThat(processes()).isEqualTo(running);
      assertThat(volumesOnDisk()).isEqualTo(volumes);

      CommandLineProcess shown = CommandLineProcess.on(server, "state", "show");
      assertThat(shown.output())
          .contains("safe mode", "would be launched doomed", "of /new", "later.instance")
          .contains("it is left alone");
      resumes(server, running);
      assertThat(volumesOnDisk()).isEqualTo(volumes);
      assertThat(unknown(server)).containsExactly("/db", "/later");
      destroysOnRequest(server, volumes);
    }
  }

  private void refusesHalfOf(Path backup) throws Exception {
    Path half = dir.resolve("half.backup");
    Files.writeString(half, Files.readString(backup).substring(0, 2_000));
    CommandLineProcess damaged = restore(half);
    assertThat(damaged.status()).isEqualTo(1);
    assertThat(damaged.output()).contains("is truncated", "Nothing was changed");
  }

  private static void staysAsItIs(ServerProcess server) {
    JsonNode info = server.get("/v2/info").body().path("homeport");
    assertThat(info.at("/safeMode/why").asString()).contains("restored from a back-up of");
    assertThat(info.at("/warnings/0").asString()).contains("Safe mode", "homeport state resume");
    assertThat(server.get("/metrics").raw().body()).contains("homeport_safe_mode 1.0");
    assertThat(server.get("/v2/apps/new/explain").body().at("/problems/0").asString())
        .contains("safe mode");
    assertThat(server.running("/new")).isEmpty();
    String stranger = state(server).at("/unknownTasks/0/id").asString();
    assertThat(server.post("/v2/tasks/delete", "{\"ids\": [\"" + stranger + "\"]}").status())
        .isEqualTo(409);
  }

  /** What the state knows goes on or is launched again; what ran meanwhile goes on. */
  private void resumes(ServerProcess server, List<String> running) {
    assertThat(CommandLineProcess.on(server, "state", "resume").status())
        .as("not confirmed")
        .isEqualTo(8);
    CommandLineProcess resumed = CommandLineProcess.on(server, "state", "resume", "--yes");
    assertThat(resumed.status()).as(resumed.output()).isZero();
    server.awaitRunning("/new", 1);
    server.awaitRunning("/db", 2);
    assertThat(server.running("/doomed")).as("its home is gone").isEmpty();
    assertThat(processes()).hasSize(5).containsAll(running);
  }

  /** What the state does not know is ended and destroyed only because somebody asks for it. */
  private void destroysOnRequest(ServerProcess server, List<Path> volumes) {
    String stranger =
        ServerProcess.list(state(server).path("unknownTasks")).stream()
            .filter(task -> task.path("appId").asString().equals("/later"))
            .map(task -> task.path("id").asString())
            .findFirst()
            .orElseThrow();
    server.post("/v2/tasks/delete", "{\"ids\": [\"" + stranger + "\"]}");
    server.await("ended", SOON, () -> unknown(server).equals(List.of("/db")));
    String other = state(server).at("/unknownTasks/0/id").asString();
    server.post("/v2/apps", stateless("/wants-an-offer"));
    server.await(
        "quarantined",
        SOON,
        () -> !server.get("/v2/volumes?status=quarantined").body().path("volumes").isEmpty());
    assertThat(volumesOnDisk()).isEqualTo(volumes);
    JsonNode found = server.get("/v2/volumes?status=quarantined").body().at("/volumes/0");
    server.delete("/v2/volumes/" + found.path("id").asString().replace("#", "%23"));
    server.await("destroyed", SOON, () -> volumesOnDisk().size() == volumes.size() - 1);
    server.post("/v2/tasks/delete", "{\"ids\": [\"" + other + "\"]}");
    server.await("ended", SOON, () -> unknown(server).isEmpty());
  }
}
