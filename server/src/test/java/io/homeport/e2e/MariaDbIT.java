package io.homeport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A real database as an app: what was written over SQL survives whatever is killed. */
class MariaDbIT {
  private static final String APP =
      """
      {"id": "/mariadb", "cpus": 0.5, "mem": 256, "instances": 1, "backoffSeconds": 1,
       "cmd": "test -d data/db || mariadb-install-db --no-defaults --auth-root-authentication-method=normal --skip-test-db --datadir=$PWD/data/db >install.log; exec /usr/sbin/mariadbd --no-defaults --datadir=$PWD/data/db --bind-address=127.0.0.1 --port=$PORT0 --socket=$PWD/s --pid-file=$PWD/pid --innodb-buffer-pool-size=16M",
       "user": "nobody", "taskKillGracePeriodSeconds": 20,
       "container": {"type": "MESOS", "volumes": [
         {"containerPath": "data", "mode": "RW", "persistent": {"size": 300}}]}}
      """;

  @TempDir Path dir;
  private @Nullable ServerProcess server;

  @BeforeEach
  void start() {
    assertThat(Files.isExecutable(Path.of("/usr/sbin/mariadbd")))
        .as("MariaDB is needed (Debian: apt-get install mariadb-server-core mariadb-client-core)")
        .isTrue();
    openToOtherUsers(dir);
    server = ServerProcess.start(dir.resolve("data"), "--local-agents", "2");
  }

  /** The database runs as another user, who must be able to walk to its sandbox. */
  private static void openToOtherUsers(Path dir) {
    for (Path part = dir; part != null && !part.equals(Path.of("/tmp")); part = part.getParent()) {
      if (!part.toFile().setExecutable(true, false)) {
        return;
      }
    }
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private ServerProcess server() {
    if (server == null) {
      throw new IllegalStateException("not started");
    }
    return server;
  }

  private String sql(String statement) {
    int port = server().running("/mariadb").getFirst().path("ports").path(0).asInt();
    try {
      Process client =
          new ProcessBuilder(
                  "mariadb",
                  "--no-defaults",
                  "-h",
                  "127.0.0.1",
                  "-P",
                  Integer.toString(port),
                  "-u",
                  "root",
                  "--batch",
                  "--skip-column-names",
                  "-e",
                  statement)
              .redirectErrorStream(true)
              .start();
      String output = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!client.waitFor(20, TimeUnit.SECONDS) || client.exitValue() != 0) {
        throw new IllegalStateException(output);
      }
      return output.strip();
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private void awaitSql() {
    server()
        .await(
            "the database answers",
            Duration.ofSeconds(90),
            () -> {
              try {
                return sql("select 1").equals("1");
              } catch (RuntimeException notYet) {
                return false;
              }
            });
  }

  private static List<ProcessHandle> processes(String name, Path below) {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(
              process ->
                  process.info().command().orElse("").endsWith(name)
                      && (name.startsWith("maria")
                          ? cwd(process).startsWith(below.toString())
                          : true))
          .toList();
    }
  }

  private static String cwd(ProcessHandle process) {
    try {
      return Path.of("/proc", Long.toString(process.pid()), "cwd").toRealPath().toString();
    } catch (IOException gone) {
      return "";
    }
  }

  private List<ProcessHandle> databases() {
    try {
      return processes("mariadbd", dir.toRealPath());
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private List<ProcessHandle> supervisors() {
    return databases().stream().flatMap(db -> db.parent().stream()).toList();
  }

  @Test
  void rowsSurviveTheDeathOfTheDatabaseOfItsSupervisorOfHomeportAndOfAllAtOnce() {
    server().post("/v2/apps", APP);
    server().awaitRunning("/mariadb", 1);
    awaitSql();
    sql("create database shop; create table shop.t (id int primary key) engine=innodb");
    sql("insert into shop.t values (1)");
    JsonNode volume = server().volumes("/mariadb").getFirst();

    // The database.
    databases().forEach(ProcessHandle::destroyForcibly);
    awaitRelaunch(2);
    sql("insert into shop.t values (2)");

    // Homeport: the database does not notice.
    long pid = databases().getFirst().pid();
    server().kill9();
    assertThat(databases()).extracting(ProcessHandle::pid).containsExactly(pid);
    server().start();
    server().awaitRunning("/mariadb", 1);
    assertThat(databases()).extracting(ProcessHandle::pid).containsExactly(pid);
    sql("insert into shop.t values (3)");

    // The supervisor: what is left of the task is shown and ended before a second one is started.
    supervisors().forEach(ProcessHandle::destroyForcibly);
    server()
        .await(
            "one database at most, and it works again in the end",
            Duration.ofSeconds(60),
            () -> {
              assertThat(databases()).hasSizeLessThanOrEqualTo(1);
              return server().running("/mariadb").size() == 1
                  && databases().stream().anyMatch(db -> db.pid() != pid);
            });
    assertThat(server().logTail()).contains("process " + pid);
    awaitSql();
    sql("insert into shop.t values (4)");

    // All at once.
    List<ProcessHandle> all = new java.util.ArrayList<>(supervisors());
    all.addAll(databases());
    all.forEach(ProcessHandle::destroyForcibly);
    server().kill9();
    server().start();
    server()
        .await(
            "it runs again",
            Duration.ofSeconds(60),
            () -> server().running("/mariadb").size() == 1 && databases().size() == 1);
    awaitSql();
    assertThat(sql("select group_concat(id order by id) from shop.t")).isEqualTo("1,2,3,4");
    assertThat(server().volumes("/mariadb"))
        .extracting(v -> v.path("id"))
        .containsExactly(volume.path("id"));
    assertThat(server().volumes("/mariadb").getFirst().path("agentId"))
        .isEqualTo(volume.path("agentId"));
  }

  private void awaitRelaunch(int incarnation) {
    server()
        .await(
            "incarnation " + incarnation + " runs",
            Duration.ofSeconds(60),
            () ->
                server().running("/mariadb").stream()
                    .anyMatch(task -> task.path("id").asString().endsWith("._app." + incarnation)));
    awaitSql();
  }
}
