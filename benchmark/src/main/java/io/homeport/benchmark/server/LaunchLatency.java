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
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** How long it takes from a command until the call that it leads to is out, at a steady rate. */
public final class LaunchLatency implements Benchmark {
  private static final int PER_SECOND = 1_000;
  private static final long PATIENCE_SECONDS = 60;

  @Override
  public String name() {
    return "launch-latency";
  }

  @Override
  public String work() {
    return "1,000 new apps a second with one stateful instance each, for 20 s, on 100 agents that"
        + " answer at once: from the command's due time to the encoded ACCEPT";
  }

  /** What one run measured. */
  private record Run(Latencies launches, int refusals, int missing, Latencies syncs) {
    @Override
    public String toString() {
      return String.format(
          "%s; %,d refusals, %,d not launched; a sync: %s", launches, refusals, missing, syncs);
    }
  }

  @Override
  public List<Figure> run(Conditions conditions) throws Exception {
    List<Run> runs = conditions.repeat(() -> measure(conditions));
    return List.of(
        Figure.of("command to call, p99", "ms", runs, run -> run.launches().percentile(99))
            .goal(Goal.atMost(50))
            .beside(
                "4 KiB appended and synced, p99",
                runs.stream().map(run -> run.syncs().percentile(99)).toList()),
        Figure.of("command to call, median", "ms", runs, run -> run.launches().percentile(50))
            .beside(
                "4 KiB appended and synced, median",
                runs.stream().map(run -> run.syncs().percentile(50)).toList()),
        Figure.of("refused for load, and asked again", "", runs, Run::refusals)
            .goal(Goal.atMost(0)),
        Figure.of("not launched " + PATIENCE_SECONDS + " s later", "", runs, Run::missing)
            .goal(Goal.atMost(0)));
  }

  private static Run measure(Conditions conditions) throws Exception {
    int commands = conditions.scaled(20 * PER_SECOND, 20);
    int agents = conditions.scaled(100, 5);
    Path directory = Files.createTempDirectory(conditions.directory(), "latency");
    Map<String, Long> due = new ConcurrentHashMap<>();
    Queue<Long> took = new ConcurrentLinkedQueue<>();
    SimulatedMesos cluster =
        new SimulatedMesos(
            SimulatedMesos.Settings.of(
                agents, commands, true, (call, bytes) -> note(call, due, took)));
    SqliteStore store = SqliteStore.open(directory.resolve("homeport.db"));
    int refusals;
    try (Installation installation = Installation.begin(store, cluster);
        Insistence insistence = new Insistence(installation)) {
      installation.awaitAgents(agents);
      Pace.keep(
          PER_SECOND,
          commands,
          (number, at) -> {
            String id = "/burst/db-" + number;
            due.put(id, at);
            insistence.ask(Definitions.put(Definitions.database(id, 1)));
          });
      awaitLaunches(due, insistence);
      refusals = insistence.refusals();
    }
    // Those that are missing count with the time until now: they took longer than that.
    List<Long> missing = List.copyOf(due.values());
    long now = System.nanoTime();
    missing.forEach(since -> took.add(now - since));
    return new Run(
        Latencies.ofNanos(took),
        refusals,
        missing.size(),
        Latencies.ofNanos(Disk.syncs(directory, conditions.scaled(500, 3))));
  }

  /** Waits until everything is launched, but not for ever: a server that lags says so by that. */
  private static void awaitLaunches(Map<String, Long> due, Insistence insistence)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!due.isEmpty() && System.nanoTime() < end) {
      insistence.check();
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  private static void note(Call call, Map<String, Long> due, Queue<Long> took) {
    if (call instanceof Call.Accept accept) {
      long now = System.nanoTime();
      for (Operation operation : accept.operations()) {
        if (operation instanceof Operation.Launch launch) {
          Long since = due.remove(launch.launch().app().id().path());
          if (since != null) {
            took.add(now - since);
          }
        }
      }
    }
  }
}
