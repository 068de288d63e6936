package io.homeport.e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server is killed at random moments of a busy script of deployments, and sometimes again while
 * it recovers. Afterwards what is wanted is what is there, no task ran twice, no volume is lost or
 * doubled, and every answer that was given still holds. {@code -Dhomeport.crash.rounds} sets how
 * often, {@code -Dhomeport.crash.seed} which moments.
 */
class CrashIT {
  private static final int MOST_ACTIONS = 60;
  private static final List<String> AGENTS = List.of("local-1", "local-2", "local-3");

  @TempDir Path dir;

  @Test
  void nothingIsLostOrDoubledHoweverOftenTheServerIsKilled() throws Exception {
    int rounds = Integer.getInteger("homeport.crash.rounds", 20);
    long seed = Long.getLong("homeport.crash.seed", System.nanoTime());
    System.out.println("crash rounds: " + rounds + ", seed: " + seed);
    Random random = new Random(seed);
    try (ServerProcess server = ServerProcess.start(dir.resolve("data"), "--local-agents", "3");
        BusyUsers users = new BusyUsers(List.of(server), dir, AGENTS)) {
      Aftermath aftermath = new Aftermath(Disks.local(server.dataDir()), dir);
      for (int round = 1; round <= rounds; round++) {
        workUntilKilled(server, users, random);
        if (random.nextInt(4) == 0) {
          server.start();
          TimeUnit.MILLISECONDS.sleep(random.nextInt(300));
          server.kill9();
        }
        server.start();
        AGENTS.forEach(agent -> server.post("/v2/agents/" + agent + "/activate", "{}"));
        aftermath.check(server, users.ledgers(), "round " + round + " of seed " + seed);
      }
      System.out.println("crash rounds: " + rounds + " done; " + aftermath.summary());
    }
  }

  private static void workUntilKilled(ServerProcess server, BusyUsers users, Random random)
      throws InterruptedException {
    int wanted = 1 + random.nextInt(MOST_ACTIONS);
    users.begin(random);
    server.await(wanted + " actions", Duration.ofMinutes(3), () -> users.actions() >= wanted);
    TimeUnit.MILLISECONDS.sleep(random.nextInt(300));
    server.kill9();
    users.rest();
  }
}
