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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One turn of the loop: decides about inputs, commits, and only then lets anything out. It has no
 * thread and no queue, so that {@link SchedulerLoop} and the simulation drive the same code.
 *
 * <p>While the store writes one batch, the next one is decided, on the state that the first leads
 * to. Nothing of a batch leaves before it is written itself, and it is not written before the one
 * it builds on; when that one fails, both have not happened.
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

  /** Where a turn finds what has come since it began. */
  @FunctionalInterface
  public interface Further {
    /**
     * Takes what waits to be decided about now, without waiting itself.
     *
     * @param wakeAt when a tick is wanted, given all that was decided so far; see {@link
     *     LoopTurn#wakeAt}
     */
    Collection<Submission> take(Supplier<Optional<Instant>> wakeAt);
  }

  /** A batch that the store is writing. */
  private record Writing(Batch batch, CompletableFuture<Store.Outcome> outcome) {}

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
    return wakeAt(snapshot.state());
  }

  private Optional<Instant> wakeAt(ClusterState state) {
    Optional<Instant> deadline = decider.nextDeadline(state, clock.instant());
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
    run(submissions, _ -> List.of());
  }

  /**
   * The same, and goes on with what comes meanwhile, so that the store need not wait.
   *
   * @param submissions the inputs
   * @param further where more is found
   * @throws SteppedDownException when this server must not go on; no further turn may be taken
   */
  public void run(Collection<Submission> submissions, Further further) throws SteppedDownException {
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
        runBatches(todo, further);
      }
    } catch (SteppedDownException e) {
      todo.addAll(backlog.held());
      todo.forEach(submission -> submission.reply().complete(Refusals.STOPPING));
      throw e;
    }
  }

  private void runBatches(Deque<Submission> todo, Further further) throws SteppedDownException {
    Optional<Writing> writing = Optional.empty();
    Batch batch = newBatch(snapshot.state());
    while (true) {
      Optional<SteppedDownException> failure = fill(batch, todo, writing, further);
      boolean storeFull = writing.isPresent() && !settle(writing.get(), batch, todo);
      if (storeFull && failure.isPresent()) {
        throw failure.get();
      }
      if (storeFull) {
        break;
      }
      if (batch.isEmpty() && failure.isEmpty()) {
        return;
      }
      Writing next = write(batch);
      batch = newBatch(batch.state());
      if (failure.isPresent()) {
        settle(next, batch, todo);
        throw failure.get();
      }
      boolean wasDone = next.outcome().isDone();
      if (wasDone && !settle(next, batch, todo)) {
        break;
      }
      writing = wasDone ? Optional.empty() : Optional.of(next);
    }
    runWithoutStore(todo);
  }

  private Batch newBatch(ClusterState state) {
    return new Batch(state, clock.instant(), store.limits());
  }

  /**
   * Decides until the batch is full, nothing waits, or the store is free to write it: to write it
   * sooner than that helps nobody, and small commits keep the store busy for longer.
   *
   * @return why this server must not go on, after what was decided is written
   */
  private Optional<SteppedDownException> fill(
      Batch batch, Deque<Submission> todo, Optional<Writing> writing, Further further) {
    while (!batch.isFull() && (writing.isPresent() || !batch.hasWaited(clock.instant()))) {
      if (todo.isEmpty()) {
        todo.addAll(further.take(() -> wakeAt(batch.state())));
      }
      boolean storeIsFree =
          !batch.isEmpty() && writing.filter(under -> under.outcome().isDone()).isPresent();
      if (todo.isEmpty() || storeIsFree) {
        break;
      }
      try {
        decide(batch.state(), todo.removeFirst()).ifPresent(batch::add);
      } catch (SteppedDownException e) {
        return Optional.of(e);
      }
    }
    return Optional.empty();
  }

  private static void undone(Batch batch, Deque<Submission> todo) {
    for (Step step : batch.steps().reversed()) {
      todo.addFirst(step.submission());
    }
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
        Batch alone = newBatch(snapshot.state());
        alone.add(step);
        letOut(alone, snapshot.sequence());
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
      return Optional.of(new Step(submission, decision, decision.after(state)));
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

  private Writing write(Batch batch) {
    List<Change.Stored> changes = List.copyOf(batch.stored());
    if (changes.isEmpty()) {
      Store.Outcome nothingToDo = new Store.Outcome.Committed(snapshot.sequence());
      return new Writing(batch, CompletableFuture.completedFuture(nothingToDo));
    }
    long sequence = snapshot.sequence();
    return new Writing(
        batch, metrics.committing(changes.size(), () -> store.begin(sequence, changes)));
  }

  /**
   * Waits for a batch to be written and lets everything out. False when the store is full: then
   * nothing of it has happened, nor of the one that builds on it, and all is to be done again.
   */
  private boolean settle(Writing writing, Batch next, Deque<Submission> todo)
      throws SteppedDownException {
    Batch batch = writing.batch();
    return switch (outcome(writing)) {
      case Store.Outcome.Committed committed -> {
        if (!batch.stored().isEmpty()) {
          backlog.storeHasRoom();
        }
        letOut(batch, committed.sequence());
        yield true;
      }
      case Store.Outcome.Full full -> {
        noteStoreFull(full.why());
        undone(next, todo);
        undone(batch, todo);
        yield false;
      }
      case Store.Outcome.Refused refused -> {
        undone(next, todo);
        throw superseded(batch, refused.why());
      }
      case Store.Outcome.Unknown unknown -> {
        undone(next, todo);
        throw unknown(batch, unknown.why());
      }
    };
  }

  private static Store.Outcome outcome(Writing writing) {
    try {
      return writing.outcome().join();
    } catch (CompletionException e) {
      LOG.error("The store failed.", e);
      return new Store.Outcome.Unknown("The store failed: " + e.getCause());
    }
  }

  /** A batch with nothing to store has no next one yet: it is let out at once. */
  private void letOut(Batch batch, long sequence) throws SteppedDownException {
    if (batch.stored().isEmpty() && sendsOrAnswers(batch)) {
      // A commit is refused to whoever does not lead any more. What goes without one is not sent,
      // and nobody is told that all is as wanted: that may have been long ago.
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
  }

  private static boolean sendsOrAnswers(Batch batch) {
    return batch.steps().stream()
        .anyMatch(
            step ->
                step.submission().isCommand()
                    || step.decision().effects().stream().anyMatch(Effect.Send.class::isInstance));
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
