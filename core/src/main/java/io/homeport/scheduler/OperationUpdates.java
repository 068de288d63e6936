package io.homeport.scheduler;

import io.homeport.model.Call;
import io.homeport.model.Condition;
import io.homeport.model.Goal;
import io.homeport.model.Instance;
import io.homeport.model.OperationId;
import io.homeport.model.OperationUpdate;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationId;
import io.homeport.model.ReservationState;
import io.homeport.model.Task;
import io.homeport.model.TaskState;
import io.homeport.model.Volume;
import io.homeport.model.VolumeId;
import io.homeport.state.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is learnt of operations: each succeeds or fails by itself (Mesos tape 12). */
final class OperationUpdates {
  private OperationUpdates() {}

  static Decision learn(Draft draft, OperationUpdate update) {
    OperationId id = update.operation();
    if (draft.present().reconciliation().operations().contains(id) && isAnswer(draft, update)) {
      draft.change(new Change.ReconciliationChanged(draft.present().reconciliation().without(id)));
    }
    id.kind()
        .ifPresent(
            kind -> {
              switch (kind) {
                case RESERVE -> reserve(draft, update);
                case CREATE -> create(draft, update);
                case DESTROY -> destroy(draft, update);
                case UNRESERVE -> unreserve(draft, update);
              }
            });
    if (update.uuid().isPresent() && update.agent().isPresent()) {
      draft.send(new Call.AcknowledgeOperation(id, update.agent().get(), update.uuid().get()));
    }
    return draft.done(new Reply.Done());
  }

  /**
   * Whether asking again soon brings nothing new: what is out of reach is asked for on return. But
   * whoever is told so of an agent that is in reach hears of two moments, as with tasks.
   */
  private static boolean isAnswer(Draft draft, OperationUpdate update) {
    boolean outOfReach =
        update.state() == OperationUpdate.State.UNREACHABLE
            && update.agent().filter(draft.present()::isInReach).isEmpty();
    return outOfReach
        || update.state() == OperationUpdate.State.FINISHED
        || update.state().isGivenUp();
  }

  private static Optional<Reservation> reservation(Draft draft, OperationUpdate update) {
    return update.operation().target().isEmpty()
        ? Optional.empty()
        : draft.durable().reservation(new ReservationId(update.operation().target()));
  }

  private static void reserve(Draft draft, OperationUpdate update) {
    Optional<Reservation> found = reservation(draft, update);
    if (found.isEmpty()) {
      return;
    }
    Reservation reservation = found.get();
    boolean pending = isPending(reservation, update.operation());
    if (update.state() == OperationUpdate.State.FINISHED) {
      if (pending) {
        draft.put(settled(reservation));
        draft.unsettle(reservation.appId());
        draft.wakeMatching(true);
      }
    } else if (update.state().isGivenUp()) {
      giveUpUnmade(draft, reservation, update.message());
    }
  }

  /** Gives a reservation up if nothing ever confirmed that it exists. */
  static void giveUpUnmade(Draft draft, Reservation reservation, String why) {
    if (neverWas(reservation)) {
      giveUp(draft, reservation, why);
    }
  }

  private static boolean isPending(Reservation reservation, OperationId operation) {
    return reservation.state().pending().filter(operation::equals).isPresent();
  }

  private static Reservation settled(Reservation reservation) {
    return switch (reservation.state()) {
      case ReservationState.Releasing releasing ->
          reservation.in(
              new ReservationState.Releasing(releasing.since(), releasing.why(), Optional.empty()));
      case ReservationState.Requested _, ReservationState.Held _, ReservationState.LeftBehind _ ->
          reservation.existing();
    };
  }

  /** Whether nothing ever confirmed it: then the refusal of its RESERVE means that it never was. */
  private static boolean neverWas(Reservation reservation) {
    return !reservation.everRan()
        && !(reservation.state() instanceof ReservationState.Held)
        && reservation.volumes().stream()
            .allMatch(volume -> volume.state() == Volume.State.REQUESTED);
  }

  /** The intent failed for certain: its instance has no home, and its task was never launched. */
  private static void giveUp(Draft draft, Reservation reservation, String message) {
    Optional<Instance> owner = reservation.owner().flatMap(draft.durable()::instance);
    if (owner.isPresent()) {
      draft.put(owner.get().withReservation(Optional.empty()));
    }
    draft.remove(reservation);
    Optional<Instance> homeless = reservation.owner().flatMap(draft.durable()::instance);
    Optional<Task> task = homeless.flatMap(Instance::task);
    if (homeless.isPresent()
        && task.isPresent()
        && task.get().condition() == Condition.PROVISIONED) {
      TaskUpdates.conclude(
          draft,
          homeless.get(),
          task.get(),
          TaskState.TASK_DROPPED,
          "its resources were not reserved: " + message);
    }
    homeless
        .flatMap(instance -> draft.durable().instance(instance.id()))
        .filter(instance -> instance.goal() == Goal.STOPPED && !instance.isLive())
        // It has nothing to come back to.
        .ifPresent(instance -> InstanceCommands.stop(draft, instance));
    draft.wakeMatching(true);
  }

  private static void create(Draft draft, OperationUpdate update) {
    Optional<VolumeId> id = VolumeId.parse(update.operation().target());
    Optional<Reservation> found = id.flatMap(draft.durable()::reservationOf);
    if (id.isEmpty() || found.isEmpty()) {
      return;
    }
    Reservation reservation = found.get();
    List<Volume> volumes = new ArrayList<>();
    for (Volume volume : reservation.volumes()) {
      boolean meant = volume.id().equals(id.get()) && volume.state() == Volume.State.REQUESTED;
      if (meant && update.state() == OperationUpdate.State.FINISHED) {
        volumes.add(volume.in(Volume.State.CREATED));
      } else if (meant && update.state() == OperationUpdate.State.FAILED) {
        volumes.add(renamed(draft, reservation, volume));
      } else {
        volumes.add(volume);
      }
    }
    if (!volumes.equals(reservation.volumes())) {
      Reservation next = reservation.withVolumes(volumes);
      boolean made = update.state() == OperationUpdate.State.FINISHED;
      draft.put(made ? next.existing() : next);
      draft.wakeMatching(true);
    }
  }

  /**
   * A persistence id that the engine refused is not tried again: it may be taken (Mesos tape 12).
   */
  private static Volume renamed(Draft draft, Reservation reservation, Volume volume) {
    return new Volume(
        VolumeId.of(reservation.appId(), volume.containerPath().replace('/', '_'), draft.unique()),
        volume.containerPath(),
        volume.sizeMib(),
        volume.source(),
        Volume.State.REQUESTED,
        volume.createdAt());
  }

  private static void destroy(Draft draft, OperationUpdate update) {
    Optional<VolumeId> id = VolumeId.parse(update.operation().target());
    Optional<Reservation> found = id.flatMap(draft.durable()::reservationOf);
    if (id.isEmpty()
        || found.isEmpty()
        || update.state() != OperationUpdate.State.FINISHED
        || !(found.get().state() instanceof ReservationState.Releasing)) {
      return;
    }
    List<Volume> volumes =
        found.get().volumes().stream()
            .map(
                volume -> volume.id().equals(id.get()) ? volume.in(Volume.State.DESTROYED) : volume)
            .toList();
    if (!volumes.equals(found.get().volumes())) {
      draft.put(found.get().withVolumes(volumes));
    }
  }

  private static void unreserve(Draft draft, OperationUpdate update) {
    Optional<Reservation> found = reservation(draft, update);
    if (found.isEmpty()) {
      return;
    }
    if (update.state() == OperationUpdate.State.FINISHED) {
      // Also one that was taken for lost: it is over, and no offer will show the resources again.
      if (found.get().state() instanceof ReservationState.Releasing) {
        draft.remove(found.get());
      }
    } else if (update.state().isGivenUp() && isPending(found.get(), update.operation())) {
      draft.put(settled(found.get()));
      draft.wakeMatching(true);
    }
  }
}
