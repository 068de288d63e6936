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

  private final List<ServerProcess> servers;
  private final Path processes;
  private final List<String> agents;
  private final List<AppLedger> ledgers;
  private final AtomicInteger actions;

  BusyUser(
      List<ServerProcess> servers,
      Path processes,
      List<String> agents,
      List<AppLedger> ledgers,
      AtomicInteger actions) {
    this.servers = servers;
    this.processes = processes;
    this.agents = agents;
    this.ledgers = ledgers;
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

  /** Works until told to stop; a request without an answer leaves the app's ledger open. */
  void work(Random random, AtomicBoolean stop) {
    while (!stop.get()) {
      AppLedger ledger = ledgers.get(random.nextInt(ledgers.size()));
      ServerProcess server = servers.get(random.nextInt(servers.size()));
      try {
        new Turn(server, ledger, random).act();
        actions.incrementAndGet();
      } catch (UncheckedIOException unanswered) {
        // By a server that is dead, paused, or dies of it: the next one may answer.
        Thread.onSpinWait();
      }
    }
  }

  /** One thing that a user does. */
  private final class Turn {
    private final ServerProcess server;
    private final AppLedger ledger;
    private final Random random;

    Turn(ServerProcess server, AppLedger ledger, Random random) {
      this.server = server;
      this.ledger = ledger;
      this.random = random;
    }

    void act() {
      switch (random.nextInt(16)) {
        case 0, 1, 2, 3 -> put(0);
        case 4 -> put(random.nextInt(100));
        case 5 -> ledger.request(() -> post("/v2/apps" + ledger.app() + "/restart?force=true"));
        case 6, 7 -> kill("");
        case 8 -> kill("?wipe=true");
        case 9 -> kill("?scale=true");
        case 10 -> killProcess();
        case 11 -> destroyDetached();
        case 12 -> agent("stop");
        case 13 -> agent("activate");
        default -> delete();
      }
    }

    private Answer post(String path) {
      return server.post(path, "{}");
    }

    private void put(int configuration) {
      int instances = 1 + random.nextInt(MOST_INSTANCES);
      Answer answer =
          ledger.request(
              () ->
                  server.put(
                      "/v2/apps" + ledger.app() + "?force=true",
                      definition(ledger, instances, configuration)));
      if (answer.status() == 200 || answer.status() == 201) {
        ledger.has(instances, configuration);
      }
    }

    private void kill(String how) {
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
      Answer answer =
          ledger.request(() -> server.delete("/v2/apps" + ledger.app() + "/tasks/" + id + how));
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
    }

    /** Any task's process, as if it had crashed. */
    private void killProcess() {
      List<ProcessHandle> sleeping = SandboxProcesses.sleeping(processes);
      if (!sleeping.isEmpty()) {
        sleeping.get(random.nextInt(sleeping.size())).destroyForcibly();
      }
    }

    private void destroyDetached() {
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
      if (!agents.isEmpty()) {
        post("/v2/agents/" + agents.get(random.nextInt(agents.size())) + "/" + action);
      }
    }

    private void delete() {
      ledger.deleting();
      if (ledger.request(() -> server.delete("/v2/apps" + ledger.app() + "?force=true")).status()
          == 200) {
        ledger.deleted();
      }
    }
  }
}
