package io.homeport.simulation.invariants;

import io.homeport.model.AppId;
import io.homeport.scheduler.Explanation;
import io.homeport.simulation.world.Invariant;
import io.homeport.simulation.world.World;
import io.homeport.state.ClusterState;
import java.time.Instant;

/** Promise 7: whatever waits says why, whenever it is asked. */
final class WaitChecks {
  private static final int EACH = 25;

  private final World world;
  private long turns;

  WaitChecks(World world) {
    this.world = world;
  }

  /** Asks now and then. */
  void turned(ClusterState state, Instant now) {
    if (++turns % EACH != 0) {
      return;
    }
    for (AppId app : state.durable().waitingApps()) {
      Explanation explanation = Explanation.of(state, app, now);
      for (Explanation.WaitingInstance waiting : explanation.waiting()) {
        world.check(
            !waiting.reason().isBlank()
                && waiting.agents().size() == state.durable().agents().size(),
            Invariant.EVERY_WAIT_HAS_A_REASON,
            () -> waiting.instance() + " waits, and says only: " + waiting);
      }
    }
  }
}
