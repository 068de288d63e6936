package io.homeport.benchmark.server;

import io.homeport.benchmark.harness.Benchmark;
import io.homeport.benchmark.harness.Conditions;
import io.homeport.benchmark.harness.Figure;
import io.homeport.benchmark.harness.Goal;
import io.homeport.benchmark.scheduler.Definitions;
import io.homeport.runtime.Store;
import io.homeport.store.PlainSqlite;
import io.homeport.store.SqliteStore;
import io.homeport.store.StoredRecords;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Launches in bulk, from the command to the call: decided, committed and synced, and the ACCEPT
 * encoded. Beside it, what SQLite needs for the same bytes in the same batches.
 */
public final class DurablePath implements Benchmark {
  private static final int APPS = 20;
  private static final long PATIENCE_SECONDS = 600;

  @Override
  public String name() {
    return "durable-path";
  }

  @Override
  public String work() {
    return "20 apps with 2,500 stateful instances each are launched on 1,000 agents:"
        + " decided, committed to SQLite and synced, each ACCEPT encoded for Mesos";
  }

  /** What one run measured. */
  private record Run(
      int launches,
      double seconds,
      double storeSeconds,
      double sqliteSeconds,
      int commits,
      double syncsPerSecond) {
    double rate() {
      return launches / seconds;
    }

    double storeRate() {
      return launches / storeSeconds;
    }

    double sqliteRate() {
      return launches / sqliteSeconds;
    }

    @Override
    public String toString() {
      return String.format(
          "%,.0f launches/s; the store alone %,.0f/s, SQLite alone %,.0f/s; %d commits",
          rate(), storeRate(), sqliteRate(), commits);
    }
  }

  @Override
  public List<Figure> run(Conditions conditions) throws Exception {
    List<Run> runs = conditions.repeat(3, () -> launch(conditions));
    List<Double> sqlite = runs.stream().map(Run::sqliteRate).toList();
    return List.of(
        Figure.of("launches", "/s", runs, Run::rate)
            .goal(Goal.atLeast(20_000))
            .beside("SQLite, same bytes and batches", sqlite, Goal.atLeast(0.6)),
        Figure.of("of it the store: encoding and commit", "launches/s", runs, Run::storeRate)
            .beside("SQLite, same bytes and batches", sqlite),
        Figure.of("commits", "/s", runs, run -> run.commits() / run.seconds())
            .beside(
                "appends of 4 KiB, each synced", runs.stream().map(Run::syncsPerSecond).toList()));
  }

  private static Run launch(Conditions conditions) throws Exception {
    int each = conditions.scaled(2_500, 5);
    int launches = APPS * each;
    Path directory = Files.createTempDirectory(conditions.directory(), "durable");
    CountDownLatch open = new CountDownLatch(launches);
    SimulatedMesos cluster =
        new SimulatedMesos(
            SimulatedMesos.Settings.of(
                conditions.scaled(1_000, 10),
                launches,
                false,
                (call, bytes) -> OneApp.countLaunches(call, open)));
    RecordingStore store = RecordingStore.ofBatches(open(directory));
    double seconds;
    try (Installation installation = Installation.begin(store, cluster)) {
      installation.awaitAgents(conditions.scaled(1_000, 10));
      long begun = System.nanoTime();
      for (int app = 0; app < APPS; app++) {
        installation.ask(Definitions.put(Definitions.database("/shop/db-" + app, each)));
      }
      if (!open.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(open.getCount() + " launches are missing");
      }
      seconds = (System.nanoTime() - begun) / 1e9;
    }
    List<List<StoredRecords>> batches = store.batches().stream().map(StoredRecords::of).toList();
    double sqlite = PlainSqlite.write(directory.resolve("plain.db"), batches);
    return new Run(
        launches,
        seconds,
        store.seconds(),
        sqlite,
        batches.size(),
        Disk.syncsPerSecond(directory, conditions.scaled(200, 2)));
  }

  private static Store open(Path directory) throws Exception {
    return SqliteStore.open(directory.resolve("homeport.db"));
  }
}
