package io.homeport.runtime;

import static io.homeport.runtime.ScriptedDecider.command;
import static io.homeport.runtime.ScriptedDecider.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.homeport.model.Call;
import io.homeport.scheduler.ErrorCode;
import io.homeport.scheduler.Reply;
import io.homeport.state.Change;
import io.homeport.state.ClusterState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Deciding goes on while the store writes, and nothing leaves early. */
final class PipelineTest {
  private final SlowStore store = new SlowStore();
  private final ManualClock clock = new ManualClock();
  private final List<Call> calls = new ArrayList<>();
  private final Deque<Supplier<List<Submission>>> meanwhile = new ArrayDeque<>();
  private final LoopTurn turn =
      new LoopTurn(
          new Snapshot(ClusterState.EMPTY, 0, clock.instant()),
          store,
          calls::add,
          new EventJournal(0, EventJournal.DEFAULT_WINDOW),
          new ScriptedDecider(),
          clock,
          new LoopMetrics(new SimpleMeterRegistry()));

  /** A store whose commits end when the test says so. */
  private static final class SlowStore implements Store {
    private final Deque<CompletableFuture<Outcome>> underWay = new ArrayDeque<>();
    private final List<String> begun = new ArrayList<>();
    private boolean atOnce;

    @Override
    public CompletableFuture<Outcome> begin(long expected, List<Change.Stored> changes) {
      assertThat(underWay).as("one commit at a time").isEmpty();
      begun.add(changes.size() + " after " + expected);
      if (atOnce) {
        return CompletableFuture.completedFuture(new Outcome.Committed(expected + 1));
      }
      CompletableFuture<Outcome> outcome = new CompletableFuture<>();
      underWay.add(outcome);
      return outcome;
    }

    void ends(Outcome outcome) {
      underWay.removeFirst().complete(outcome);
    }

    @Override
    public Outcome commit(long expected, List<Change.Stored> changes) {
      throw new AssertionError("the loop waits for no commit");
    }

    @Override
    public long load(java.util.function.Consumer<Change.Stored> changes) {
      return 0;
    }

    @Override
    public String description() {
      return "slow";
    }

    @Override
    public void close() {}
  }

  /** What comes while the turn is under way; at the end of the script, nothing. */
  private void run(Submission first) throws SteppedDownException {
    turn.run(List.of(first), _ -> meanwhile.isEmpty() ? List.of() : meanwhile.removeFirst().get());
  }

  private void thenComes(Submission... submissions) {
    meanwhile.add(() -> List.of(submissions));
  }

  private void thenCommitEnds(Store.Outcome outcome, Runnable before) {
    meanwhile.add(
        () -> {
          before.run();
          store.ends(outcome);
          return List.of();
        });
  }

  @Test
  void theNextBatchIsDecidedWhileOneIsWrittenAndNothingLeavesBeforeItsOwnCommit() throws Exception {
    Submission first = command("/stored/a");
    Submission second = command("/stored/b");
    thenComes();
    thenComes(second);
    thenCommitEnds(
        new Store.Outcome.Committed(1),
        () -> {
          assertThat(calls).isEmpty();
          assertThat(first.reply()).isNotDone();
          assertThat(turn.snapshot().sequence()).isZero();
        });
    thenCommitEnds(
        new Store.Outcome.Committed(2),
        () -> {
          assertThat(ScriptedDecider.names(calls)).containsExactly("/stored/a");
          assertThat(first.reply()).isCompletedWithValue(new Reply.Done());
          assertThat(second.reply()).isNotDone();
          assertThat(turn.snapshot().state().durable().frameworkId()).isEqualTo("x");
        });

    run(first);

    assertThat(ScriptedDecider.names(calls)).containsExactly("/stored/a", "/stored/b");
    assertThat(second.reply()).isCompletedWithValue(new Reply.Done());
    assertThat(store.begun).containsExactly("1 after 0", "1 after 1");
    assertThat(turn.snapshot().state().durable().frameworkId()).isEqualTo("xx");
    assertThat(turn.snapshot().sequence()).isEqualTo(2);
  }

  @Test
  void whenThereIsNoRoomForABatchTheOneBuiltOnItHasNotHappenedEither() throws Exception {
    Submission first = event("stored/a");
    Submission second = command("/stored/b");
    thenComes();
    thenComes(second);
    thenCommitEnds(new Store.Outcome.Full("no space"), () -> {});

    run(first);

    assertThat(calls).isEmpty();
    assertThat(first.reply()).as("kept until there is room").isNotDone();
    assertThat(second.reply().join())
        .isInstanceOfSatisfying(
            Reply.Rejected.class, no -> assertThat(no.code()).isEqualTo(ErrorCode.STORE_FULL));
    assertThat(turn.snapshot().state()).isEqualTo(ClusterState.EMPTY);
    assertThat(turn.isStoreFull()).isTrue();
    assertThat(store.begun).containsExactly("1 after 0");
  }

  @Test
  void whenItIsUnknownWhatBecameOfABatchTheOneBuiltOnItIsNotWritten() {
    Submission first = command("/stored/a");
    Submission second = command("/stored/b");
    thenComes();
    thenComes(second);
    thenCommitEnds(new Store.Outcome.Unknown("the disk is gone"), () -> {});

    SteppedDownException stop = catchThrowableOfType(SteppedDownException.class, () -> run(first));

    assertThat(stop.exitCode()).isEqualTo(ExitCode.STORE_OUTCOME_UNKNOWN);
    assertThat(first.reply()).isCompletedExceptionally();
    assertThat(second.reply().join()).isEqualTo(Refusals.STOPPING);
    assertThat(calls).isEmpty();
    assertThat(store.begun).containsExactly("1 after 0");
  }

  @Test
  void anEventThatCannotBeDecidedEndsTheLoopAfterBothBatchesBeforeIt() {
    Submission first = command("/stored/a");
    Submission second = command("/stored/b");
    thenComes();
    thenComes(second);
    meanwhile.add(
        () -> {
          store.ends(new Store.Outcome.Committed(1));
          store.atOnce = true;
          return List.of(event("bad"), command("/stored/c"));
        });

    SteppedDownException stop = catchThrowableOfType(SteppedDownException.class, () -> run(first));

    assertThat(stop.exitCode()).isEqualTo(ExitCode.DECISION_FAILED);
    assertThat(second.reply()).isCompletedWithValue(new Reply.Done());
    assertThat(ScriptedDecider.names(calls)).containsExactly("/stored/a", "/stored/b");
  }
}
