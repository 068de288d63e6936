package io.homeport.simulation;

import io.homeport.simulation.world.Situation;
import io.homeport.simulation.world.Tally;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Many seeds, lived through on several threads. */
public final class SeedBatch {
  /** Each so manieth seed is run twice, to see whether both times the same happens. */
  private static final int TWICE_EACH = 20;

  private final long from;
  private final long seeds;
  private final Tally tally = new Tally();
  private final SortedMap<Long, String> failures = new TreeMap<>();
  private long done;
  private long events;
  private Duration simulated = Duration.ZERO;

  /**
   * A batch that has not begun.
   *
   * @param from the first seed
   * @param seeds how many
   */
  public SeedBatch(long from, long seeds) {
    this.from = from;
    this.seeds = seeds;
  }

  /**
   * How far it is, or how it ended.
   *
   * @param seeds how many seeds were run
   * @param events how many events there were
   * @param simulated for how long all their worlds lived
   * @param tally what happened how often
   * @param failures what was broken, by seed
   */
  public record Report(
      long seeds, long events, Duration simulated, Tally tally, SortedMap<Long, String> failures) {
    /** Situations that so many seeds should have reached, and did not. */
    public List<Situation> missing() {
      return Stream.of(Situation.values())
          .filter(situation -> situation.within() <= seeds)
          .filter(situation -> !tally.reached().containsKey(situation))
          .toList();
    }

    /** Whether all that must hold held, and all that must be reached was. */
    public boolean isGood() {
      return failures.isEmpty() && missing().isEmpty();
    }
  }

  /**
   * Runs all seeds.
   *
   * @param threads how many at a time
   * @param pause between two reports on the way
   * @param progress gets the reports on the way
   * @return the report at the end
   * @throws InterruptedException when told to stop
   */
  public Report run(int threads, Duration pause, Consumer<Report> progress)
      throws InterruptedException {
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (long next = from; next < from + seeds; next++) {
        long seed = next;
        pool.execute(() -> run(seed));
      }
      pool.shutdown();
      while (!pool.awaitTermination(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        progress.accept(report());
      }
    }
    return report();
  }

  private void run(long seed) {
    Simulation.Result result = Simulation.of(seed).run();
    Optional<String> broken = result.violation().map(String::valueOf);
    boolean differs = seed % TWICE_EACH == 0 && Simulation.of(seed).run().hash() != result.hash();
    add(result, differs ? Optional.of("two runs of the seed had different traces") : broken);
  }

  private synchronized void add(Simulation.Result result, Optional<String> failure) {
    done++;
    events += result.events();
    simulated = simulated.plus(result.simulated());
    tally.add(result.tally());
    failure.ifPresent(message -> failures.put(result.seed(), message));
  }

  private synchronized Report report() {
    Tally copy = new Tally();
    copy.add(tally);
    return new Report(done, events, simulated, copy, new TreeMap<>(failures));
  }
}
