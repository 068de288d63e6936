package io.homeport.simulation.server;

import io.homeport.runtime.Decider;
import io.homeport.scheduler.Decision;
import io.homeport.scheduler.Input;
import io.homeport.scheduler.Reply;
import io.homeport.scheduler.Scheduler;
import io.homeport.simulation.world.Describe;
import io.homeport.simulation.world.Invariant;
import io.homeport.simulation.world.World;
import io.homeport.state.Change;
import io.homeport.state.ClusterState;
import java.time.Instant;
import java.util.Optional;

/** The core, watched: every decision is checked before the loop gets it. */
final class CheckedDecider implements Decider {
  private static final int MOST_IDLE_TICKS = 50;

  private final Servers servers;
  private final World world;
  private final String owner;
  private final Decider decider;
  private Instant lastTick = Instant.EPOCH;
  private int ticksInARow;

  CheckedDecider(Servers servers, String owner, Decider decider) {
    this.servers = servers;
    this.world = servers.world();
    this.owner = owner;
    this.decider = decider;
  }

  @Override
  public Decision decide(ClusterState state, Input input, Instant now) {
    world.tally().event(Describe.kind(input));
    world.trace().add(owner, Describe.input(input));
    Decision decision = decider.decide(state, input, now);
    boolean twice = servers.storeRandom().chance(0.05);
    if (twice && decider.equals(Decider.CORE)) {
      world.check(
          decision.equals(decider.decide(state, input, now)),
          Invariant.DECIDE_IS_A_FUNCTION,
          () -> "the same input gave two different decisions: " + Describe.input(input));
    }
    checkSize(decision);
    checkRefusal(decision);
    checkBusyLoop(input, now);
    servers.witness().decided(state, input, decision, now);
    return decision;
  }

  private void checkSize(Decision decision) {
    long stored = decision.changes().stream().filter(Change.Stored.class::isInstance).count();
    world.check(
        stored <= Scheduler.MAX_CHANGES,
        Invariant.DECISIONS_ARE_BOUNDED,
        () -> stored + " stored changes");
  }

  private void checkRefusal(Decision decision) {
    world.check(
        !(decision.reply() instanceof Reply.Rejected)
            || decision.changes().stream().noneMatch(Change.Stored.class::isInstance),
        Invariant.REFUSED_CHANGES_NOTHING,
        () -> decision.reply() + " with " + Describe.changes(decision.changes()));
  }

  /** Time must pass between ticks: else the loop spins. */
  private void checkBusyLoop(Input input, Instant now) {
    if (!(input instanceof Input.Tick)) {
      ticksInARow = 0;
      return;
    }
    ticksInARow = now.isAfter(lastTick.plusMillis(2)) ? 0 : ticksInARow + 1;
    lastTick = now;
    world.check(
        ticksInARow < MOST_IDLE_TICKS,
        Invariant.LOOP_DOES_NOT_SPIN,
        () -> ticksInARow + " ticks without a pause");
  }

  @Override
  public Optional<Instant> nextDeadline(ClusterState state, Instant now) {
    return decider.nextDeadline(state, now);
  }
}
