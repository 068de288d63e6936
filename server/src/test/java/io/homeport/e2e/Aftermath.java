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
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What must hold once all that was killed is back: what the server says is held against ledgers,
 * disks, and {@code /proc}.
 */
final class Aftermath {
  private static final Duration SETTLES = Duration.ofMinutes(3);
  private static final int ROUNDS_BETWEEN_LINES = 10;

  private final Disks disks;
  private final Path processes;
  private int checks;
  private int launches;
  private int volumesSeen;

  /**
   * Holds a server against what is there.
   *
   * @param disks the agents' disks
   * @param processes the directory below which tasks run
   */
  Aftermath(Disks disks, Path processes) {
    this.disks = disks;
    this.processes = processes;
  }

  /** Counts, for people. */
  String summary() {
    return launches + " launches on " + volumesSeen + " volumes";
  }

  /** Waits until all is quiet and as it was answered, and then looks into the volumes. */
  void check(ServerProcess server, List<AppLedger> ledgers, String round) {
    server.await(
        round + ": a leader answers", SETTLES, () -> server.get("/v2/apps").status() == 200);
    ledgers.forEach(ledger -> settle(server, ledger));
    List<String> differences = new ArrayList<>();
    try {
      server.await(
          round + ": all is as it was answered",
          SETTLES,
          () -> {
            differences.clear();
            ledgers.forEach(ledger -> compareApp(server, ledger, differences));
            compareTasks(server, ledgers, differences);
            compareDisks(server, differences);
            return differences.isEmpty();
          });
    } catch (AssertionError never) {
      throw new AssertionError(String.join("\n", differences) + "\n" + never.getMessage(), never);
    }
    ledgers.forEach(ledger -> checkContents(server, ledger, round));
    if (++checks % ROUNDS_BETWEEN_LINES == 0) {
      System.out.println(round + " held; " + summary());
    }
  }

  private static void settle(ServerProcess server, AppLedger ledger) {
    JsonNode app = server.get("/v2/apps" + ledger.app()).body().path("app");
    ledger.settle(
        app.isMissingNode() ? OptionalInt.empty() : OptionalInt.of(app.path("instances").asInt()));
  }

  private static void compareApp(ServerProcess server, AppLedger ledger, List<String> differences) {
    Answer app = server.get("/v2/apps" + ledger.app());
    Compared compared = new Compared(ledger.app(), differences);
    int wanted = ledger.instances().orElse(0);
    compared.same("status", app.status(), ledger.instances().isPresent() ? 200 : 404);
    JsonNode definition = app.body().path("app");
    compared.same("instances", definition.path("instances").asInt(0), wanted);
    ledger
        .configuration()
        .map(String::valueOf)
        .ifPresent(
            configuration ->
                compared.same(
                    "configuration",
                    definition.path("env").path("CONFIGURATION").asString(""),
                    configuration));
    List<String> running = ids(server.running(ledger.app()));
    compared.same("running tasks", running.size(), wanted);
    compared.none("tasks whose end was acknowledged", running, ledger.ended()::contains);
    compareVolumes(server, ledger, compared);
  }

  private static void compareVolumes(ServerProcess server, AppLedger ledger, Compared compared) {
    List<JsonNode> volumes =
        server.volumes(ledger.app()).stream().filter(volume -> !isUnmade(volume)).toList();
    List<String> ids = ids(volumes);
    List<String> statuses =
        volumes.stream().map(volume -> volume.path("status").asString()).toList();
    compared.same(
        "attached volumes",
        (int) statuses.stream().filter("attached"::equals).count(),
        ledger.stateful() ? ledger.instances().orElse(0) : 0);
    compared.none(
        "statuses", statuses, status -> !status.equals("attached") && !status.equals("detached"));
    compared.none("volumes that were destroyed", ids, ledger.mustGo()::contains);
    compared.none("volumes that are lost", ledger.mustStay(), id -> !ids.contains(id));
    long ordinals =
        volumes.stream().map(volume -> volume.path("ordinal").asInt()).distinct().count();
    compared.same("ordinals", (int) ordinals, volumes.size());
  }

  private static List<String> ids(List<JsonNode> nodes) {
    return nodes.stream().map(node -> node.path("id").asString()).toList();
  }

  /** Each running task has exactly one process, there are no others, and no deployment is left. */
  private void compareTasks(
      ServerProcess server, List<AppLedger> ledgers, List<String> differences) {
    Compared compared = new Compared("all", differences);
    compared.same("deployments", server.deployments(), 0);
    List<String> tasks = new ArrayList<>();
    Map<String, Path> directories = disks.volumes();
    for (AppLedger ledger : ledgers) {
      for (JsonNode task : server.running(ledger.app())) {
        String id = task.path("id").asString();
        tasks.add(id);
        if (ledger.stateful()) {
          String volume = task.path("localVolumes").path(0).path("persistenceId").asString();
          compared.same(
              "the last that wrote into " + volume, lastLine(directories.get(volume)), id);
        }
      }
    }
    compared.same(
        "processes", SandboxProcesses.taskIds(processes), tasks.stream().sorted().toList());
  }

  private static String lastLine(@Nullable Path directory) {
    return directory == null
        ? "nobody: it is not there"
        : read(directory.resolve("log")).lines().reduce("nobody", (_, line) -> line);
  }

  /** What is on disk is what is listed, and nothing else. */
  private void compareDisks(ServerProcess server, List<String> differences) {
    Set<String> volumes = new TreeSet<>();
    Set<String> reservations = new TreeSet<>();
    for (JsonNode volume : server.get("/v2/volumes").body().path("volumes")) {
      if (!isUnmade(volume)) {
        volumes.add(volume.path("id").asString());
      }
      reservations.add(volume.path("reservationId").asString());
    }
    Compared compared = new Compared("disks", differences);
    compared.same("volumes", disks.volumes().keySet(), volumes);
    compared.same("reservations", disks.reservations(), reservations);
  }

  /**
   * An instance that was scaled away between its reservation and its volume gets the volume when it
   * is wanted again.
   */
  private static boolean isUnmade(JsonNode volume) {
    return volume.path("status").asString().equals("creating") && volume.path("taskId").isNull();
  }

  private void checkContents(ServerProcess server, AppLedger ledger, String round) {
    Map<String, Path> directories = disks.volumes();
    Map<String, String> contents = new TreeMap<>();
    for (JsonNode volume : server.volumes(ledger.app())) {
      String id = volume.path("id").asString();
      Optional.ofNullable(directories.get(id))
          .ifPresent(
              directory ->
                  contents.put(id, content(ledger, volume, directory, round + ": " + volume)));
    }
    ledger.checked(contents);
  }

  /** Each launch is there once, after all that were there before, and all are of one instance. */
  private String content(AppLedger ledger, JsonNode volume, Path directory, String what) {
    String log = read(directory.resolve("log"));
    String before = ledger.content(volume.path("id").asString());
    assertThat(log).as(what).startsWith(before);
    assertThat(log.lines()).as(what).doesNotHaveDuplicates();
    assertThat(log.lines())
        .as(what)
        .allMatch(line -> line.startsWith(volume.path("instanceId").asString() + "._app."));
    assertThat(directory.resolve("double")).as(what + ": two tasks at once").doesNotExist();
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

  /**
   * Collects what differs.
   *
   * @param of what is compared
   * @param differences where sentences go
   */
  private record Compared(String of, List<String> differences) {
    <T> void same(String what, T found, T expected) {
      if (!found.equals(expected)) {
        differences.add(of + ": " + what + ": found " + found + ", expected " + expected);
      }
    }

    void none(String what, List<String> values, Predicate<String> bad) {
      List<String> found = values.stream().filter(bad).toList();
      if (!found.isEmpty()) {
        differences.add(of + ": " + what + ": " + found);
      }
    }
  }
}
