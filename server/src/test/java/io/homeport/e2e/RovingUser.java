package io.homeport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.JsonNode;

/**
 * Somebody who deploys, scales, restarts, kills, wipes and deletes apps at random, remembers what
 * was answered, and afterwards holds servers, volumes and processes against it.
 */
final class RovingUser {
  private static final int APPS = 4;
  private static final int MOST_INSTANCES = 4;

  private final List<ServerProcess> servers;
  private final Path processes;

  /** What was answered with success, last of all, for each app: the number of instances. */
  private final Map<String, Integer> answered = new TreeMap<>();

  /** Apps whose last request got no clear answer: either outcome is right. */
  private final Set<String> open = new TreeSet<>();

  /** The volumes at the last check, by app; of an app that was wiped or deleted since, none. */
  private final Map<String, Set<String>> kept = new TreeMap<>();

  private int requests;
  private int unanswered;

  /**
   * A user.
   *
   * @param servers any of which is asked
   * @param processes the directory below which tasks run
   */
  RovingUser(List<ServerProcess> servers, Path processes) {
    this.servers = servers;
    this.processes = processes;
  }

  private static String app(String id, int instances) {
    return """
        {"id": "%s", "cmd": "echo $MESOS_TASK_ID >> data/log; exec sleep 1000000", "cpus": 0.05,
         "mem": 16, "instances": %d, "backoffSeconds": 0, "taskKillGracePeriodSeconds": 1,
         "container": {"type": "MESOS", "volumes": [
           {"containerPath": "data", "mode": "RW", "persistent": {"size": 1}}]}}
        """
        .formatted(id, instances);
  }

  /** What it did. */
  String summary() {
    return requests + " requests were answered, " + unanswered + " were not";
  }

  /** Works until it is told to stop; servers that are dead are passed over. */
  void work(Random random, AtomicBoolean stop) {
    while (!stop.get()) {
      ServerProcess server = servers.get(random.nextInt(servers.size()));
      String id = "/app" + random.nextInt(APPS);
      try {
        switch (random.nextInt(8)) {
          case 0, 1, 2 -> put(server, id, 1 + random.nextInt(MOST_INSTANCES));
          case 3 -> server.post("/v2/apps" + id + "/restart?force=true", "{}");
          case 4, 5 -> killOne(server, id, random, "");
          case 6 -> {
            kept.remove(id);
            killOne(server, id, random, "?wipe=true");
          }
          default -> remove(server, id);
        }
        requests++;
      } catch (UncheckedIOException dead) {
        unanswered++;
      }
    }
  }

  private void put(ServerProcess server, String id, int instances) {
    change(id, instances, () -> server.put("/v2/apps" + id + "?force=true", app(id, instances)));
  }

  private void remove(ServerProcess server, String id) {
    kept.remove(id);
    change(id, 0, () -> server.delete("/v2/apps" + id + "?force=true"));
  }

  /** A request that may be answered. */
  private interface Request {
    ServerProcess.Answer send();
  }

  private void change(String id, int instances, Request request) {
    boolean wasOpen = !open.add(id);
    ServerProcess.Answer answer = request.send();
    int status = answer.status();
    if (status == 200 || status == 201) {
      if (instances == 0) {
        answered.remove(id);
      } else {
        answered.put(id, instances);
      }
      open.remove(id);
    } else if (!wasOpen && (status < 500 || isUndone(answer))) {
      open.remove(id);
    }
  }

  /** Whether the answer says that nothing was changed; that is believed, and checked. */
  private static boolean isUndone(ServerProcess.Answer answer) {
    return answer.body().path("message").asString("").contains("othing was changed");
  }

  private static void killOne(ServerProcess server, String id, Random random, String how) {
    List<JsonNode> tasks = server.running(id);
    if (!tasks.isEmpty()) {
      String task = tasks.get(random.nextInt(tasks.size())).path("id").asString();
      server.delete("/v2/apps" + id + "/tasks/" + task + how);
    }
  }

  /** Waits until what is wanted is what is there, and holds it against what was answered. */
  void check(ServerProcess server, String round) {
    server.await(
        round + ": a leader answers",
        Duration.ofSeconds(60),
        () -> server.get("/v2/apps").status() == 200);
    for (String id : Set.copyOf(open)) {
      JsonNode app = server.get("/v2/apps" + id).body().path("app");
      if (app.isMissingNode()) {
        answered.remove(id);
      } else {
        answered.put(id, app.path("instances").asInt());
      }
    }
    open.clear();
    for (int index = 0; index < APPS; index++) {
      String id = "/app" + index;
      int wanted = answered.getOrDefault(id, 0);
      server.await(
          round + ": " + wanted + " running tasks of " + id,
          Duration.ofSeconds(60),
          () -> server.running(id).size() == wanted);
      assertThat(server.get("/v2/apps" + id).status())
          .as(round + ": " + id)
          .isEqualTo(answered.containsKey(id) ? 200 : 404);
    }
    server.awaitNoDeployments();
    answered.forEach((id, instances) -> checkVolumes(server, id, instances, round));
    checkProcesses(server, round);
  }

  private void checkVolumes(ServerProcess server, String id, int instances, String round) {
    List<String> attached = new ArrayList<>();
    Set<String> all = new TreeSet<>();
    Set<Integer> ordinals = new TreeSet<>();
    for (JsonNode volume : server.volumes(id)) {
      String status = volume.path("status").asString();
      assertThat(status)
          .as(round + ": " + volume)
          .isIn("attached", "detached", "destroying", "destroyed");
      if (status.equals("attached")) {
        attached.add(volume.path("id").asString());
        ordinals.add(volume.path("ordinal").asInt());
      }
      if (!status.equals("destroying")) {
        all.add(volume.path("id").asString());
      }
    }
    assertThat(attached).as(round + ": attached to " + id).hasSize(instances);
    assertThat(ordinals).as(round + ": ordinals of " + id).hasSize(instances);
    assertThat(all).as(round + ": kept for " + id).containsAll(kept.getOrDefault(id, Set.of()));
    kept.put(id, all);
  }

  /** Each running task has exactly one process, and there are no others. */
  private void checkProcesses(ServerProcess server, String round) {
    Set<String> tasks = new TreeSet<>();
    for (String id : answered.keySet()) {
      server.running(id).forEach(task -> tasks.add(task.path("id").asString()));
    }
    server.await(
        round + ": one process for each task",
        Duration.ofSeconds(30),
        () -> SandboxProcesses.taskIds(processes).equals(List.copyOf(tasks)));
  }
}
