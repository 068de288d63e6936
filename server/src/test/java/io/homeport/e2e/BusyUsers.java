package io.homeport.e2e;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Two users who never rest: each has two stateful apps and a stateless one, and nobody else's. */
final class BusyUsers implements AutoCloseable {
  private static final int USERS = 2;

  private final List<BusyUser> users = new ArrayList<>();
  private final List<AppLedger> ledgers = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger actions = new AtomicInteger();
  private AtomicBoolean stop = new AtomicBoolean();
  private List<Future<?>> working = List.of();

  /**
   * Users who rest so far.
   *
   * @param servers any of which is asked
   * @param processes the directory below which tasks run
   * @param agents the agents that may be switched off
   */
  BusyUsers(List<ServerProcess> servers, Path processes, List<String> agents) {
    for (int user = 0; user < USERS; user++) {
      List<AppLedger> own =
          List.of(
              new AppLedger("/user" + user + "/db0", true),
              new AppLedger("/user" + user + "/db1", true),
              new AppLedger("/user" + user + "/web", false));
      ledgers.addAll(own);
      users.add(new BusyUser(servers, processes, agents, own, actions));
    }
  }

  /** What was answered. */
  List<AppLedger> ledgers() {
    return ledgers;
  }

  /** How many actions were answered since they began to work. */
  int actions() {
    return actions.get();
  }

  /** They work from now on. */
  void begin(Random random) {
    actions.set(0);
    AtomicBoolean untilStopped = new AtomicBoolean();
    stop = untilStopped;
    working =
        users.stream()
            .map(
                user -> {
                  Random script = new Random(random.nextLong());
                  return threads.submit(() -> user.work(script, untilStopped));
                })
            .<Future<?>>map(future -> future)
            .toList();
  }

  /** They rest once the requests under way are answered, or will not be. */
  void rest() throws InterruptedException {
    stop.set(true);
    for (Future<?> user : working) {
      try {
        user.get();
      } catch (ExecutionException failed) {
        throw new AssertionError(failed.getCause());
      }
    }
  }

  @Override
  public void close() {
    stop.set(true);
    threads.close();
  }
}
