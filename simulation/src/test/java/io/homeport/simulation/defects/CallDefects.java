package io.homeport.simulation.defects;

import io.homeport.model.Call;
import io.homeport.model.ClusterEvent;
import io.homeport.model.Goal;
import io.homeport.model.Instance;
import io.homeport.model.Offer;
import io.homeport.model.OfferedReservation;
import io.homeport.model.Operation;
import io.homeport.model.OperationId;
import io.homeport.model.TaskId;
import io.homeport.model.TaskUpdate;
import io.homeport.runtime.Decider;
import io.homeport.scheduler.Decision;
import io.homeport.scheduler.Input;
import io.homeport.state.Change;
import io.homeport.state.ClusterState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Defects in what is asked of the engine, and when. */
final class CallDefects {
  private CallDefects() {}

  /** Some calls leave before the record that explains them is committed (Aurora's order). */
  static Decider early(Consumer<Call> engine, Predicate<Call> which) {
    return new AlteredDecider() {
      @Override
      Decision alter(ClusterState state, Input input, Decision decision) {
        calls(decision).stream().filter(which).forEach(engine);
        return withoutCalls(decision, which);
      }
    };
  }

  /** Some calls are never made. */
  static Decider never(Predicate<Call> which) {
    return never((state, call) -> which.test(call));
  }

  static Decider never(BiPredicate<ClusterState, Call> which) {
    return new AlteredDecider() {
      @Override
      Decision alter(ClusterState state, Input input, Decision decision) {
        ClusterState after = state.applyAll(decision.changes());
        return withoutCalls(decision, call -> which.test(after, call));
      }
    };
  }

  /** A kill is sent once, and not again when its task is back in reach (Mesos tape 13). */
  static Decider killsOnce() {
    SortedSet<TaskId> killed = new TreeSet<>();
    return never((state, call) -> call instanceof Call.Kill kill && !killed.add(kill.task()));
  }

  /** The end of a wiped instance is not asked for. */
  static boolean isKillOfLeaving(ClusterState state, Call call) {
    return call instanceof Call.Kill kill
        && state
            .durable()
            .instance(kill.task().instanceId())
            .map(Instance::goal)
            .filter(Goal.DECOMMISSIONED::equals)
            .isPresent();
  }

  /** What nobody has a record of is ended. */
  static Decider killsUnknownTasks() {
    return new AlteredDecider() {
      @Override
      Decision alter(ClusterState state, Input input, Decision decision) {
        Decision altered = decision;
        for (Change change : decision.changes()) {
          if (change instanceof Change.UnknownTaskSeen seen && seen.update().isPresent()) {
            TaskUpdate update = seen.update().get();
            altered =
                withCall(
                    altered,
                    new Call.Kill(seen.task(), update.agent().orElseThrow(), Optional.empty()));
          }
        }
        return altered;
      }
    };
  }

  /** What nobody has a record of is cleaned up (dcos-commons). */
  static Decider destroysUnknownReservations() {
    return new AlteredDecider() {
      private int count;

      @Override
      Decision alter(ClusterState state, Input input, Decision decision) {
        if (!(input instanceof Input.Observed observed
            && observed.event() instanceof ClusterEvent.OffersReceived received)) {
          return decision;
        }
        Decision altered = decision;
        for (Offer offer : received.offers()) {
          for (OfferedReservation part : offer.reservations()) {
            if (state.durable().reservation(part.id()).isEmpty()) {
              altered = withCall(altered, cleaning(offer, part));
            }
          }
        }
        return altered;
      }

      private Call cleaning(Offer offer, OfferedReservation part) {
        String unique = "cleaning-" + count++;
        List<Operation> operations = new ArrayList<>();
        for (OfferedReservation.OfferedVolume volume : part.volumes()) {
          operations.add(
              new Operation.Destroy(
                  OperationId.of(OperationId.Kind.DESTROY, volume.id(), unique), part, volume));
        }
        return new Call.Accept(List.of(offer.id()), offer.agent().id(), operations, Duration.ZERO);
      }
    };
  }

  /** Offers are asked for again whenever something waits. */
  static Decider revivesWithoutEnd() {
    return new AlteredDecider() {
      @Override
      Decision alter(ClusterState state, Input input, Decision decision) {
        boolean waits = !state.durable().waitingApps().isEmpty();
        return input instanceof Input.Tick && waits
            ? withCall(decision, new Call.Revive())
            : decision;
      }
    };
  }

  /** An offer that was used is declined too. */
  static Consumer<Call> answersTwice(Consumer<Call> engine) {
    return call -> {
      engine.accept(call);
      if (call instanceof Call.Accept accept) {
        engine.accept(new Call.Decline(accept.offers(), Duration.ZERO));
      }
    };
  }
}
