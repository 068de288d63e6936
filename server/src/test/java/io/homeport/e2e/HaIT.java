package io.homeport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three servers with one state in a ZooKeeper of three nodes, and a user who changes apps through
 * any of them, while leaders are killed, stopped until they are deposed, and cut from ZooKeeper,
 * and ZooKeeper's nodes are restarted. Afterwards every answer that was given holds, every instance
 * has one process, and every volume is there once. {@code -Dhomeport.ha.rounds} sets how often,
 * {@code -Dhomeport.ha.seed} which requests.
 */
class HaIT {
  private static final Duration SESSION = Duration.ofSeconds(4);
  private static final Duration PAST_SESSION = SESSION.plusSeconds(4);

  @TempDir Path dir;

  private final Queue<String> faults = new ConcurrentLinkedQueue<>();

  /** What happens to a leader, or to ZooKeeper. */
  private enum Fault {
    KILLED,
    STOPPED,
    CUT,
    ZOOKEEPER_RESTARTED
  }

  @Test
  void nothingIsLostOrDoubledWhoeverLeads() throws Exception {
    int rounds = Integer.getInteger("homeport.ha.rounds", Fault.values().length);
    long seed = Long.getLong("homeport.ha.seed", System.nanoTime());
    System.out.println("ha rounds: " + rounds + ", seed: " + seed);
    Random random = new Random(seed);
    try (Installation all =
            Installation.start(dir, "--zk-session-timeout", Long.toString(SESSION.toSeconds()));
        BusyUsers users = new BusyUsers(all.servers(), dir, List.of())) {
      Aftermath aftermath = new Aftermath(Disks.of(all.mesos()), dir);
      for (int round = 1; round <= rounds; round++) {
        Fault fault = Fault.values()[(round - 1) % Fault.values().length];
        AtomicBoolean over = new AtomicBoolean();
        Thread watches = Thread.ofPlatform().start(() -> watchTenants(over));
        users.begin(random);
        TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(2000));
        happen(fault, all, round);
        users.rest();
        checkExits(all);
        all.restartEnded();
        String what = "round " + round + " (" + fault + ") of seed " + seed;
        aftermath.check(all.leader(), users.ledgers(), what);
        over.set(true);
        watches.join();
        assertThat(faults).as(what).isEmpty();
      }
      System.out.println("ha rounds: " + rounds + " done; " + aftermath.summary());
    }
  }

  /** How long it takes is printed and not judged: machines of tests are busy. */
  @Test
  void aLeaderThatDiesIsFollowedByOneThatKnowsEveryInstance() throws Exception {
    int instances = Integer.getInteger("homeport.ha.instances", 300);
    String app = "{\"cmd\": \"sleep 1\", \"cpus\": 100, \"instances\": " + instances + "}";
    try (Installation all =
        Installation.start(dir, "--zk-session-timeout", Long.toString(SESSION.toSeconds()))) {
      ServerProcess leader = all.leader();
      assertThat(leader.put("/v2/apps/many", app).status()).isEqualTo(201);
      leader.await(
          "all instances are there, and wait",
          Duration.ofMinutes(2),
          () -> queued(leader) == instances);
      ServerProcess other =
          all.servers().stream().filter(server -> server != leader).findFirst().orElseThrow();
      long begun = System.nanoTime();
      leader.kill9();
      awaitTakeOver(all, leader, List.of(other), begun, Fault.KILLED);
      System.out.println("ha: that was with " + instances + " instances");
      assertThat(queued(other)).isEqualTo(instances);
      assertThat(other.delete("/v2/apps/many?force=true").status()).isEqualTo(200);
      all.restartEnded();
    }
  }

  private static int queued(ServerProcess server) {
    return server.get("/v2/queue").body().path("queue").path(0).path("count").asInt();
  }

  private void happen(Fault fault, Installation all, int round) throws InterruptedException {
    ServerProcess leader = all.leader();
    List<ServerProcess> others = all.servers().stream().filter(server -> server != leader).toList();
    AtomicBoolean over = new AtomicBoolean();
    List<Thread> clients = new ArrayList<>();
    others.forEach(
        server -> clients.add(Thread.ofPlatform().start(() -> mustAnswer(server, over))));
    long begun = System.nanoTime();
    switch (fault) {
      case KILLED -> {
        leader.kill9();
        awaitTakeOver(all, leader, others, begun, fault);
      }
      case STOPPED -> {
        leader.pause();
        awaitTakeOver(all, leader, others, begun, fault);
        leader.resume();
        TimeUnit.SECONDS.sleep(2);
      }
      case CUT -> {
        all.cut(leader);
        awaitTakeOver(all, leader, others, begun, fault);
        all.mend(leader);
        TimeUnit.SECONDS.sleep(2);
      }
      case ZOOKEEPER_RESTARTED -> {
        int node = round % 3;
        all.zooKeeper().stop(node);
        TimeUnit.MILLISECONDS.sleep(PAST_SESSION.toMillis());
        all.zooKeeper().restart(node);
        TimeUnit.SECONDS.sleep(2);
      }
    }
    over.set(true);
    for (Thread client : clients) {
      client.join();
    }
  }

  private static void awaitTakeOver(
      Installation all, ServerProcess old, List<ServerProcess> others, long begun, Fault fault) {
    ServerProcess asked = others.getFirst();
    asked.await(
        "another leads and takes changes after the leader was " + fault,
        Duration.ofSeconds(60),
        () ->
            all.leader(asked).filter(leader -> leader != old).isPresent()
                && asked
                        .put("/v2/apps/takeover", "{\"cmd\": \"sleep 1\", \"instances\": 0}")
                        .status()
                    < 300);
    System.out.printf(
        "ha: a change is answered %d ms after the leader was %s (session time-out %d ms)%n",
        Duration.ofNanos(System.nanoTime() - begun).toMillis(), fault, SESSION.toMillis());
  }

  /**
   * Whoever is not struck answers throughout: by itself at once, for the leader with what it has.
   */
  private void mustAnswer(ServerProcess server, AtomicBoolean over) {
    while (!over.get()) {
      try {
        int ping = server.get("/ping").status();
        ServerProcess.Answer apps = server.get("/v2/apps");
        boolean retry = apps.raw().headers().firstValue("Retry-After").isPresent();
        if (ping != 200 || !(apps.status() == 200 || (apps.status() == 503 && retry))) {
          faults.add(ping + ", " + apps.status() + " " + apps.raw().body());
        }
        TimeUnit.MILLISECONDS.sleep(100);
      } catch (UncheckedIOException noAnswer) {
        faults.add(server.port() + " does not answer: " + noAnswer.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** At no time two processes of one instance. */
  private void watchTenants(AtomicBoolean stop) {
    while (!stop.get()) {
      Set<String> instances = new HashSet<>();
      for (String task : SandboxProcesses.taskIds(dir)) {
        if (!instances.add(task.replaceFirst("\\.\\d+$", ""))) {
          faults.add("two processes of one instance, the second is " + task);
        }
      }
    }
  }

  /** A server ends only where it does not know what it wrote last (80), or when it was killed. */
  private static void checkExits(Installation all) {
    for (ServerProcess server : all.servers()) {
      server
          .exitStatus()
          .ifPresent(status -> assertThat(status).as(server.logTail()).isEqualTo(80));
    }
  }
}
