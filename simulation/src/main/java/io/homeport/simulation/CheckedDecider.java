package io.homeport.simulation;

import io.homeport.runtime.Decider;
import io.homeport.scheduler.Decision;
import io.homeport.scheduler.Input;
import io.homeport.scheduler.Reply;
import io.homeport.scheduler.Scheduler;
import io.homeport.state.Change;
import io.homeport.state.ClusterState;
import java.time.Instant;
import java.util.Optional;

/** The core, watched: every decision is checked before the loop gets it. */
final class CheckedDecider implements Decider {
  private static final int MOST_IDLE_TICKS = 50;

  private final World world;
  private final String owner;
  private final Decider decider;
  private Instant lastTick = Instant.EPOCH;
  private int ticksInARow;

  CheckedDecider(World world, String owner, Decider decider) {
    this.world = world;
    this.owner = owner;
    this.decider = decider;
  }

  @Override
  public Decision decide(ClusterState state, Input input, Instant now) {
    world.tally().event(Describe.kind(input));
    world.trace().add(owner, Describe.input(input));
    if (world.networkRandom().chance(0.05)) {
      InvariantViolation.check(
          decider.decide(state, input, now).equals(decider.decide(state, input, now)),
          "decide-is-a-function",
          "the same input gave two different decisions: " + Describe.input(input));
    }
    Decision decision = decider.decide(state, input, now);
    checkSize(decision);
    checkRefusal(decision);
    checkBusyLoop(input, now);
    world.rolloutChecks().decided(state, input, decision, now);
    return decision;
  }

  private static void checkSize(Decision decision) {
    long stored = decision.changes().stream().filter(Change.Stored.class::isInstance).count();
    InvariantViolation.check(
        stored <= Scheduler.MAX_CHANGES, "decisions-are-bounded", stored + " stored changes");
  }

  private static void checkRefusal(Decision decision) {
    InvariantViolation.check(
        !(decision.reply() instanceof Reply.Rejected)
            || decision.changes().stream().noneMatch(Change.Stored.class::isInstance),
        "refused-changes-nothing",
        decision.reply() + " with " + Describe.changes(decision.changes()));
  }

  /** Time must pass between ticks: else the loop spins. */
  private void checkBusyLoop(Input input, Instant now) {
    if (!(input instanceof Input.Tick)) {
      ticksInARow = 0;
      return;
    }
    ticksInARow = now.isAfter(lastTick.plusMillis(2)) ? 0 : ticksInARow + 1;
    lastTick = now;
    InvariantViolation.check(
        ticksInARow < MOST_IDLE_TICKS,
        "the-loop-does-not-spin",
        ticksInARow + " ticks without a pause");
  }

  @Override
  public Optional<Instant> nextDeadline(ClusterState state, Instant now) {
    return decider.nextDeadline(state, now);
  }
}
