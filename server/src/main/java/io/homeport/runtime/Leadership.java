package io.homeport.runtime;

import io.homeport.scheduler.Input;
import io.homeport.scheduler.Reply;
import io.homeport.state.DurableState;
import io.homeport.state.Violation;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time during which this server leads, from reading the store to letting go. It ties store,
 * core and engine together: the state is read and checked, the beginning is committed, and only
 * then is the engine connected. A state that contradicts itself is shown and not touched.
 */
public final class Leadership implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
  private static final int MOST_VIOLATIONS_SHOWN = 10;

  private final Cluster cluster;
  private final EventJournal journal;
  private final SchedulerLoop loop;
  private final Consumer<SteppedDownException> onStepDown;
  private final Optional<String> readOnly;

  /**
   * What a leadership is made of besides the ports.
   *
   * @param decider the core
   * @param clock where the time comes from
   * @param tokens gives random tokens of 8 lower-case letters and digits, see {@link Tokens}
   * @param meters where the loop's metrics are registered
   * @param window how many events are retained
   * @param maxWaitingCommands how many commands wait at most
   * @param onStepDown told once when the server must end by itself; it ends the process with the
   *     exception's exit code. It is called on an inner thread and must not close the leadership
   */
  public record Settings(
      Decider decider,
      InstantSource clock,
      Supplier<String> tokens,
      MeterRegistry meters,
      EventJournal.Window window,
      int maxWaitingCommands,
      Consumer<SteppedDownException> onStepDown) {
    /**
     * The settings of a server: the core, the machine's clock, random tokens.
     *
     * @param meters where the loop's metrics are registered
     * @param onStepDown see the component
     */
    public static Settings standard(
        MeterRegistry meters, Consumer<SteppedDownException> onStepDown) {
      return new Settings(
          Decider.CORE,
          InstantSource.system(),
          new Tokens(),
          meters,
          EventJournal.DEFAULT_WINDOW,
          SchedulerLoop.DEFAULT_MAX_WAITING_COMMANDS,
          onStepDown);
    }
  }

  private Leadership(Recovery recovery, Store store, Cluster cluster, Settings settings) {
    this.cluster = cluster;
    this.onStepDown = settings.onStepDown();
    InstantSource clock = new SteadyClock(settings.clock());
    LoopMetrics metrics = new LoopMetrics(settings.meters());
    this.journal = new EventJournal(recovery.snapshot().sequence(), settings.window());
    LoopTurn turn =
        new LoopTurn(
            recovery.snapshot(), store, cluster::send, journal, settings.decider(), clock, metrics);
    this.loop = new SchedulerLoop(turn, clock, settings.maxWaitingCommands(), metrics, onStepDown);
    this.readOnly =
        recovery.violations().isEmpty() ? Optional.empty() : Optional.of(reason(recovery));
  }

  /**
   * Begins to lead. Returns once the state is read; it can be read from then on. Commands are let
   * in, and the engine is connected, once the beginning is committed.
   *
   * @param store what to read and to write; not closed by this
   * @param cluster the engine, not started yet; not closed by this
   * @param settings everything else
   * @throws StoreException when the store cannot be read
   */
  public static Leadership begin(Store store, Cluster cluster, Settings settings)
      throws StoreException {
    Recovery recovery = Recovery.from(store, settings.clock().instant());
    Leadership leadership = new Leadership(recovery, store, cluster, settings);
    leadership.start(settings.tokens());
    return leadership;
  }

  private static String reason(Recovery recovery) {
    String shown =
        recovery.violations().stream()
            .limit(MOST_VIOLATIONS_SHOWN)
            .map(Violation::toString)
            .collect(Collectors.joining(" "));
    int more = recovery.violations().size() - MOST_VIOLATIONS_SHOWN;
    return "The stored state contradicts itself, so it can be read and not changed, and nothing is"
        + " sent to the engine; tasks go on. Please report this with the server's log. "
        + shown
        + (more > 0 ? " And " + more + " more." : "");
  }

  private void start(Supplier<String> tokens) {
    if (readOnly.isPresent()) {
      LOG.error(readOnly.get());
      loop.keepReadOnly(readOnly.get());
      return;
    }
    CompletableFuture<Reply> led = loop.lead(new Input.Led(tokens.get(), tokens.get()));
    Thread.ofVirtual().name("leadership").start(() -> connectAfter(led));
  }

  private void connectAfter(CompletableFuture<Reply> led) {
    try {
      if (!(led.join() instanceof Reply.Rejected)) {
        connect();
      }
    } catch (CompletionException e) {
      LOG.debug("The leadership ended before it began.", e);
    }
  }

  private void connect() {
    DurableState durable = loop.snapshot().state().durable();
    try {
      String frameworkId = durable.frameworkId();
      cluster.start(
          durable.installation(),
          frameworkId.isEmpty() ? Optional.empty() : Optional.of(frameworkId),
          loop::observe);
    } catch (RuntimeException e) {
      LOG.error("The engine could not be started.", e);
      onStepDown.accept(
          new SteppedDownException(
              ExitCode.ENGINE_FAILED, "The engine could not be started: " + e, e));
    }
  }

  /** Takes commands, and shows the state. */
  public SchedulerLoop loop() {
    return loop;
  }

  /** The events published lately. */
  public EventJournal journal() {
    return journal;
  }

  /** Why nothing can be changed; absent when all is well. */
  public Optional<String> readOnly() {
    return readOnly;
  }

  /** Lets go: the turn under way ends, waiting commands are refused, followers are cut off. */
  @Override
  public void close() {
    loop.close();
    journal.close();
  }
}
