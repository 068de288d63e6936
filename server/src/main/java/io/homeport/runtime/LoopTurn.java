package io.homeport.runtime;

import io.homeport.model.Call;
import io.homeport.model.Event;
import io.homeport.runtime.Batch.Step;
import io.homeport.scheduler.Decision;
import io.homeport.scheduler.Effect;
import io.homeport.scheduler.ErrorCode;
import io.homeport.scheduler.Input;
import io.homeport.scheduler.Reply;
import io.homeport.state.Change;
import io.homeport.state.ClusterState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One turn of the loop: decides about inputs, commits, and only then lets anything out. It has no
 * thread and no queue, so that {@link SchedulerLoop} and the simulation drive the same code.
 *
 * <p>When the store is full, nothing of the batch has happened. Its inputs are then taken one by
 * one: what needs no commit goes on, commands that do are answered with {@link
 * ErrorCode#STORE_FULL}, and events that do are kept, with all events behind them, until the store
 * has room again.
 */
public final class LoopTurn {
  private static final Logger LOG = LoggerFactory.getLogger(LoopTurn.class);
  private static final long MEASURED_FROM_BYTES = 64L << 10;
  private static final Duration PAUSE_AFTER_IDLE_TICK = Duration.ofSeconds(1);

  private final Store store;
  private final Consumer<Call> calls;
  private final EventJournal journal;
  private final Decider decider;
  private final InstantSource clock;
  private final LoopMetrics metrics;
  private final StoreBacklog backlog = new StoreBacklog();
  private volatile Snapshot snapshot;
  private Optional<Instant> idleTickAt = Optional.empty();

  /**
   * A loop that has not turned yet.
   *
   * @param start what was read from the store
   * @param store where changes are committed
   * @param calls takes calls for the engine; does not block
   * @param journal where events are published
   * @param decider the core
   * @param clock the time, which never goes backwards (see {@link SteadyClock})
   * @param metrics what is measured
   */
  public LoopTurn(
      Snapshot start,
      Store store,
      Consumer<Call> calls,
      EventJournal journal,
      Decider decider,
      InstantSource clock,
      LoopMetrics metrics) {
    this.snapshot = start;
    this.store = store;
    this.calls = calls;
    this.journal = journal;
    this.decider = decider;
    this.clock = clock;
    this.metrics = metrics;
  }

  /** The committed state; may be asked from any thread. */
  public Snapshot snapshot() {
    return snapshot;
  }

  /** Whether the store had no room when it was last tried; may only be asked between turns. */
  public boolean isStoreFull() {
    return backlog.isFull();
  }

  /**
   * When a turn with an {@link Input.Tick} is wanted; in the past means at once. May only be asked
   * between turns.
   */
  public Optional<Instant> wakeAt() {
    if (backlog.isFull()) {
      return Optional.of(backlog.retryAt());
    }
    Optional<Instant> deadline = decider.nextDeadline(snapshot.state(), clock.instant());
    return deadline.map(this::afterPause);
  }

  // A deadline in the past whose tick changes nothing is a defect; it must not burn the processor.
  private Instant afterPause(Instant deadline) {
    return idleTickAt
        .filter(idle -> !deadline.isAfter(idle))
        .map(idle -> idle.plus(PAUSE_AFTER_IDLE_TICK))
        .orElse(deadline);
  }

  /**
   * Decides about inputs, in order, and settles the decisions.
   *
   * @param submissions the inputs; each gets its reply, at the latest when this throws, except
   *     those that wait for the store to have room
   * @throws SteppedDownException when this server must not go on; no further turn may be taken
   */
  public void run(Collection<Submission> submissions) throws SteppedDownException {
    Deque<Submission> todo = new ArrayDeque<>();
    boolean storeFull = backlog.isFull(clock.instant());
    if (!storeFull) {
      todo.addAll(backlog.release());
    }
    todo.addAll(submissions);
    try {
      if (storeFull) {
        runWithoutStore(todo);
      } else {
        runBatches(todo);
      }
    } catch (SteppedDownException e) {
      todo.addAll(backlog.held());
      todo.forEach(submission -> submission.reply().complete(Refusals.STOPPING));
      throw e;
    }
  }

  private void runBatches(Deque<Submission> todo) throws SteppedDownException {
    Batch batch = new Batch(snapshot.state(), clock.instant(), store.limits());
    while (!todo.isEmpty()) {
      if (batch.isComplete(clock.instant())) {
        if (!settle(batch)) {
          runWithoutStore(undone(batch, todo));
          return;
        }
        batch = new Batch(snapshot.state(), clock.instant(), store.limits());
      }
      Submission submission = todo.removeFirst();
      try {
        decide(batch.state(), submission).ifPresent(batch::add);
      } catch (SteppedDownException e) {
        if (!settle(batch)) {
          undone(batch, todo);
        }
        throw e;
      }
    }
    if (!settle(batch)) {
      runWithoutStore(undone(batch, todo));
    }
  }

  private static Deque<Submission> undone(Batch batch, Deque<Submission> todo) {
    for (Step step : batch.steps().reversed()) {
      todo.addFirst(step.submission());
    }
    return todo;
  }

  private void runWithoutStore(Deque<Submission> todo) throws SteppedDownException {
    while (!todo.isEmpty()) {
      Submission submission = todo.removeFirst();
      if (!submission.isCommand() && backlog.isHolding()) {
        holdUnlessTick(submission);
        continue;
      }
      Optional<Step> decided = decide(snapshot.state(), submission);
      if (decided.isEmpty()) {
        continue;
      }
      Step step = decided.get();
      if (!step.isStored()) {
        Batch alone = new Batch(snapshot.state(), clock.instant(), store.limits());
        alone.add(step);
        settle(alone);
      } else if (submission.isCommand()) {
        submission.reply().complete(Refusals.STORE_FULL);
      } else {
        holdUnlessTick(submission);
      }
    }
  }

  // Another tick comes when the store is tried again.
  private void holdUnlessTick(Submission submission) {
    if (submission.input() instanceof Input.Tick) {
      submission.reply().complete(Refusals.STORE_FULL);
    } else {
      backlog.hold(submission);
    }
  }

  private Optional<Step> decide(ClusterState state, Submission submission)
      throws SteppedDownException {
    Input input = submission.input();
    Instant now = clock.instant();
    try {
      Decision decision = metrics.decided(input, () -> decider.decide(state, input, now));
      noteIdleTick(input, decision, now);
      Optional<String> tooLarge = submission.isCommand() ? tooLarge(decision) : Optional.empty();
      if (tooLarge.isPresent()) {
        submission.reply().complete(Reply.Rejected.of(ErrorCode.TOO_LARGE, tooLarge.get()));
        return Optional.empty();
      }
      return Optional.of(new Step(submission, decision, state.applyAll(decision.changes())));
    } catch (RuntimeException | StackOverflowError e) {
      String what = InputDescription.of(input);
      LOG.error(
          "Deciding about {} failed. This is a defect of Homeport; please report it.", what, e);
      if (!submission.isCommand()) {
        throw new SteppedDownException(
            ExitCode.DECISION_FAILED, "Deciding about " + what + " failed: " + e, e);
      }
      submission
          .reply()
          .completeExceptionally(
              new DecisionFailedException(
                  "The server failed to decide about this request. Nothing was changed. The"
                      + " server's log has the details.",
                  e));
      return Optional.empty();
    }
  }

  // Most decisions are small, and are not measured.
  private Optional<String> tooLarge(Decision decision) {
    List<Change.Stored> stored = new ArrayList<>();
    long bytes = 0;
    for (Change change : decision.changes()) {
      if (change instanceof Change.Stored toStore) {
        stored.add(toStore);
        bytes += Weight.of(toStore);
      }
    }
    return bytes > MEASURED_FROM_BYTES ? store.tooLarge(stored) : Optional.empty();
  }

  private void noteIdleTick(Input input, Decision decision, Instant now) {
    boolean idle =
        input instanceof Input.Tick && decision.changes().isEmpty() && decision.effects().isEmpty();
    if (idle) {
      metrics.tickWasIdle();
    }
    idleTickAt = idle ? Optional.of(now) : Optional.empty();
  }

  /** Commits and lets everything out; false when the store is full and nothing has happened. */
  private boolean settle(Batch batch) throws SteppedDownException {
    if (batch.isEmpty()) {
      return true;
    }
    long sequence = snapshot.sequence();
    if (!batch.stored().isEmpty()) {
      Store.Outcome outcome = commit(sequence, batch);
      switch (outcome) {
        case Store.Outcome.Committed committed -> {
          sequence = committed.sequence();
          backlog.storeHasRoom();
        }
        case Store.Outcome.Full full -> {
          noteStoreFull(full.why());
          return false;
        }
        case Store.Outcome.Refused refused -> throw superseded(batch, refused.why());
        case Store.Outcome.Unknown unknown -> throw unknown(batch, unknown.why());
      }
    } else if (sends(batch)) {
      // A commit is refused to whoever does not lead any more; what goes without one is not sent.
      Optional<String> why = store.takenOver();
      if (why.isPresent()) {
        throw superseded(batch, why.get());
      }
    }
    Instant now = clock.instant();
    snapshot = new Snapshot(batch.state(), sequence, now);
    runEffects(batch, sequence, now);
    for (Step step : batch.steps()) {
      step.submission().reply().complete(step.decision().reply());
    }
    metrics.settled(
        batch.steps().size(), sequence, snapshot.state().durable().safeMode().isPresent());
    return true;
  }

  private static boolean sends(Batch batch) {
    return batch.steps().stream()
        .flatMap(step -> step.decision().effects().stream())
        .anyMatch(Effect.Send.class::isInstance);
  }

  private Store.Outcome commit(long sequence, Batch batch) {
    List<Change.Stored> changes = List.copyOf(batch.stored());
    try {
      return metrics.committed(changes.size(), () -> store.commit(sequence, changes));
    } catch (RuntimeException e) {
      LOG.error("The store failed.", e);
      return new Store.Outcome.Unknown("The store failed: " + e);
    }
  }

  private void noteStoreFull(String why) {
    metrics.storeWasFull();
    backlog.storeIsFull(clock.instant());
    LOG.warn(
        "The store has no room: {} Changes are refused and tasks go on; the store is tried again"
            + " at {}.",
        why,
        backlog.retryAt());
  }

  private static SteppedDownException superseded(Batch batch, String why) {
    batch.steps().forEach(step -> step.submission().reply().complete(Refusals.STOPPING));
    return new SteppedDownException(ExitCode.SUPERSEDED, why);
  }

  private static SteppedDownException unknown(Batch batch, String why) {
    SteppedDownException stop = new SteppedDownException(ExitCode.STORE_OUTCOME_UNKNOWN, why);
    batch.steps().forEach(step -> step.submission().reply().completeExceptionally(stop));
    return stop;
  }

  private void runEffects(Batch batch, long sequence, Instant now) {
    List<Event> events = new ArrayList<>();
    for (Step step : batch.steps()) {
      for (Effect effect : step.decision().effects()) {
        switch (effect) {
          case Effect.Send send -> send(send.call());
          case Effect.Publish publish -> events.add(publish.event());
        }
      }
    }
    journal.append(sequence, now, events);
    metrics.eventsPublished(events.size());
  }

  private void send(Call call) {
    try {
      calls.accept(call);
      metrics.callSent();
    } catch (RuntimeException e) {
      // As good as lost on the way, which the core copes with by asking and repeating.
      LOG.error("The engine failed to take a {} call.", call.getClass().getSimpleName(), e);
    }
  }
}
