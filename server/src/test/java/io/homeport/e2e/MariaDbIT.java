package io.homeport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.mesos.testing.TestMesos;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A real database as an app: what was written over SQL survives whatever is killed. */
class MariaDbIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path dir;

  @BeforeEach
  void begin() {
    MariaDb.assertInstalled();
    openToOtherUsers(dir);
  }

  /** The database may run as another user, who must be able to walk to its sandbox. */
  private static void openToOtherUsers(Path dir) {
    for (Path part = dir; part != null && !part.equals(Path.of("/tmp")); part = part.getParent()) {
      if (!part.toFile().setExecutable(true, false)) {
        return;
      }
    }
  }

  @Test
  void rowsSurviveTheDeathOfTheDatabaseOfItsSupervisorOfHomeportAndOfAllAtOnce() {
    try (ServerProcess server = ServerProcess.start(dir.resolve("data"), "--local-agents", "2")) {
      MariaDb database = new MariaDb(server, dir);
      database.deployAsNobody();
      database.insert(1);
      JsonNode volume = server.volumes("/mariadb").getFirst();

      database.processes().forEach(ProcessHandle::destroyForcibly);
      database.awaitRun(2);
      database.insert(2);

      long pid = database.processes().getFirst().pid();
      server.kill9();
      assertThat(database.processes()).extracting(ProcessHandle::pid).containsExactly(pid);
      server.start();
      server.awaitRunning("/mariadb", 1);
      assertThat(database.processes()).extracting(ProcessHandle::pid).containsExactly(pid);
      database.insert(3);

      // What is left of the task is shown and ended before a second one is started.
      database.supervisors().forEach(ProcessHandle::destroyForcibly);
      server.await("it works again", PATIENCE, () -> runsBeside(server, database, pid));
      assertThat(server.logTail()).contains("process " + pid);
      database.awaitAnswers();
      database.insert(4);

      List<ProcessHandle> all = new ArrayList<>(database.supervisors());
      all.addAll(database.processes());
      all.forEach(ProcessHandle::destroyForcibly);
      server.kill9();
      server.start();
      server.await("it runs again", PATIENCE, () -> runsBeside(server, database, pid));
      database.awaitAnswers();
      assertThat(database.rows()).isEqualTo("1,2,3,4");
      assertIsAtHome(server, volume);
    }
  }

  private static boolean runsBeside(ServerProcess server, MariaDb database, long former) {
    return database.processes().stream().anyMatch(process -> process.pid() != former)
        && server.running("/mariadb").size() == 1;
  }

  private static void assertIsAtHome(ServerProcess server, JsonNode volume) {
    assertThat(server.volumes("/mariadb"))
        .singleElement()
        .satisfies(
            now -> {
              assertThat(now.path("id")).isEqualTo(volume.path("id"));
              assertThat(now.path("agentId")).isEqualTo(volume.path("agentId"));
            });
  }

  @Test
  void onMesosRowsSurviveTheDeathOfTheDatabaseOfHomeportOfTheMasterAndOfTheMachine()
      throws IOException {
    try (TestMesos mesos = TestMesos.start(dir.resolve("mesos"), 3);
        ServerProcess server = MesosServer.start(dir.resolve("data"), mesos)) {
      MariaDb database = new MariaDb(server, dir);
      database.deploy();
      database.insert(1);
      JsonNode volume = server.volumes("/mariadb").getFirst();
      int agent = mesos.agentNumber(volume.path("agentId").asString());

      database.processes().forEach(ProcessHandle::destroyForcibly);
      database.awaitRun(2);
      database.insert(2);

      long pid = database.processes().getFirst().pid();
      server.kill9();
      mesos.killMaster();
      mesos.startMaster();
      server.start();
      server.awaitRunning("/mariadb", 1);
      assertThat(database.processes()).extracting(ProcessHandle::pid).containsExactly(pid);
      database.insert(3);

      mesos.crashAgent(agent);
      server.kill9();
      server.start();
      mesos.startAgent(agent);
      database.awaitRun(3);
      assertThat(database.rows()).isEqualTo("1,2,3");
      assertIsAtHome(server, volume);
    }
  }
}
