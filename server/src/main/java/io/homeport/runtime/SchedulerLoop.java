package io.homeport.runtime;

import io.homeport.model.ClusterEvent;
import io.homeport.scheduler.Command;
import io.homeport.scheduler.Input;
import io.homeport.scheduler.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that turns the {@link LoopTurn}: it waits for inputs and deadlines, and takes many at
 * once. Commands beyond a limit are refused at the door; events never are.
 */
public final class SchedulerLoop implements AutoCloseable {
  /** How many commands wait at most unless told otherwise. */
  public static final int DEFAULT_MAX_WAITING_COMMANDS = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(SchedulerLoop.class);
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final LoopTurn turn;
  private final InstantSource clock;
  private final int maxWaitingCommands;
  private final LoopMetrics metrics;
  private final Consumer<SteppedDownException> onStepDown;
  private final InputQueue queue = new InputQueue();
  private final AtomicInteger waitingCommands = new AtomicInteger();
  private final Thread thread;
  private volatile Door door = new Door.Shut(Refusals.STARTING);
  private volatile boolean stopping;

  /** Whether commands are let in. */
  private sealed interface Door {
    /** They are. */
    record Open() implements Door {}

    /** They are refused. */
    record Shut(Reply.Rejected refusal) implements Door {}
  }

  /**
   * A loop that does not turn yet.
   *
   * @param turn what it turns; nobody else may
   * @param clock the time, which never goes backwards
   * @param maxWaitingCommands how many commands wait at most
   * @param metrics what is measured
   * @param onStepDown told once, on the loop's thread, when this server must end; it ends the
   *     process with {@link SteppedDownException#exitCode()}
   */
  public SchedulerLoop(
      LoopTurn turn,
      InstantSource clock,
      int maxWaitingCommands,
      LoopMetrics metrics,
      Consumer<SteppedDownException> onStepDown) {
    this.turn = turn;
    this.clock = clock;
    this.maxWaitingCommands = maxWaitingCommands;
    this.metrics = metrics;
    this.onStepDown = onStepDown;
    this.thread = Thread.ofPlatform().name("scheduler-loop").unstarted(this::turnUntilStopped);
  }

  /** The committed state; may be asked from any thread, and never blocks. */
  public Snapshot snapshot() {
    return turn.snapshot();
  }

  /**
   * Asks for something.
   *
   * @param command what
   * @return the reply, see {@link Submission#reply()}; commands that come before the server leads,
   *     after it stopped, or while too many wait are answered at once with {@link
   *     io.homeport.scheduler.ErrorCode#UNAVAILABLE}
   */
  public CompletableFuture<Reply> ask(Command command) {
    if (door instanceof Door.Shut shut) {
      return CompletableFuture.completedFuture(shut.refusal());
    }
    int waiting = waitingCommands.incrementAndGet();
    if (waiting > maxWaitingCommands) {
      waitingCommands.decrementAndGet();
      metrics.commandRefusedForLoad();
      return CompletableFuture.completedFuture(Refusals.overloaded(waiting - 1));
    }
    Submission submission = Submission.of(new Input.Asked(command));
    enqueue(submission);
    return submission.reply();
  }

  /**
   * Takes an event of the engine. Never blocks and never refuses.
   *
   * @param event what
   */
  public void observe(ClusterEvent event) {
    enqueue(Submission.of(new Input.Observed(event)));
  }

  /**
   * Begins to turn, with the input that begins the leadership. Commands are let in once that is
   * committed.
   *
   * @param led the first input
   * @return completed once it is committed; the place for what needs the leadership
   */
  public CompletableFuture<Reply> lead(Input.Led led) {
    Submission first = Submission.of(led);
    CompletableFuture<Reply> begun = first.reply().thenApply(this::openDoor);
    enqueue(first);
    thread.start();
    return begun;
  }

  /**
   * Keeps commands out, for good, while reads go on; the loop does not turn.
   *
   * @param reason what they are answered with
   */
  public void keepReadOnly(String reason) {
    door = new Door.Shut(Refusals.readOnly(reason));
  }

  private Reply openDoor(Reply reply) {
    if (!stopping && !(reply instanceof Reply.Rejected)) {
      door = new Door.Open();
    }
    return reply;
  }

  private void enqueue(Submission submission) {
    metrics.queueChanged(1);
    queue.add(submission);
    if (stopping && !thread.isAlive()) {
      refuseWaiting();
    }
  }

  private void turnUntilStopped() {
    try {
      while (!stopping) {
        turn.run(nextInputs(), this::furtherInputs);
      }
      LOG.info("The loop ended after commit {}.", turn.snapshot().sequence());
    } catch (SteppedDownException e) {
      stepDown(e);
    } catch (InterruptedException e) {
      stepDown(new SteppedDownException(ExitCode.LOOP_FAILED, "The loop was interrupted.", e));
    } catch (Throwable e) { // whatever it is, a server whose loop is dead must not look alive
      stepDown(new SteppedDownException(ExitCode.LOOP_FAILED, "The loop failed: " + e, e));
    } finally {
      stop();
      refuseWaiting();
    }
  }

  private void stepDown(SteppedDownException why) {
    stop();
    LOG.error("Stepping down ({}): {}", why.exitCode(), why.getMessage(), why.getCause());
    refuseWaiting();
    onStepDown.accept(why);
  }

  private List<Submission> nextInputs() throws InterruptedException {
    Optional<Instant> wakeAt = turn.wakeAt();
    List<Submission> inputs = queue.await(patience(wakeAt));
    taken(inputs);
    addTickIfDue(wakeAt, inputs);
    return inputs;
  }

  /**
   * What has come while a turn is under way, and behind it what is due: events that keep coming do
   * not hold up what they lead to.
   */
  private List<Submission> furtherInputs(Supplier<Optional<Instant>> wakeAt) {
    if (stopping) {
      return List.of();
    }
    List<Submission> inputs = queue.some();
    taken(inputs);
    addTickIfDue(wakeAt.get(), inputs);
    return inputs;
  }

  private void taken(List<Submission> inputs) {
    metrics.queueChanged(-inputs.size());
    for (Submission submission : inputs) {
      if (submission.isCommand()) {
        waitingCommands.decrementAndGet();
      }
    }
  }

  private void addTickIfDue(Optional<Instant> wakeAt, List<Submission> inputs) {
    boolean due = wakeAt.isPresent() && !wakeAt.get().isAfter(clock.instant());
    if (due && queue.isRoundOver()) {
      inputs.add(Submission.of(new Input.Tick()));
    }
  }

  private Duration patience(Optional<Instant> wakeAt) {
    if (wakeAt.isEmpty()) {
      return LONGEST_WAIT;
    }
    Duration left = Duration.between(clock.instant(), wakeAt.get());
    if (left.isNegative()) {
      return Duration.ZERO;
    }
    return left.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : left;
  }

  private void stop() {
    stopping = true;
    door = new Door.Shut(Refusals.STOPPING);
  }

  private void refuseWaiting() {
    List<Submission> rest = queue.all();
    metrics.queueChanged(-rest.size());
    rest.forEach(submission -> submission.reply().complete(Refusals.STOPPING));
  }

  /**
   * Ends the loop after the turn under way. Commands that wait are refused. Nothing is told to
   * {@code onStepDown}.
   */
  @Override
  public void close() {
    stop();
    queue.wake();
    boolean interrupted = false;
    while (thread.isAlive() && thread != Thread.currentThread()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    refuseWaiting();
  }
}
