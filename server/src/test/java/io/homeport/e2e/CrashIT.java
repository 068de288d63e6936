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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The server is killed at random moments of a busy script of deployments. Afterwards what is wanted
 * is what is there, no task runs twice, no volume is lost or doubled, and every answer that was
 * given still holds. {@code -Dhomeport.crash.rounds} sets how often, {@code -Dhomeport.crash.seed}
 * which moments.
 */
class CrashIT {
  private static final int APPS = 4;

  @TempDir Path dir;

  /** What the server answered with success, last of all, for each app: the number of instances. */
  private final Map<String, Integer> answered = new TreeMap<>();

  /** Apps whose last request got no answer: either outcome is right. */
  private final Set<String> open = new TreeSet<>();

  private static String app(String id, int instances) {
    return """
        {"id": "%s", "cmd": "echo $MESOS_TASK_ID >> data/log; exec sleep 1000000", "cpus": 0.05,
         "mem": 16, "instances": %d, "backoffSeconds": 0, "taskKillGracePeriodSeconds": 1,
         "container": {"type": "MESOS", "volumes": [
           {"containerPath": "data", "mode": "RW", "persistent": {"size": 1}}]}}
        """
        .formatted(id, instances);
  }

  @Test
  void nothingIsLostOrDoubledHoweverOftenTheServerIsKilled() throws InterruptedException {
    int rounds = Integer.getInteger("homeport.crash.rounds", 20);
    long seed = Long.getLong("homeport.crash.seed", System.nanoTime());
    System.out.println("crash rounds: " + rounds + ", seed: " + seed);
    Random random = new Random(seed);
    try (ServerProcess server = ServerProcess.start(dir.resolve("data"), "--local-agents", "3")) {
      for (int round = 1; round <= rounds; round++) {
        AtomicBoolean stop = new AtomicBoolean();
        Random script = new Random(random.nextLong());
        Thread user = Thread.ofPlatform().start(() -> work(server, script, stop));
        TimeUnit.MILLISECONDS.sleep(50 + random.nextInt(1500));
        server.kill9();
        stop.set(true);
        user.join();
        server.start();
        check(server, "round " + round + " of seed " + seed);
      }
    }
  }

  private void work(ServerProcess server, Random random, AtomicBoolean stop) {
    while (!stop.get()) {
      String id = "/app" + random.nextInt(APPS);
      int instances = 1 + random.nextInt(4);
      try {
        switch (random.nextInt(6)) {
          case 0, 1, 2 -> put(server, id, instances);
          case 3 -> restart(server, id);
          case 4 -> killOne(server, id, random);
          default -> remove(server, id);
        }
      } catch (UncheckedIOException dead) {
        return;
      }
    }
  }

  private void put(ServerProcess server, String id, int instances) {
    open.add(id);
    ServerProcess.Answer answer = server.put("/v2/apps" + id + "?force=true", app(id, instances));
    if (answer.status() == 200 || answer.status() == 201) {
      answered.put(id, instances);
    }
    open.remove(id);
  }

  private static void restart(ServerProcess server, String id) {
    server.post("/v2/apps" + id + "/restart?force=true", "{}");
  }

  private static void killOne(ServerProcess server, String id, Random random) {
    List<JsonNode> tasks = server.running(id);
    if (!tasks.isEmpty()) {
      String task = tasks.get(random.nextInt(tasks.size())).path("id").asString();
      server.delete("/v2/apps" + id + "/tasks/" + task);
    }
  }

  private void remove(ServerProcess server, String id) {
    open.add(id);
    ServerProcess.Answer answer = server.delete("/v2/apps" + id + "?force=true");
    if (answer.status() == 200) {
      answered.remove(id);
    }
    open.remove(id);
  }

  private void check(ServerProcess server, String round) {
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
    checkVolumes(server, round);
    checkProcesses(server, round);
  }

  private void checkVolumes(ServerProcess server, String round) {
    for (Map.Entry<String, Integer> app : answered.entrySet()) {
      List<String> attached = new ArrayList<>();
      Set<Integer> ordinals = new TreeSet<>();
      for (JsonNode volume : server.volumes(app.getKey())) {
        if (volume.path("status").asString().equals("attached")) {
          attached.add(volume.path("id").asString());
          ordinals.add(volume.path("ordinal").asInt());
        }
        assertThat(volume.path("status").asString())
            .as(round + ": " + volume)
            .isIn("attached", "detached", "destroying");
      }
      assertThat(attached).as(round + ": " + app.getKey()).hasSize(app.getValue());
      assertThat(ordinals).as(round + ": " + app.getKey()).hasSize(app.getValue());
    }
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
        () -> SandboxProcesses.taskIds(dir).equals(List.copyOf(tasks)));
  }
}
