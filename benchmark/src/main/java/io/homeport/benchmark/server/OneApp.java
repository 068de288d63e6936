package io.homeport.benchmark.server;

import io.homeport.benchmark.harness.Benchmark;
import io.homeport.benchmark.harness.Conditions;
import io.homeport.benchmark.harness.Figure;
import io.homeport.benchmark.harness.Goal;
import io.homeport.benchmark.scheduler.Definitions;
import io.homeport.model.Call;
import io.homeport.model.Operation;
import io.homeport.store.SqliteStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One app with many stateful instances, from the command to the last call that launches one. */
public final class OneApp implements Benchmark {
  private static final long PATIENCE_SECONDS = 1_200;

  @Override
  public String name() {
    return "one-app";
  }

  @Override
  public String work() {
    return "one app with 1,000 and with 100,000 stateful instances on 1,000 agents, committed to"
        + " SQLite: from the command until the last launch is committed and its ACCEPT encoded";
  }

  @Override
  public List<Figure> run(Conditions conditions) throws Exception {
    int small = conditions.scaled(1_000, 10);
    int large = conditions.scaled(100_000, 40);
    int agents = conditions.scaled(1_000, 5);
    List<Double> smalls = conditions.repeat(3, () -> seconds(conditions, agents, small));
    List<Double> larges = conditions.repeat(1, () -> seconds(conditions, agents, large));
    return List.of(
        Figure.of("1,000 instances", "s", smalls).goal(Goal.atMost(1)),
        Figure.of("100,000 instances", "s", larges).goal(Goal.atMost(10)));
  }

  private static double seconds(Conditions conditions, int agents, int instances) throws Exception {
    Path directory = Files.createTempDirectory(conditions.directory(), "app");
    CountDownLatch open = new CountDownLatch(instances);
    SimulatedMesos cluster =
        new SimulatedMesos(
            SimulatedMesos.Settings.of(
                agents, instances, false, (call, bytes) -> countLaunches(call, open)));
    SqliteStore store = SqliteStore.open(directory.resolve("homeport.db"));
    try (Installation installation = Installation.begin(store, cluster)) {
      installation.awaitAgents(agents);
      long begun = System.nanoTime();
      installation.ask(Definitions.put(Definitions.database("/shop/db", instances)));
      if (!open.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(open.getCount() + " launches are missing");
      }
      return (System.nanoTime() - begun) / 1e9;
    }
  }

  /** Counts the launches of a call down. */
  static void countLaunches(Call call, CountDownLatch open) {
    if (call instanceof Call.Accept accept) {
      for (Operation operation : accept.operations()) {
        if (operation instanceof Operation.Launch) {
          open.countDown();
        }
      }
    }
  }
}
