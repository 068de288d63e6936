package io.homeport.runtime;

import static io.homeport.runtime.ScriptedDecider.command;
import static io.homeport.runtime.ScriptedDecider.event;
import static io.homeport.runtime.ScriptedDecider.tick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.homeport.model.Call;
import io.homeport.scheduler.ErrorCode;
import io.homeport.scheduler.Reply;
import io.homeport.state.ClusterState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LoopTurnTest {
  private final MemoryStore store = new MemoryStore();
  private final ManualClock clock = new ManualClock();
  private final ScriptedDecider decider = new ScriptedDecider();
  private final List<Call> calls = new ArrayList<>();
  private final EventJournal journal = new EventJournal(0, EventJournal.DEFAULT_WINDOW);
  private final LoopTurn turn =
      new LoopTurn(
          new Snapshot(ClusterState.EMPTY, 0, clock.instant()),
          store,
          calls::add,
          journal,
          decider,
          clock,
          new LoopMetrics(new SimpleMeterRegistry()));

  private String stored() {
    return turn.snapshot().state().durable().frameworkId();
  }

  private List<String> eventIds() throws InterruptedException {
    Subscription all = journal.subscribe(Optional.of(new EventId(0, Integer.MAX_VALUE)));
    return all.take(Duration.ZERO) instanceof Subscription.Taken.Events events
        ? events.events().stream().map(published -> published.id().toString()).toList()
        : List.of();
  }

  @Test
  void inputsOfATurnShareOneCommitAndSeeEachOthersChanges() throws Exception {
    List<Submission> submissions = List.of(command("/stored/a"), event("stored/b"), tick());

    turn.run(submissions);

    assertThat(store.commitSizes()).containsExactly(3);
    assertThat(stored()).isEqualTo("xxx");
    assertThat(turn.snapshot().sequence()).isEqualTo(1);
    assertThat(store.replayed()).isEqualTo(turn.snapshot().state().durable());
    assertThat(ScriptedDecider.names(calls))
        .containsExactly("/stored/a", "/stored/b", "/stored/tick");
    assertThat(eventIds()).containsExactly("1-0", "1-1", "1-2");
    assertThat(submissions)
        .allSatisfy(each -> assertThat(each.reply()).isCompletedWithValue(new Reply.Done()));
  }

  @Test
  void nothingIsCommittedForTransientChanges() throws Exception {
    turn.run(List.of(command("/stored")));
    turn.run(List.of(command("/passing"), event("passing")));

    assertThat(store.attempts()).isEqualTo(1);
    assertThat(turn.snapshot().state().present().nextNumber()).isEqualTo(4);
    assertThat(eventIds()).containsExactly("1-0", "1-1", "1-2");
  }

  @Test
  void effectsAndRepliesComeAfterTheCommit() throws Exception {
    Submission asked = command("/stored");
    List<String> order = new ArrayList<>();
    Store watched =
        new Store() {
          @Override
          public long load(java.util.function.Consumer<io.homeport.state.Change.Stored> changes) {
            return 0;
          }

          @Override
          public Outcome commit(long expected, List<io.homeport.state.Change.Stored> changes) {
            order.add("commit, replied: " + asked.reply().isDone());
            return new Outcome.Committed(expected + 1);
          }

          @Override
          public String description() {
            return "watched";
          }

          @Override
          public void close() {}
        };
    LoopTurn watchedTurn =
        new LoopTurn(
            turn.snapshot(),
            watched,
            _ -> order.add("call, replied: " + asked.reply().isDone()),
            journal,
            decider,
            clock,
            new LoopMetrics(new SimpleMeterRegistry()));

    watchedTurn.run(List.of(asked));

    assertThat(order).containsExactly("commit, replied: false", "call, replied: false");
    assertThat(asked.reply()).isCompleted();
  }

  @Test
  void largeTurnsAreCutIntoBatches() throws Exception {
    List<Submission> many =
        IntStream.range(0, Store.Limits.USUAL.changes() + 5)
            .mapToObj(_ -> event("stored"))
            .toList();

    turn.run(many);

    assertThat(store.commitSizes()).containsExactly(Store.Limits.USUAL.changes(), 5);
    assertThat(turn.snapshot().sequence()).isEqualTo(2);
  }

  @Test
  void whileTheStoreIsFullCommandsAreRefusedEventsKeptAndTheRestGoesOn() throws Exception {
    store.answerNextWith(new Store.Outcome.Full("no space"));
    Submission before = event("passing/before");
    Submission asked = command("/stored/asked");
    Submission blocked = event("stored/blocked");
    Submission behind = event("passing/behind");
    Submission harmless = command("/passing/harmless");

    turn.run(List.of(before, asked, blocked, behind, harmless));

    assertThat(asked.reply().join())
        .isInstanceOfSatisfying(
            Reply.Rejected.class, no -> assertThat(no.code()).isEqualTo(ErrorCode.STORE_FULL));
    assertThat(before.reply()).isCompletedWithValue(new Reply.Done());
    assertThat(harmless.reply()).isCompletedWithValue(new Reply.Done());
    assertThat(blocked.reply()).isNotDone();
    assertThat(behind.reply()).isNotDone();
    assertThat(stored()).isEmpty();
    assertThat(ScriptedDecider.names(calls))
        .containsExactly("/passing/before", "/passing/harmless");
  }

  @Test
  void aFullStoreIsTriedAgainWithGrowingPausesAndThenEverythingKeptIsDoneInOrder()
      throws Exception {
    Store.Outcome full = new Store.Outcome.Full("no space");
    store.answerNextWith(full, full);

    turn.run(List.of(event("stored/a")));
    assertThat(turn.wakeAt()).contains(clock.instant().plus(StoreBacklog.FIRST_PAUSE));
    turn.run(List.of(event("stored/a"), event("passing/b"), tick(), command("/stored")));
    assertThat(store.attempts()).as("not tried before the pause is over").isEqualTo(1);

    clock.advance(StoreBacklog.FIRST_PAUSE);
    turn.run(List.of(tick()));
    assertThat(store.attempts()).isEqualTo(2);
    assertThat(turn.isStoreFull()).isTrue();
    assertThat(turn.wakeAt())
        .contains(clock.instant().plus(StoreBacklog.FIRST_PAUSE.multipliedBy(2)));

    clock.advance(StoreBacklog.FIRST_PAUSE.multipliedBy(2));
    turn.run(List.of(event("passing/c")));

    assertThat(turn.isStoreFull()).isFalse();
    assertThat(ScriptedDecider.names(calls))
        .as("what happened twice is done twice")
        .containsExactly("/stored/a", "/stored/a", "/passing/b", "/passing/c");
    assertThat(stored()).isEqualTo("xx");
  }

  @Test
  void anUnknownOutcomeEndsTheLoopAndFailsRepliesWithoutAnyEffect() {
    store.answerNextWith(new Store.Outcome.Unknown("the disk is gone"));
    Submission asked = command("/stored");

    SteppedDownException stop =
        catchThrowableOfType(SteppedDownException.class, () -> turn.run(List.of(asked)));

    assertThat(stop.exitCode()).isEqualTo(ExitCode.STORE_OUTCOME_UNKNOWN);
    assertThat(asked.reply()).isCompletedExceptionally();
    assertThat(calls).isEmpty();
    assertThat(stored()).isEmpty();
  }

  @Test
  void aRefusedCommitEndsTheLoop() {
    store.answerNextWith(new Store.Outcome.Refused("another leader"));
    Submission asked = command("/stored");

    SteppedDownException stop =
        catchThrowableOfType(SteppedDownException.class, () -> turn.run(List.of(asked)));

    assertThat(stop.exitCode()).isEqualTo(ExitCode.SUPERSEDED);
    assertThat(asked.reply().join()).isEqualTo(Refusals.STOPPING);
    assertThat(calls).isEmpty();
  }

  @Test
  void aCommandThatCannotBeDecidedFailsAlone() throws Exception {
    Submission bad = command("/bad");
    Submission good = command("/stored");

    turn.run(List.of(bad, good));

    assertThat(bad.reply()).isCompletedExceptionally();
    assertThat(bad.reply().exceptionNow()).isInstanceOf(DecisionFailedException.class);
    assertThat(good.reply()).isCompletedWithValue(new Reply.Done());
    assertThat(stored()).isEqualTo("x");
  }

  @Test
  void anEventThatCannotBeDecidedEndsTheLoopAfterWhatCameBeforeIt() {
    Submission before = command("/stored");
    Submission after = command("/stored/after");

    SteppedDownException stop =
        catchThrowableOfType(
            SteppedDownException.class, () -> turn.run(List.of(before, event("bad"), after)));

    assertThat(stop.exitCode()).isEqualTo(ExitCode.DECISION_FAILED);
    assertThat(before.reply()).isCompletedWithValue(new Reply.Done());
    assertThat(after.reply().join()).isEqualTo(Refusals.STOPPING);
    assertThat(stored()).isEqualTo("x");
  }

  @Test
  void aPastDeadlineWhoseTickDoesNothingIsNotRepeatedAtOnce() throws Exception {
    decider.idleTicks = true;
    decider.deadline = Optional.of(clock.instant().minusSeconds(5));
    assertThat(turn.wakeAt()).isEqualTo(decider.deadline);

    turn.run(List.of(tick()));

    assertThat(turn.wakeAt()).contains(clock.instant().plusSeconds(1));
    decider.deadline = Optional.of(clock.instant().plusMillis(10));
    assertThat(turn.wakeAt()).as("one in the future is kept").isEqualTo(decider.deadline);
  }

  @Test
  void whoseStoreWasTakenOverSendsNothingThatNoCommitExplains() throws Exception {
    turn.run(List.of(event("passing/a")));
    assertThat(ScriptedDecider.names(calls)).containsExactly("/passing/a");
    store.takeOver();
    Submission late = command("/passing/b");

    SteppedDownException stop =
        catchThrowableOfType(SteppedDownException.class, () -> turn.run(List.of(late)));

    assertThat(stop.exitCode()).isEqualTo(ExitCode.SUPERSEDED);
    assertThat(ScriptedDecider.names(calls)).containsExactly("/passing/a");
    assertThat(late.reply().join()).isInstanceOf(Reply.Rejected.class);
    assertThat(eventIds()).hasSize(1);
  }
}
