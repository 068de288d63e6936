package io.homeport.benchmark.scheduler;

import io.homeport.model.Call;
import io.homeport.model.Operation;
import io.homeport.scheduler.Decision;
import io.homeport.scheduler.Effect;
import io.homeport.scheduler.Input;
import io.homeport.scheduler.Scheduler;
import io.homeport.state.Change;
import io.homeport.state.ClusterState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The core alone: decisions one after another, each on the state that the one before led to. */
final class Decisions {
  /** So many ticks without a launch mean that no more will come. */
  private static final int PATIENCE = 5;

  private final List<Change> changes = new ArrayList<>();
  private final boolean remembersChanges;
  private final Instant now;
  private ClusterState state;
  private int launches;

  /**
   * Begins.
   *
   * @param state with what
   * @param now the time, which stands still
   * @param remembersChanges whether {@link #changes} will be asked for
   */
  Decisions(ClusterState state, Instant now, boolean remembersChanges) {
    this.state = state;
    this.now = now;
    this.remembersChanges = remembersChanges;
  }

  ClusterState state() {
    return state;
  }

  /** All changes so far. */
  List<Change> changes() {
    return changes;
  }

  /** How many tasks were launched. */
  int launches() {
    return launches;
  }

  /** Takes one decision, and gives the calls that come of it. */
  List<Call> give(Input input) {
    Decision decision = Scheduler.decide(state, input, now);
    state = decision.after(state);
    if (remembersChanges) {
      changes.addAll(decision.changes());
    }
    List<Call> calls = new ArrayList<>();
    for (Effect effect : decision.effects()) {
      if (effect instanceof Effect.Send(Call call)) {
        calls.add(call);
        launches += launchesIn(call);
      }
    }
    return calls;
  }

  private static int launchesIn(Call call) {
    int launches = 0;
    if (call instanceof Call.Accept accept) {
      for (Operation operation : accept.operations()) {
        launches += operation instanceof Operation.Launch ? 1 : 0;
      }
    }
    return launches;
  }

  /** Ticks until so many tasks were launched, or nothing more comes of it. */
  void tickUntil(int wanted) {
    int idle = 0;
    while (launches < wanted && idle < PATIENCE) {
      int before = launches;
      give(new Input.Tick());
      idle = launches == before ? idle + 1 : 0;
    }
  }

  /** Ticks as long as the core has work to do without anything from outside. */
  void settle() {
    while (!state.present().unsettled().isEmpty()) {
      give(new Input.Tick());
    }
  }
}
