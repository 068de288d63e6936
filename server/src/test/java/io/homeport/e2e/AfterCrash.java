package io.homeport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.e2e.ServerProcess.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What must hold once a server that was killed serves again: against ledgers, disk, and /proc. */
final class AfterCrash {
  private static final Duration SETTLES = Duration.ofMinutes(3);

  private final ServerProcess server;
  private final Path directory;
  private int launches;
  private int volumesSeen;

  AfterCrash(ServerProcess server, Path directory) {
    this.server = server;
    this.directory = directory;
  }

  /** Counts, for people. */
  String summary() {
    return launches + " launches on " + volumesSeen + " volumes";
  }

  void check(List<AppLedger> ledgers, String round) {
    for (String agent : List.of("local-1", "local-2", "local-3")) {
      server.post("/v2/agents/" + agent + "/activate", "{}");
    }
    ledgers.forEach(this::settle);
    for (AppLedger ledger : ledgers) {
      int wanted = ledger.instances().orElse(0);
      server.await(
          round + ": " + wanted + " running tasks of " + ledger.app(),
          SETTLES,
          () -> server.running(ledger.app()).size() == wanted);
    }
    server.awaitNoDeployments();
    ledgers.forEach(ledger -> checkApp(ledger, round));
    checkDisk(round);
    checkProcesses(ledgers, round);
    ledgers.forEach(ledger -> checkVolumes(ledger, round));
  }

  private void settle(AppLedger ledger) {
    JsonNode app = server.get("/v2/apps" + ledger.app()).body().path("app");
    ledger.settle(
        app.isMissingNode() ? OptionalInt.empty() : OptionalInt.of(app.path("instances").asInt()));
  }

  private void checkApp(AppLedger ledger, String round) {
    Answer app = server.get("/v2/apps" + ledger.app());
    String what = round + ": " + ledger.app();
    assertThat(app.status()).as(what).isEqualTo(ledger.instances().isPresent() ? 200 : 404);
    ledger
        .instances()
        .ifPresent(
            count ->
                assertThat(app.body().path("app").path("instances").asInt())
                    .as(what)
                    .isEqualTo(count));
    ledger
        .configuration()
        .ifPresent(
            wanted ->
                assertThat(app.body().path("app").path("env").path("CONFIGURATION").asString())
                    .as(what)
                    .isEqualTo(wanted.toString()));
    assertThat(server.running(ledger.app()))
        .as(what + ": tasks whose end was acknowledged")
        .noneMatch(task -> ledger.ended().contains(task.path("id").asString()));
  }

  private void checkVolumes(AppLedger ledger, String round) {
    server.await(
        round + ": what was destroyed of " + ledger.app() + " is gone: " + ledger.mustGo(),
        SETTLES,
        () ->
            server.volumes(ledger.app()).stream()
                .noneMatch(
                    volume ->
                        ledger.mustGo().contains(volume.path("id").asString())
                            || volume.path("status").asString().equals("destroying")));
    int wanted = ledger.stateful() ? ledger.instances().orElse(0) : 0;
    server.await(
        round + ": " + wanted + " attached volumes of " + ledger.app(),
        SETTLES,
        () -> attached(ledger).size() == wanted);
    Map<String, String> contents = new TreeMap<>();
    Set<Integer> ordinals = new TreeSet<>();
    for (JsonNode volume : server.volumes(ledger.app())) {
      String what = round + ": " + volume;
      if (isUnmade(volume)) {
        continue;
      }
      assertThat(volume.path("status").asString()).as(what).isIn("attached", "detached");
      assertThat(ordinals.add(volume.path("ordinal").asInt())).as(what).isTrue();
      contents.put(volume.path("id").asString(), content(ledger, volume, what));
    }
    assertThat(contents.keySet())
        .as(round + ": volumes of " + ledger.app())
        .containsAll(ledger.mustStay());
    ledger.checked(contents);
  }

  private List<JsonNode> attached(AppLedger ledger) {
    return server.volumes(ledger.app()).stream()
        .filter(volume -> volume.path("status").asString().equals("attached"))
        .toList();
  }

  /** Each launch is there once, after all that were there before, and all are of one instance. */
  private String content(AppLedger ledger, JsonNode volume, String what) {
    Path data = Path.of(volume.path("location").asString());
    String log = read(data.resolve("log"));
    String before = ledger.content(volume.path("id").asString());
    assertThat(log).as(what).startsWith(before);
    assertThat(log.lines()).as(what).doesNotHaveDuplicates();
    assertThat(log.lines())
        .as(what)
        .allMatch(line -> line.startsWith(volume.path("instanceId").asString() + "._app."));
    assertThat(data.resolve("double")).as(what + ": two tasks at once").doesNotExist();
    launches += (int) (log.lines().count() - before.lines().count());
    volumesSeen += before.isEmpty() && !log.isEmpty() ? 1 : 0;
    return log;
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** What is on disk is what is listed, and nothing else. */
  private void checkDisk(String round) {
    List<String> differences = new ArrayList<>();
    try {
      server.await(
          round + ": the volumes and reservations on disk are those that are listed",
          SETTLES,
          () -> {
            differences.clear();
            Set<String> volumes = new TreeSet<>();
            Set<String> reservations = new TreeSet<>();
            for (JsonNode volume : server.get("/v2/volumes").body().path("volumes")) {
              if (!isUnmade(volume)) {
                volumes.add(volume.path("id").asString());
              }
              reservations.add(volume.path("reservationId").asString() + ".json");
            }
            compare("volumes", volumes, differences);
            compare("reservations", reservations, differences);
            return differences.isEmpty();
          });
    } catch (AssertionError never) {
      throw new AssertionError(differences + "\n" + never.getMessage(), never);
    }
  }

  /**
   * An instance that was scaled away between its reservation and its volume gets the volume when it
   * is wanted again.
   */
  private static boolean isUnmade(JsonNode volume) {
    return volume.path("status").asString().equals("creating") && volume.path("taskId").isNull();
  }

  private void compare(String part, Set<String> listed, List<String> differences) {
    Set<String> there = names(part);
    there.stream()
        .filter(name -> !listed.contains(name))
        .forEach(name -> differences.add(name + " in " + part + " is not listed"));
    listed.stream()
        .filter(name -> !there.contains(name))
        .forEach(name -> differences.add(name + " is listed and not in " + part));
  }

  private Set<String> names(String part) {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> agents = Files.list(server.dataDir().resolve("agents"))) {
      for (Path agent :
          agents.map(path -> path.resolve(part)).filter(Files::isDirectory).toList()) {
        try (Stream<Path> entries = Files.list(agent)) {
          entries.forEach(entry -> names.add(entry.getFileName().toString()));
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return names;
  }

  /** Each running task has exactly one process, and there are no others. */
  private void checkProcesses(List<AppLedger> ledgers, String round) {
    server.await(
        round + ": one process for each task",
        SETTLES,
        () -> {
          Set<String> tasks = new TreeSet<>();
          for (AppLedger ledger : ledgers) {
            server.running(ledger.app()).forEach(task -> tasks.add(task.path("id").asString()));
          }
          return SandboxProcesses.taskIds(directory).equals(List.copyOf(tasks));
        });
  }
}
