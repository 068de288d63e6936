package io.homeport.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.model.AppId;
import io.homeport.model.Call;
import io.homeport.model.ClusterEvent;
import io.homeport.scheduler.Command;
import io.homeport.scheduler.Decision;
import io.homeport.scheduler.ErrorCode;
import io.homeport.scheduler.Input;
import io.homeport.scheduler.Reply;
import io.homeport.state.Change;
import io.homeport.state.ClusterState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class SchedulerLoopTest {
  private static final int MAX_WAITING = 5;

  private final MemoryStore store = new MemoryStore();
  private final ScriptedDecider decider = new ScriptedDecider();
  private final List<Call> calls = Collections.synchronizedList(new ArrayList<>());
  private final CompletableFuture<SteppedDownException> steppedDown = new CompletableFuture<>();
  private SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final CountDownLatch arrivedAtGate = new CountDownLatch(1);
  private final CountDownLatch gate = new CountDownLatch(1);
  private SchedulerLoop loop = loop(store);

  private SchedulerLoop loop(Store inUse) {
    return loop(inUse, decider);
  }

  private SchedulerLoop loop(Store inUse, Decider deciding) {
    InstantSource clock = new SteadyClock(InstantSource.system());
    meters = new SimpleMeterRegistry();
    LoopMetrics metrics = new LoopMetrics(meters);
    LoopTurn turn =
        new LoopTurn(
            new Snapshot(ClusterState.EMPTY, 0, clock.instant()),
            inUse,
            calls::add,
            new EventJournal(0, EventJournal.DEFAULT_WINDOW),
            deciding,
            clock,
            metrics);
    return new SchedulerLoop(turn, clock, MAX_WAITING, metrics, steppedDown::complete);
  }

  /** A store whose commits wait at a gate once the leadership has begun. */
  private final class GatedStore implements Store {
    @Override
    public long load(Consumer<Change.Stored> changes) {
      return store.load(changes);
    }

    @Override
    public Outcome commit(long expected, List<Change.Stored> changes) {
      if (expected > 0) {
        arrivedAtGate.countDown();
        try {
          gate.await();
        } catch (InterruptedException e) {
          return new Outcome.Unknown("interrupted");
        }
      }
      return store.commit(expected, changes);
    }

    @Override
    public String description() {
      return "gated";
    }

    @Override
    public void close() {}
  }

  /** Whenever an event is decided the next one is there already, and something is due. */
  private final class Flood implements Decider {
    private final CountDownLatch ticked = new CountDownLatch(1);

    @Override
    public Decision decide(ClusterState state, Input input, Instant now) {
      switch (input) {
        case Input.Tick _ -> ticked.countDown();
        case Input.Observed _ -> goOn();
        case Input.Asked _, Input.Led _ -> {}
      }
      return decider.decide(state, input, now);
    }

    private void goOn() {
      if (ticked.getCount() > 0) {
        decider.deadline = Optional.of(Instant.EPOCH);
        loop.observe(new ClusterEvent.Disconnected("passing"));
      } else {
        decider.deadline = Optional.empty();
      }
    }

    @Override
    public Optional<Instant> nextDeadline(ClusterState state, Instant now) {
      return decider.nextDeadline(state, now);
    }
  }

  private static Command reset(String app) {
    return new Command.ResetDelay(new AppId(app));
  }

  private void lead() throws Exception {
    assertThat(loop.lead(new Input.Led("term0000", "inst0000")).get(10, TimeUnit.SECONDS))
        .isEqualTo(new Reply.Done());
  }

  private static ErrorCode refusal(CompletableFuture<Reply> reply) throws Exception {
    return ((Reply.Rejected) reply.get(10, TimeUnit.SECONDS)).code();
  }

  @AfterEach
  void close() {
    gate.countDown();
    loop.close();
  }

  @Test
  void eventsThatKeepComingDoNotHoldUpWhatIsDue() throws Exception {
    Flood flood = new Flood();
    loop = loop(store, flood);
    lead();
    loop.observe(new ClusterEvent.Disconnected("passing"));
    assertThat(flood.ticked.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void commandsAreLetInOnlyWhileItLeads() throws Exception {
    assertThat(refusal(loop.ask(reset("/stored")))).isEqualTo(ErrorCode.UNAVAILABLE);
    lead();
    assertThat(loop.ask(reset("/stored")).get(10, TimeUnit.SECONDS)).isEqualTo(new Reply.Done());
    assertThat(loop.snapshot().sequence()).isEqualTo(2);
    assertThat(loop.snapshot().state().durable().term()).isEqualTo("term0000");

    loop.close();

    assertThat(refusal(loop.ask(reset("/stored")))).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(steppedDown).as("closing is no step down").isNotDone();
  }

  @Test
  void aReplyIsGivenOnceReadersSeeWhatItTells() throws Exception {
    lead();
    for (int i = 1; i <= 200; i++) {
      assertThat(loop.ask(reset("/stored")).get(10, TimeUnit.SECONDS)).isEqualTo(new Reply.Done());
      assertThat(loop.snapshot().state().durable().frameworkId()).hasSize(i);
      assertThat(store.replayed().frameworkId()).hasSize(i);
    }
  }

  @Test
  void tooManyCommandsAreRefusedAndEventsNeverAre() throws Exception {
    loop = loop(new GatedStore());
    lead();
    loop.observe(new ClusterEvent.Disconnected("stored/first"));
    // once it has decided it still takes what has come meanwhile; in a commit it takes nothing
    assertThat(arrivedAtGate.await(10, TimeUnit.SECONDS)).isTrue();
    List<CompletableFuture<Reply>> replies = new ArrayList<>();
    for (int i = 0; i < MAX_WAITING + 3; i++) {
      replies.add(loop.ask(reset("/stored")));
      loop.observe(new ClusterEvent.Disconnected("stored"));
    }
    for (CompletableFuture<Reply> refused : replies.subList(MAX_WAITING, replies.size())) {
      assertThat(refusal(refused)).isEqualTo(ErrorCode.UNAVAILABLE);
    }
    gate.countDown();

    for (CompletableFuture<Reply> done : replies.subList(0, MAX_WAITING)) {
      assertThat(done.get(10, TimeUnit.SECONDS)).isEqualTo(new Reply.Done());
    }
    loop.ask(reset("/passing")).get(10, TimeUnit.SECONDS);
    assertThat(store.replayed().frameworkId())
        .as("the first event, the accepted commands, all other events")
        .hasSize(1 + MAX_WAITING + MAX_WAITING + 3);
    assertThat(store.commitSizes().size()).as("they shared commits").isLessThanOrEqualTo(4);
    assertThat(meters.get("homeport.loop.commands.refused").counter().count()).isEqualTo(3);
    assertThat(meters.get("homeport.loop.queue").gauge().value()).isZero();
  }

  @Test
  void aDeadlineIsMetByATick() throws Exception {
    decider.deadline = Optional.of(Instant.now().plusMillis(300));
    decider.idleTicks = true;
    lead();

    CompletableFuture<Void> ticked =
        CompletableFuture.runAsync(
            () -> {
              while (!decider.hasSeen(new Input.Tick())) {
                Thread.onSpinWait();
              }
            });
    ticked.get(10, TimeUnit.SECONDS);

    assertThat(Instant.now()).isAfterOrEqualTo(decider.deadline.orElseThrow());
    loop.ask(reset("/passing")).get(10, TimeUnit.SECONDS);
    assertThat(meters.get("homeport.loop.idle.ticks").counter().count())
        .as("a tick that does nothing is not repeated at once")
        .isLessThanOrEqualTo(3);
  }

  @Test
  void anUnknownOutcomeFailsWhatWasUnderWayRefusesTheRestAndEndsTheServer() throws Exception {
    lead();
    store.answerNextWith(new Store.Outcome.Unknown("the disk is gone"));

    CompletableFuture<Reply> asked = loop.ask(reset("/stored"));

    assertThat(steppedDown.get(10, TimeUnit.SECONDS).exitCode())
        .isEqualTo(ExitCode.STORE_OUTCOME_UNKNOWN);
    assertThat(asked).isCompletedExceptionally();
    assertThat(refusal(loop.ask(reset("/stored")))).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(loop.snapshot().state().durable().frameworkId()).as("reads go on").isEmpty();
    assertThat(calls).isEmpty();
  }

  @Test
  void anEventThatCannotBeDecidedEndsTheServer() throws Exception {
    lead();
    loop.observe(new ClusterEvent.Disconnected("bad"));
    assertThat(steppedDown.get(10, TimeUnit.SECONDS).exitCode())
        .isEqualTo(ExitCode.DECISION_FAILED);
  }

  @Test
  void aFullStoreDelaysTheBeginning() throws Exception {
    store.answerNextWith(new Store.Outcome.Full("no space"));
    CompletableFuture<Reply> led = loop.lead(new Input.Led("term0000", "inst0000"));
    assertThat(led.get(20, TimeUnit.SECONDS)).isEqualTo(new Reply.Done());
    assertThat(store.attempts()).isEqualTo(2);
  }

  @Test
  void timeNeverGoesBackwards() {
    ManualClock manual = new ManualClock();
    SteadyClock steady = new SteadyClock(manual);
    Instant before = steady.instant();
    manual.advance(java.time.Duration.ofSeconds(-5));
    assertThat(steady.instant()).isEqualTo(before);
    manual.advance(java.time.Duration.ofSeconds(6));
    assertThat(steady.instant()).isEqualTo(before.plusSeconds(1));
  }
}
