package io.homeport.e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server is killed at random moments of a busy script of deployments, and sometimes again while
 * it recovers. Afterwards what is wanted is what is there, no task ran twice, no volume is lost or
 * doubled, and every answer that was given still holds. {@code -Dhomeport.crash.rounds} sets how
 * often, {@code -Dhomeport.crash.seed} which moments.
 */
class CrashIT {
  private static final int USERS = 2;
  private static final int MOST_ACTIONS = 60;

  @TempDir Path dir;

  /** Two stateful apps and a stateless one for each user; nobody else touches them. */
  private static List<List<AppLedger>> ledgers() {
    List<List<AppLedger>> ledgers = new ArrayList<>();
    for (int user = 0; user < USERS; user++) {
      ledgers.add(
          List.of(
              new AppLedger("/user" + user + "/db0", true),
              new AppLedger("/user" + user + "/db1", true),
              new AppLedger("/user" + user + "/web", false)));
    }
    return ledgers;
  }

  @Test
  void nothingIsLostOrDoubledHoweverOftenTheServerIsKilled() throws Exception {
    int rounds = Integer.getInteger("homeport.crash.rounds", 20);
    long seed = Long.getLong("homeport.crash.seed", System.nanoTime());
    System.out.println("crash rounds: " + rounds + ", seed: " + seed);
    Random random = new Random(seed);
    List<List<AppLedger>> ledgers = ledgers();
    try (ServerProcess server = ServerProcess.start(dir.resolve("data"), "--local-agents", "3")) {
      AfterCrash check = new AfterCrash(server, dir);
      for (int round = 1; round <= rounds; round++) {
        workUntilKilled(server, ledgers, random);
        if (random.nextInt(4) == 0) {
          server.start();
          TimeUnit.MILLISECONDS.sleep(random.nextInt(300));
          server.kill9();
        }
        server.start();
        check.check(
            ledgers.stream().flatMap(List::stream).toList(), "round " + round + " of seed " + seed);
      }
      System.out.println("crash rounds: " + rounds + " done; " + check.summary());
    }
  }

  private void workUntilKilled(ServerProcess server, List<List<AppLedger>> ledgers, Random random)
      throws InterruptedException, ExecutionException {
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger actions = new AtomicInteger();
    int wanted = 1 + random.nextInt(MOST_ACTIONS);
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<?>> users = new ArrayList<>();
      for (List<AppLedger> own : ledgers) {
        BusyUser user =
            new BusyUser(server, dir, own, new Random(random.nextLong()), stop, actions);
        users.add(threads.submit(user::work));
      }
      server.await(
          wanted + " actions",
          Duration.ofMinutes(3),
          () -> actions.get() >= wanted || users.stream().anyMatch(Future::isDone));
      TimeUnit.MILLISECONDS.sleep(random.nextInt(300));
      server.kill9();
      stop.set(true);
      for (Future<?> user : users) {
        user.get();
      }
    }
  }
}
