package io.homeport.simulation;

import io.homeport.simulation.server.SchedulerParts;
import io.homeport.simulation.world.Cuts;
import io.homeport.simulation.world.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes a world that fails shorter: it leaves out kinds of faults, time, and single deeds of users
 * and of the fault injector, as long as the same invariant is broken. The same seed always leads to
 * the same cuts.
 */
public final class Minimiser {
  private static final int PARTS_OF_TIME = 16;

  private final long seed;
  private final Supplier<SchedulerParts> parts;
  private final int mostRuns;
  private int runs;

  /**
   * A minimiser.
   *
   * @param seed of the world that fails
   * @param parts gives the parts of each scheduler
   * @param mostRuns how many worlds are tried at most
   */
  public Minimiser(long seed, Supplier<SchedulerParts> parts, int mostRuns) {
    this.seed = seed;
    this.parts = parts;
    this.mostRuns = mostRuns;
  }

  /**
   * A shorter world.
   *
   * @param cuts what is left out of it
   * @param before how the whole world ended
   * @param after how the shorter one ended
   * @param runs how many worlds were tried
   */
  public record Shortened(Cuts cuts, Simulation.Result before, Simulation.Result after, int runs) {}

  /** Finds a shorter world; empty when the whole one does not fail. */
  public Optional<Shortened> run() {
    Simulation.Result whole = lived(Cuts.NONE);
    if (whole.violation().isEmpty()) {
      return Optional.empty();
    }
    Attempt best = new Attempt(Cuts.NONE, whole);
    best = withLessTime(best);
    best = withFewerFaults(best);
    best = withFewerDeeds(best);
    best = withLessTime(best);
    return Optional.of(new Shortened(best.cuts(), whole, best.result(), runs));
  }

  private record Attempt(Cuts cuts, Simulation.Result result) {}

  private Simulation.Result lived(Cuts cuts) {
    runs++;
    return new Simulation(seed, cuts, parts, Optional.empty()).run();
  }

  /** A world with further cuts, if it still fails as it is to. */
  private Optional<Attempt> attempt(Attempt best, Cuts cuts) {
    if (runs >= mostRuns) {
      return Optional.empty();
    }
    Simulation.Result result = lived(cuts);
    return failsAlike(result, best.result())
        ? Optional.of(new Attempt(cuts, result))
        : Optional.empty();
  }

  private Attempt better(Attempt best, Cuts cuts) {
    return attempt(best, cuts).orElse(best);
  }

  private static boolean failsAlike(Simulation.Result one, Simulation.Result other) {
    return one.violation()
            .map(Throwable::getClass)
            .equals(other.violation().map(Throwable::getClass))
        && one.broken().equals(other.broken());
  }

  /** The shortest of a few times for trouble. */
  private Attempt withLessTime(Attempt best) {
    Duration whole = best.result().trouble();
    for (int part = 1; part < PARTS_OF_TIME; part *= 2) {
      Duration time = whole.multipliedBy(part).dividedBy(PARTS_OF_TIME);
      Optional<Attempt> shorter = attempt(best, best.cuts().andTrouble(time));
      if (shorter.isPresent()) {
        return shorter.get();
      }
    }
    return best;
  }

  private Attempt withFewerFaults(Attempt start) {
    Attempt best = start;
    for (Fault fault : List.copyOf(start.result().faults())) {
      best = better(best, best.cuts().andWithout(List.of(fault)));
    }
    return best;
  }

  /** Leaves out halves, then quarters, and so on (Zeller's delta debugging). */
  private Attempt withFewerDeeds(Attempt start) {
    Attempt best = start;
    int size = Math.max(1, best.result().deeds().size() / 2);
    while (true) {
      List<String> deeds = new ArrayList<>(best.result().deeds());
      for (int from = 0; from < deeds.size(); from += size) {
        List<String> chunk = deeds.subList(from, Math.min(deeds.size(), from + size));
        best = better(best, best.cuts().andSkipped(chunk));
      }
      if (size == 1 || runs >= mostRuns) {
        return best;
      }
      size = Math.max(1, size / 2);
    }
  }
}
