package io.homeport.simulation.defects;

import io.homeport.model.AgentStatus;
import io.homeport.model.Call;
import io.homeport.model.ClusterEvent;
import io.homeport.model.Condition;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.model.Operation;
import io.homeport.model.OperationId;
import io.homeport.model.OperationUpdate;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationState;
import io.homeport.model.TaskId;
import io.homeport.model.TaskState;
import io.homeport.model.VolumeId;
import io.homeport.runtime.Decider;
import io.homeport.scheduler.Command;
import io.homeport.scheduler.Decision;
import io.homeport.scheduler.Effect;
import io.homeport.scheduler.ErrorCode;
import io.homeport.scheduler.Input;
import io.homeport.scheduler.Reply;
import io.homeport.state.Change;
import io.homeport.state.ClusterState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/** Defects in what becomes of homes and their volumes. */
final class HomeDefects {
  private HomeDefects() {}

  /** Under some circumstances instances forget where they live, and get another home. */
  private static Decider forgetting(BiPredicate<Instance, Input> when) {
    return new AlteredDecider() {
      @Override
      Decision alter(ClusterState state, Input input, Decision decision) {
        if (decision.reply() instanceof Reply.Rejected) {
          return decision;
        }
        ClusterState after = state.applyAll(decision.changes());
        Decision altered = decision;
        for (Reservation home : after.durable().reservations().values()) {
          Optional<Instance> owner = home.owner().flatMap(after.durable()::instance);
          if (owner.isPresent() && when.test(owner.get(), input)) {
            altered = withChanges(altered, leavingBehind(home, owner.get()));
          }
        }
        return altered;
      }
    };
  }

  private static List<Change> leavingBehind(Reservation home, Instance owner) {
    Reservation left =
        home.ownedBy(Optional.empty(), home.appId(), home.ordinal())
            .in(new ReservationState.LeftBehind(Instant.EPOCH, "forgotten", Optional.empty()));
    return List.of(
        new Change.ReservationPut(left),
        new Change.InstancePut(owner.withReservation(Optional.empty())));
  }

  /** A task that ended is started anywhere (residency is forgotten). */
  static Decider forgetsResidency() {
    return forgetting(
        (instance, input) ->
            input instanceof Input.Observed observed
                && observed.event() instanceof ClusterEvent.TaskUpdated
                && instance.condition() == Condition.FAILED);
  }

  /** A restart while the home is out of reach makes a second volume (Marathon #4137). */
  static Decider restartsElsewhere() {
    return forgetting(
        (instance, input) ->
            input instanceof Input.Asked asked
                && asked.command() instanceof Command.RestartApp restart
                && restart.app().equals(instance.appId())
                && instance.condition() == Condition.UNREACHABLE);
  }

  /** What an instance had claimed is not looked for when its agent is lost (Nomad 27470). */
  static Decider forgetsLostClaims() {
    return forgetting(
        (instance, input) ->
            input instanceof Input.Observed observed
                && observed.event() instanceof ClusterEvent.AgentReported reported
                && reported.status() == AgentStatus.UNREACHABLE
                && instance.task().filter(t -> t.agent().equals(reported.agent().id())).isPresent()
                && !instance.isLive());
  }

  /** The time out of reach goes on counting while nobody could have heard of a return. */
  static Decider countsWhileDisconnected() {
    return new AlteredDecider() {
      @Override
      Decision alter(ClusterState state, Input input, Decision decision) {
        boolean disconnects =
            input instanceof Input.Observed observed
                && observed.event() instanceof ClusterEvent.Disconnected;
        return disconnects
            ? withoutChanges(decision, Change.UnreachableSince.class::isInstance)
            : decision;
      }
    };
  }

  /** Two instances on one agent take each other's volumes (Marathon #3748). */
  static Decider swapsHomes() {
    return new AlteredDecider() {
      @Override
      Decision alter(ClusterState state, Input input, Decision decision) {
        ClusterState after = state.applyAll(decision.changes());
        SortedMap<String, Instance> waiting = new TreeMap<>();
        for (Reservation home : after.durable().reservations().values()) {
          Optional<Instance> owner =
              home.owner().flatMap(after.durable()::instance).filter(i -> !i.isLive());
          String place = home.appId() + "@" + home.agent();
          Instance other = owner.map(instance -> waiting.put(place, instance)).orElse(null);
          if (owner.isPresent() && other != null) {
            return withChanges(decision, swapped(after, owner.get(), other));
          }
        }
        return decision;
      }
    };
  }

  private static List<Change> swapped(ClusterState state, Instance one, Instance other) {
    List<Change> changes = new ArrayList<>();
    state.durable().reservationOf(one).ifPresent(home -> changes.addAll(moving(home, other)));
    state.durable().reservationOf(other).ifPresent(home -> changes.addAll(moving(home, one)));
    return changes;
  }

  private static List<Change> moving(Reservation home, Instance to) {
    return List.of(
        new Change.ReservationPut(home.ownedBy(Optional.of(to.id()), to.appId(), to.ordinal())),
        new Change.InstancePut(to.withReservation(Optional.of(home.id()))));
  }

  /** A record goes with its volume, and the reservation around it stays (Marathon #5142). */
  static Decider forgetsToUnreserve() {
    return new AlteredDecider() {
      @Override
      Decision alter(ClusterState state, Input input, Decision decision) {
        Decision altered = withoutUnreserve(decision);
        if (input instanceof Input.Observed observed
            && observed.event() instanceof ClusterEvent.OperationUpdated updated
            && updated.update().state() == OperationUpdate.State.FINISHED
            && updated
                .update()
                .operation()
                .kind()
                .filter(OperationId.Kind.DESTROY::equals)
                .isPresent()) {
          Optional<Reservation> home =
              VolumeId.parse(updated.update().operation().target())
                  .flatMap(state.durable()::reservationOf);
          if (home.isPresent()) {
            return withChanges(altered, List.of(new Change.ReservationRemoved(home.get().id())));
          }
        }
        return altered;
      }
    };
  }

  private static Decision withoutUnreserve(Decision decision) {
    List<Effect> effects = new ArrayList<>();
    for (Effect effect : decision.effects()) {
      effects.add(
          effect instanceof Effect.Send send && send.call() instanceof Call.Accept accept
              ? new Effect.Send(
                  new Call.Accept(
                      accept.offers(),
                      accept.agent(),
                      accept.operations().stream()
                          .filter(operation -> !(operation instanceof Operation.Unreserve))
                          .toList(),
                      accept.refuse()))
              : effect);
    }
    return new Decision(decision.changes(), List.copyOf(effects), decision.reply());
  }

  /** A volume can be destroyed while an instance claims it (Nomad 28198). */
  static Decider destroysClaimedVolumes() {
    return new AlteredDecider() {
      @Override
      Decision alter(ClusterState state, Input input, Decision decision) {
        if (!(input instanceof Input.Asked asked
            && asked.command() instanceof Command.DestroyVolume destroy
            && decision.reply() instanceof Reply.Rejected rejected
            && rejected.code() == ErrorCode.VOLUME_IN_USE)) {
          return decision;
        }
        Reservation home = state.durable().reservationOf(destroy.volume()).orElseThrow();
        InstanceId owner = home.owner().orElseThrow();
        return withChanges(
            new Decision(List.of(), List.of(), new Reply.Done()),
            List.of(
                new Change.ReservationPut(
                    home.ownedBy(Optional.empty(), home.appId(), home.ordinal())
                        .in(
                            new ReservationState.Releasing(
                                Instant.EPOCH, "destroyed", Optional.empty()))),
                new Change.InstancePut(
                    state
                        .durable()
                        .instance(owner)
                        .orElseThrow()
                        .withReservation(Optional.empty()))));
      }
    };
  }

  /** Where a volume lies is learnt only when its task runs (the first sketch of this scheduler). */
  static Decider learnsHomeFromRunning() {
    return new AlteredDecider() {
      private final SortedMap<TaskId, Reservation> intended = new TreeMap<>();

      @Override
      Decision alter(ClusterState state, Input input, Decision decision) {
        for (Call call : calls(decision)) {
          if (call instanceof Call.Accept accept) {
            accept.operations().forEach(this::remember);
          }
        }
        Decision altered = withoutChanges(decision, AlteredHomes::isIntent);
        altered = AlteredHomes.homeless(altered);
        return input instanceof Input.Observed observed
                && observed.event() instanceof ClusterEvent.TaskUpdated updated
                && updated.update().state() == TaskState.TASK_RUNNING
            ? withChanges(altered, AlteredHomes.housed(state, updated.update().task(), intended))
            : altered;
      }

      private void remember(Operation operation) {
        if (operation instanceof Operation.Launch launch) {
          launch
              .launch()
              .reservation()
              .ifPresent(home -> intended.put(launch.launch().task(), home));
        }
      }
    };
  }
}
