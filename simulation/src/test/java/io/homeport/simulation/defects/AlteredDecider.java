package io.homeport.simulation.defects;

import io.homeport.model.Call;
import io.homeport.runtime.Decider;
import io.homeport.scheduler.Decision;
import io.homeport.scheduler.Effect;
import io.homeport.scheduler.Input;
import io.homeport.state.Change;
import io.homeport.state.ClusterState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The core, tampered with: in what it hears, in what it sees, or in what it decides. */
abstract class AlteredDecider implements Decider {
  /** What the core hears instead. */
  Input hear(ClusterState state, Input input) {
    return input;
  }

  /** What the core sees instead. */
  ClusterState see(ClusterState state) {
    return state;
  }

  /** What is decided instead. */
  Decision alter(ClusterState state, Input input, Decision decision) {
    return decision;
  }

  @Override
  public Decision decide(ClusterState state, Input input, Instant now) {
    Input heard = hear(state, input);
    Decision seen = Decider.CORE.decide(see(state), heard, now);
    // It takes place in the state as it is, not in what was seen of it.
    Decision decision = new Decision(seen.changes(), seen.effects(), seen.reply());
    return alter(state, input, decision);
  }

  @Override
  public Optional<Instant> nextDeadline(ClusterState state, Instant now) {
    return Decider.CORE.nextDeadline(see(state), now);
  }

  static Decision withoutCalls(Decision decision, Predicate<Call> which) {
    return new Decision(
        decision.changes(),
        decision.effects().stream()
            .filter(effect -> !(effect instanceof Effect.Send send && which.test(send.call())))
            .toList(),
        decision.reply());
  }

  static Decision withCall(Decision decision, Call call) {
    List<Effect> effects = new ArrayList<>(decision.effects());
    effects.add(new Effect.Send(call));
    return new Decision(decision.changes(), List.copyOf(effects), decision.reply());
  }

  static Decision withoutChanges(Decision decision, Predicate<Change> which) {
    return new Decision(
        decision.changes().stream().filter(which.negate()).toList(),
        decision.effects(),
        decision.reply());
  }

  static Decision withChanges(Decision decision, List<? extends Change> more) {
    List<Change> changes = new ArrayList<>(decision.changes());
    changes.addAll(more);
    return new Decision(List.copyOf(changes), decision.effects(), decision.reply());
  }

  static List<Call> calls(Decision decision) {
    List<Call> calls = new ArrayList<>();
    for (Effect effect : decision.effects()) {
      if (effect instanceof Effect.Send send) {
        calls.add(send.call());
      }
    }
    return calls;
  }
}
