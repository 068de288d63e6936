package io.homeport.runtime;

import io.homeport.model.HealthCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The health checks of one task. Each runs on a virtual thread of its own; only crossings are
 * reported: the first success of all, and so many failures in a row of one.
 */
public final class HealthProbes {
  private final List<HealthCheck> checks;
  private final Probe probe;
  private final BiConsumer<Boolean, String> report;
  private final List<Thread> threads = new ArrayList<>();
  private final List<Optional<Boolean>> results = new ArrayList<>();
  private Optional<Boolean> reported = Optional.empty();

  /** Runs one check once. */
  @FunctionalInterface
  public interface Probe {
    /**
     * Runs a check.
     *
     * @param check what to do
     * @return why it failed; empty when it did not
     * @throws InterruptedException when the checks end
     * @throws Ignored when the result counts as neither good nor bad
     */
    Optional<String> run(HealthCheck check) throws InterruptedException, Ignored;
  }

  /** A result that says nothing. */
  public static final class Ignored extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Checks that do not run yet.
   *
   * @param checks at least one
   * @param probe runs a check
   * @param report gets each crossing and the last failure's message, from any thread
   */
  public HealthProbes(List<HealthCheck> checks, Probe probe, BiConsumer<Boolean, String> report) {
    this.checks = checks;
    this.probe = probe;
    this.report = report;
    checks.forEach(_ -> results.add(Optional.empty()));
  }

  /** Begins. Grace periods begin now. */
  public void start() {
    for (int index = 0; index < checks.size(); index++) {
      int number = index;
      threads.add(Thread.ofVirtual().name("health-check").start(() -> runAndRun(number)));
    }
  }

  /** Ends. */
  public void stop() {
    threads.forEach(Thread::interrupt);
  }

  private void runAndRun(int number) {
    HealthCheck check = checks.get(number);
    long graceUntil = System.nanoTime() + check.gracePeriod().toNanos();
    int threshold = Math.max(1, check.maxConsecutiveFailures());
    int failures = 0;
    boolean wasHealthy = false;
    try {
      Thread.sleep(check.delay());
      while (true) {
        Optional<String> failure = result(check);
        if (failure.isEmpty()) {
          failures = 0;
          wasHealthy = true;
          learn(number, true, "");
        } else if (failure.get().isEmpty()) {
          Thread.onSpinWait(); // says nothing
        } else if (wasHealthy || System.nanoTime() - graceUntil > 0) {
          failures++;
          if (failures >= threshold) {
            learn(number, false, failure.get());
          }
        }
        Thread.sleep(atLeast(check.interval()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the task is over
    }
  }

  /** Why the check failed; empty text when it said nothing. */
  private Optional<String> result(HealthCheck check) throws InterruptedException {
    try {
      return probe.run(check).map(why -> why.isEmpty() ? "it failed" : why);
    } catch (Ignored e) {
      return Optional.of("");
    }
  }

  private static Duration atLeast(Duration interval) {
    return interval.isPositive() ? interval : Duration.ofMillis(100);
  }

  private synchronized void learn(int number, boolean healthy, String message) {
    results.set(number, Optional.of(healthy));
    Optional<Boolean> all;
    if (results.contains(Optional.of(false))) {
      all = Optional.of(false);
    } else if (results.contains(Optional.<Boolean>empty())) {
      all = Optional.empty();
    } else {
      all = Optional.of(true);
    }
    if (all.isPresent() && !all.equals(reported)) {
      reported = all;
      report.accept(all.get(), message);
    }
  }
}
