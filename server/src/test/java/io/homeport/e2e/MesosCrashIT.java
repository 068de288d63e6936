package io.homeport.e2e;

import io.homeport.mesos.testing.TestMesos;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On a Mesos cluster, the server, the master and agents die at random moments of a busy script of
 * deployments. Afterwards what is wanted is what is there, no task runs twice or beside another on
 * one volume, no volume is lost or doubled, nothing stays reserved that nobody owns, and every
 * answer that was given still holds. {@code -Dhomeport.mesos.rounds} sets how often, {@code
 * -Dhomeport.mesos.seed} which moments.
 */
final class MesosCrashIT {
  private static final int AGENTS = 3;

  @TempDir private Path dir;

  /** Names of agents that came back under other ones. */
  private final List<String> formerAgents = new ArrayList<>();

  @Test
  void nothingIsLostOrDoubledWhateverDies() throws Exception {
    int rounds = Integer.getInteger("homeport.mesos.rounds", 6);
    long seed = Long.getLong("homeport.mesos.seed", System.nanoTime());
    System.out.println("Mesos crash rounds: " + rounds + ", seed: " + seed);
    Random random = new Random(seed);
    try (TestMesos mesos = TestMesos.start(dir.resolve("mesos"), AGENTS);
        ServerProcess server = MesosServer.start(dir.resolve("data"), mesos);
        BusyUsers users = new BusyUsers(List.of(server), dir, List.of())) {
      Aftermath aftermath = new Aftermath(Disks.of(mesos), dir);
      for (int round = 1; round <= rounds; round++) {
        users.begin(random);
        TimeUnit.MILLISECONDS.sleep(200 + random.nextInt(2000));
        String what = trouble(mesos, server, random);
        users.rest();
        aftermath.check(
            server, users.ledgers(), "round " + round + " of seed " + seed + ", " + what);
      }
      System.out.println("Mesos crash rounds: " + rounds + " done; " + aftermath.summary());
      // What ran there without a volume stays out of reach until somebody says so.
      formerAgents.forEach(agent -> server.post("/v2/agents/" + agent + "/gone", "{}"));
    }
  }

  /** Something dies, and comes back. */
  private String trouble(TestMesos mesos, ServerProcess server, Random random)
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
      default -> {
        formerAgents.add(mesos.agentId(agent));
        mesos.forgetAgent(agent);
      }
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
}
