package io.homeport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real database as the app {@code /mariadb} of a server. */
final class MariaDb {
  private static final String APP =
      """
      {"id": "/mariadb", "cpus": 0.5, "mem": 256, "instances": 1, "backoffSeconds": 1,
       "cmd": "test -d data/db || mariadb-install-db --no-defaults --auth-root-authentication-method=normal --skip-test-db --datadir=$PWD/data/db >install.log; exec /usr/sbin/mariadbd --no-defaults --datadir=$PWD/data/db --bind-address=127.0.0.1 --port=$PORT0 --socket=$PWD/s --pid-file=$PWD/pid --innodb-buffer-pool-size=16M %s",
       %s "taskKillGracePeriodSeconds": 20,
       "container": {"type": "MESOS", "volumes": [
         {"containerPath": "data", "mode": "RW", "persistent": {"size": 300}}]}}
      """;
  private static final Duration STARTS = Duration.ofSeconds(90);

  private final ServerProcess server;
  private final Path dir;

  /**
   * The database that a server runs.
   *
   * @param server the server
   * @param dir the directory below which its tasks run
   */
  MariaDb(ServerProcess server, Path dir) {
    this.server = server;
    this.dir = dir;
  }

  /** Whether what is needed is installed; the assertion says what to do. */
  static void assertInstalled() {
    assertThat(Files.isExecutable(Path.of("/usr/sbin/mariadbd")))
        .as("MariaDB is needed (Debian: apt-get install mariadb-server-core mariadb-client-core)")
        .isTrue();
  }

  /** Deploys it as {@code nobody}, as one would where the engine may switch users. */
  void deployAsNobody() {
    deploy(APP.formatted("", "\"user\": \"nobody\","));
  }

  /** Deploys it as whoever runs the test. */
  void deploy() {
    deploy(APP.formatted("--user=" + System.getProperty("user.name"), ""));
  }

  private void deploy(String definition) {
    assertThat(server.post("/v2/apps", definition).status()).isEqualTo(201);
    server.awaitRunning("/mariadb", 1);
    awaitAnswers();
    sql("create database shop; create table shop.t (id int primary key) engine=innodb");
  }

  /** Writes a row and has it committed. */
  void insert(int row) {
    sql("insert into shop.t values (" + row + ")");
  }

  /** All rows, in order. */
  String rows() {
    return sql("select group_concat(id order by id) from shop.t");
  }

  private String sql(String statement) {
    int port = server.running("/mariadb").getFirst().path("ports").path(0).asInt();
    List<String> command =
        List.of(
            "mariadb",
            "--no-defaults",
            "--host=127.0.0.1",
            "--port=" + port,
            "--user=root",
            "--batch",
            "--skip-column-names",
            "--execute=" + statement);
    try {
      Process client = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!client.waitFor(20, TimeUnit.SECONDS) || client.exitValue() != 0) {
        throw new IllegalStateException(output);
      }
      return output.strip();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** Waits until it takes statements. */
  void awaitAnswers() {
    server.await(
        "the database answers",
        STARTS,
        () -> {
          try {
            return sql("select 1").equals("1");
          } catch (RuntimeException notYet) {
            return false;
          }
        });
  }

  /** Waits for a run of it, counted from 1, that takes statements. */
  void awaitRun(int incarnation) {
    server.await(
        "incarnation " + incarnation + " runs",
        STARTS,
        () ->
            server.running("/mariadb").stream()
                .anyMatch(task -> task.path("id").asString().endsWith("._app." + incarnation)));
    awaitAnswers();
  }

  /** Its processes: at any time one at most. */
  List<ProcessHandle> processes() {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      String below = dir.toRealPath().toString();
      List<ProcessHandle> found =
          all.filter(process -> process.info().command().orElse("").endsWith("mariadbd"))
              .filter(process -> workingDirectory(process).startsWith(below))
              .toList();
      assertThat(found).as("databases on one volume").hasSizeLessThanOrEqualTo(1);
      return found;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The processes that watch over them. */
  List<ProcessHandle> supervisors() {
    return processes().stream().flatMap(database -> database.parent().stream()).toList();
  }

  private static String workingDirectory(ProcessHandle process) {
    try {
      return Path.of("/proc", Long.toString(process.pid()), "cwd").toRealPath().toString();
    } catch (IOException gone) {
      return "";
    }
  }
}
