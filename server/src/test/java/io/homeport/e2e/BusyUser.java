package io.homeport.e2e;

import io.homeport.e2e.ServerProcess.Answer;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/**
 * Somebody who never rests: creates, scales, restarts, changes and deletes apps of their own, kills
 * and wipes their tasks, destroys their volumes, switches agents off and on. Writes into ledgers
 * what the server answered.
 */
final class BusyUser {
  private static final int MOST_INSTANCES = 4;
  private static final int AGENTS = 3;

  private final ServerProcess server;
  private final Path directory;
  private final List<AppLedger> ledgers;
  private final Random random;
  private final AtomicBoolean stop;
  private final AtomicInteger actions;

  BusyUser(
      ServerProcess server,
      Path directory,
      List<AppLedger> ledgers,
      Random random,
      AtomicBoolean stop,
      AtomicInteger actions) {
    this.server = server;
    this.directory = directory;
    this.ledgers = ledgers;
    this.random = random;
    this.stop = stop;
    this.actions = actions;
  }

  /**
   * A definition. Its tasks note their start in their volume, and complain there when they are not
   * alone on it.
   */
  static String definition(AppLedger ledger, int instances, int configuration) {
    String common =
        """
        "id": "%s", "cpus": 0.05, "mem": 16, "instances": %d, "backoffSeconds": 0,
        "taskKillGracePeriodSeconds": 1, "env": {"CONFIGURATION": "%d"}
        """
            .formatted(ledger.app(), instances, configuration);
    return ledger.stateful()
        ? """
        {%s, "cmd": "exec 9>>data/lock; flock -n 9 || echo $MESOS_TASK_ID >> data/double; echo $MESOS_TASK_ID >> data/log; exec sleep 1000000",
         "container": {"type": "MESOS", "volumes": [
           {"containerPath": "data", "mode": "RW", "persistent": {"size": 1}}]}}
        """
            .formatted(common)
        : "{%s, \"cmd\": \"exec sleep 1000000\"}".formatted(common);
  }

  /** Works until told to stop, or until the server is dead. */
  void work() {
    while (!stop.get()) {
      AppLedger ledger = ledgers.get(random.nextInt(ledgers.size()));
      try {
        act(ledger);
        actions.incrementAndGet();
      } catch (UncheckedIOException dead) {
        return;
      }
    }
  }

  private void act(AppLedger ledger) {
    switch (random.nextInt(16)) {
      case 0, 1, 2, 3 -> put(ledger, 0);
      case 4 -> put(ledger, random.nextInt(100));
      case 5 -> restart(ledger);
      case 6, 7 -> kill(ledger, "");
      case 8 -> kill(ledger, "?wipe=true");
      case 9 -> kill(ledger, "?scale=true");
      case 10 -> killProcess();
      case 11 -> destroyDetached(ledger);
      case 12 -> agent("stop");
      case 13 -> agent("activate");
      default -> delete(ledger);
    }
  }

  private void put(AppLedger ledger, int configuration) {
    int instances = 1 + random.nextInt(MOST_INSTANCES);
    ledger.begin();
    Answer answer =
        server.put(
            "/v2/apps" + ledger.app() + "?force=true",
            definition(ledger, instances, configuration));
    if (answer.status() == 200 || answer.status() == 201) {
      ledger.has(instances, configuration);
    }
    ledger.answered();
  }

  private void restart(AppLedger ledger) {
    ledger.begin();
    server.post("/v2/apps" + ledger.app() + "/restart?force=true", "{}");
    ledger.answered();
  }

  private void kill(AppLedger ledger, String how) {
    List<JsonNode> tasks = server.running(ledger.app());
    if (tasks.isEmpty()) {
      return;
    }
    JsonNode task = tasks.get(random.nextInt(tasks.size()));
    String id = task.path("id").asString();
    List<JsonNode> volumes = ServerProcess.list(task.path("localVolumes"));
    boolean wipe = how.contains("wipe") && ledger.stateful();
    if (wipe) {
      volumes.forEach(volume -> ledger.destroying(volume.path("persistenceId").asString()));
    }
    ledger.begin();
    Answer answer = server.delete("/v2/apps" + ledger.app() + "/tasks/" + id + how);
    if (answer.status() == 200) {
      ledger.endedTask(id);
      if (wipe) {
        volumes.forEach(volume -> ledger.destroyed(volume.path("persistenceId").asString()));
      }
      // An instance that is being scaled away already is ended without counting twice.
      if (how.contains("scale") && answer.body().has("deploymentId")) {
        ledger.hasOneLess();
      }
    }
    ledger.answered();
  }

  /** Any task's process, as if it had crashed. */
  private void killProcess() {
    List<ProcessHandle> processes = SandboxProcesses.sleeping(directory);
    if (!processes.isEmpty()) {
      processes.get(random.nextInt(processes.size())).destroyForcibly();
    }
  }

  private void destroyDetached(AppLedger ledger) {
    for (JsonNode volume : server.volumes(ledger.app())) {
      if (volume.path("status").asString().equals("detached")) {
        String id = volume.path("id").asString();
        ledger.destroying(id);
        if (server.delete("/v2/volumes/" + id.replace("#", "%23")).status() == 202) {
          ledger.destroyed(id);
        }
        return;
      }
    }
  }

  private void agent(String action) {
    server.post("/v2/agents/local-" + (1 + random.nextInt(AGENTS)) + "/" + action, "{}");
  }

  private void delete(AppLedger ledger) {
    ledger.begin();
    ledger.deleting();
    if (server.delete("/v2/apps" + ledger.app() + "?force=true").status() == 200) {
      ledger.deleted();
    }
    ledger.answered();
  }
}
