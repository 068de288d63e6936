package io.homeport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.mesos.testing.TestMesos;
import java.io.IOException;
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
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * On a Mesos cluster, the server, the master and agents die at random moments of a busy script of
 * deployments. Afterwards what is wanted is what is there, no task runs twice or beside another on
 * one volume, no volume is lost or doubled, nothing stays reserved that nobody owns, and every
 * answer that was given still holds. {@code -Dhomeport.mesos.rounds} sets how often, {@code
 * -Dhomeport.mesos.seed} which moments.
 */
final class MesosCrashIT {
  private static final int APPS = 3;
  private static final int AGENTS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path dir;

  /** What the server answered with success, last of all, for each app: the number of instances. */
  private final Map<String, Integer> answered = new TreeMap<>();

  /** Apps whose last request got no answer: either outcome is right. */
  private final Set<String> open = new TreeSet<>();

  /** Hunted with ./soak alone: docs/soak.md says what it found and is open. */
  @Test
  @EnabledIfSystemProperty(named = "homeport.mesos.rounds", matches = "[0-9]+")
  void nothingIsLostOrDoubledWhateverDies() throws Exception {
    int rounds = Integer.getInteger("homeport.mesos.rounds", 6);
    long seed = Long.getLong("homeport.mesos.seed", System.nanoTime());
    System.out.println("Mesos crash rounds: " + rounds + ", seed: " + seed);
    Random random = new Random(seed);
    try (TestMesos mesos = TestMesos.start(dir.resolve("mesos"), AGENTS);
        ServerProcess server = MesosServer.start(dir.resolve("data"), mesos)) {
      for (int round = 1; round <= rounds; round++) {
        AtomicBoolean stop = new AtomicBoolean();
        Random script = new Random(random.nextLong());
        Thread user = Thread.ofPlatform().start(() -> work(server, script, stop));
        TimeUnit.MILLISECONDS.sleep(200 + random.nextInt(2000));
        String what = trouble(mesos, server, random);
        stop.set(true);
        user.join();
        check(mesos, server, "round " + round + " of seed " + seed + ", " + what);
      }
    }
  }

  /** Something dies, and comes back. */
  private static String trouble(TestMesos mesos, ServerProcess server, Random random)
      throws IOException, InterruptedException {
    int agent = random.nextInt(AGENTS);
    int kind = random.nextInt(6);
    boolean both = random.nextBoolean();
    switch (kind) {
      case 0, 1 -> {
        // nothing but the server dies
      }
      case 2 -> mesos.killMaster();
      case 3 -> mesos.killAgent(agent);
      case 4 -> mesos.crashAgent(agent);
      default -> mesos.forgetAgent(agent);
    }
    TimeUnit.MILLISECONDS.sleep(random.nextInt(2500));
    if (kind < 2 || both) {
      server.kill9();
      TimeUnit.MILLISECONDS.sleep(random.nextInt(1000));
    }
    if (kind == 2) {
      mesos.startMaster();
    } else if (kind > 2) {
      mesos.startAgent(agent);
    }
    if (kind < 2 || both) {
      server.start();
    }
    return List.of("server", "server", "master", "agent", "machine", "agent's identity").get(kind)
        + (both ? " and server" : "");
  }

  private void work(ServerProcess server, Random random, AtomicBoolean stop) {
    while (!stop.get()) {
      String id = "/app" + random.nextInt(APPS);
      try {
        switch (random.nextInt(8)) {
          case 0, 1, 2 -> put(server, id, 1 + random.nextInt(3));
          case 3 -> server.post("/v2/apps" + id + "/restart?force=true", "{}");
          case 4, 5 -> killOne(server, id, random);
          case 6 -> TimeUnit.MILLISECONDS.sleep(random.nextInt(500));
          default -> remove(server, id);
        }
      } catch (UncheckedIOException dead) {
        return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void put(ServerProcess server, String id, int instances) {
    open.add(id);
    ServerProcess.Answer answer =
        server.put("/v2/apps" + id + "?force=true", MesosServer.app(id, instances, ""));
    if (answer.status() == 200 || answer.status() == 201) {
      answered.put(id, instances);
    }
    open.remove(id);
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
    if (server.delete("/v2/apps" + id + "?force=true").status() == 200) {
      answered.remove(id);
    }
    open.remove(id);
  }

  private void check(TestMesos mesos, ServerProcess server, String round) throws IOException {
    for (String id : Set.copyOf(open)) {
      JsonNode app = server.get("/v2/apps" + id).body().path("app");
      if (app.isMissingNode()) {
        answered.remove(id);
      } else {
        answered.put(id, app.path("instances").asInt());
      }
    }
    open.clear();
    int wanted = answered.values().stream().mapToInt(Integer::intValue).sum();
    server.await(
        round + ": " + answered,
        PATIENCE,
        () -> {
          for (int index = 0; index < APPS; index++) {
            String id = "/app" + index;
            if (server.running(id).size() != answered.getOrDefault(id, 0)) {
              return false;
            }
          }
          return server.deployments() == 0 && mesos.running().size() == wanted;
        });
    List<String> known = new ArrayList<>();
    for (int index = 0; index < APPS; index++) {
      server.running("/app" + index).forEach(task -> known.add(task.path("id").asString()));
    }
    assertThat(mesos.running()).as(round).containsExactlyInAnyOrderElementsOf(known);
    checkVolumes(mesos, server, round);
  }

  private void checkVolumes(TestMesos mesos, ServerProcess server, String round)
      throws IOException {
    server.await(
        round + ": the volumes that are known are those that are there",
        PATIENCE,
        () -> onDisk(mesos) == server.get("/v2/volumes").body().path("volumes").size());
    for (Map.Entry<String, Integer> app : answered.entrySet()) {
      Set<Integer> attached = new TreeSet<>();
      for (JsonNode volume : server.volumes(app.getKey())) {
        String status = volume.path("status").asString();
        assertThat(status).as(round + ": " + volume).isIn("attached", "detached", "destroying");
        if (status.equals("attached")) {
          attached.add(volume.path("ordinal").asInt());
        }
      }
      assertThat(attached).as(round + ": " + app.getKey()).hasSize(app.getValue());
    }
    for (int agent = 0; agent < mesos.size(); agent++) {
      for (Path volume : mesos.volumes(agent)) {
        assertThat(volume.resolve("double")).as(round).doesNotExist();
      }
    }
  }

  private static int onDisk(TestMesos mesos) {
    try {
      int count = 0;
      for (int agent = 0; agent < mesos.size(); agent++) {
        count += mesos.volumes(agent).size();
      }
      return count;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
