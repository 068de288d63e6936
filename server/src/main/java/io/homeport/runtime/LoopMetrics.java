package io.homeport.runtime;

import io.homeport.scheduler.Input;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** What the loop measures of itself. All meters begin with {@code homeport.loop.}. */
public final class LoopMetrics {
  private final Counter commands;
  private final Counter events;
  private final Counter ticks;
  private final Counter others;
  private final Counter idleTicks;
  private final Counter published;
  private final Counter calls;
  private final Counter storeFull;
  private final Counter refusedForLoad;
  private final DistributionSummary batchDecisions;
  private final DistributionSummary batchChanges;
  private final Timer decide;
  private final Timer commit;
  private final AtomicInteger queued = new AtomicInteger();
  private final AtomicLong sequence = new AtomicLong();
  private final AtomicInteger safeMode = new AtomicInteger();

  /**
   * Registers the meters.
   *
   * @param registry where
   */
  public LoopMetrics(MeterRegistry registry) {
    commands = inputs(registry, "command");
    events = inputs(registry, "event");
    ticks = inputs(registry, "tick");
    others = inputs(registry, "other");
    idleTicks =
        counter(registry, "idle.ticks", "ticks that a deadline asked for and that did nothing");
    published = counter(registry, "events.published", "events published");
    calls = counter(registry, "calls", "calls sent to the engine");
    storeFull = counter(registry, "store.full", "commits refused because the store has no room");
    refusedForLoad =
        counter(registry, "commands.refused", "commands refused because too many were waiting");
    batchDecisions = summary(registry, "batch.decisions", "decisions settled together");
    batchChanges = summary(registry, "batch.changes", "stored changes of a commit");
    decide = timer(registry, "decide", "time to decide about one input");
    commit = timer(registry, "commit", "time until a commit is safe on disk");
    Gauge.builder("homeport.loop.queue", queued, AtomicInteger::get)
        .description("inputs waiting")
        .register(registry);
    Gauge.builder("homeport.loop.sequence", sequence, AtomicLong::get)
        .description("sequence number of the last commit")
        .register(registry);
    Gauge.builder("homeport.safe.mode", safeMode, AtomicInteger::get)
        .description("1 while the safe mode after a restore holds, in which nothing is done")
        .register(registry);
  }

  private static Counter inputs(MeterRegistry registry, String kind) {
    return Counter.builder("homeport.loop.inputs")
        .description("inputs decided about")
        .tag("kind", kind)
        .register(registry);
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder("homeport.loop." + name).description(description).register(registry);
  }

  private static DistributionSummary summary(
      MeterRegistry registry, String name, String description) {
    return DistributionSummary.builder("homeport.loop." + name)
        .description(description)
        .register(registry);
  }

  private static Timer timer(MeterRegistry registry, String name, String description) {
    return Timer.builder("homeport.loop." + name).description(description).register(registry);
  }

  <T> T decided(Input input, Supplier<T> decision) {
    Counter counter =
        switch (input) {
          case Input.Asked _ -> commands;
          case Input.Observed _ -> events;
          case Input.Tick _ -> ticks;
          case Input.Led _ -> others;
        };
    counter.increment();
    return decide.record(decision);
  }

  /** Measures from the begin of a commit to its end. A store that fails has failed the commit. */
  CompletableFuture<Store.Outcome> committing(
      int changes, Supplier<CompletableFuture<Store.Outcome>> attempt) {
    batchChanges.record(changes);
    long begun = System.nanoTime();
    CompletableFuture<Store.Outcome> outcome;
    try {
      outcome = attempt.get();
    } catch (RuntimeException e) {
      outcome = CompletableFuture.failedFuture(e);
    }
    return outcome.whenComplete(
        (_, _) -> commit.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS));
  }

  void settled(int decisions, long lastSequence, boolean safe) {
    safeMode.set(safe ? 1 : 0);
    batchDecisions.record(decisions);
    sequence.set(lastSequence);
  }

  void tickWasIdle() {
    idleTicks.increment();
  }

  void eventsPublished(int count) {
    published.increment(count);
  }

  void callSent() {
    calls.increment();
  }

  void storeWasFull() {
    storeFull.increment();
  }

  void commandRefusedForLoad() {
    refusedForLoad.increment();
  }

  void queueChanged(int by) {
    queued.addAndGet(by);
  }
}
