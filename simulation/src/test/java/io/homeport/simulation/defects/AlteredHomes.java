package io.homeport.simulation.defects;

import io.homeport.model.Instance;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationState;
import io.homeport.model.TaskId;
import io.homeport.scheduler.Decision;
import io.homeport.state.Change;
import io.homeport.state.ClusterState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Decisions about launches without the record of where the volumes are to lie. */
final class AlteredHomes {
  private AlteredHomes() {}

  static boolean isIntent(Change change) {
    return change instanceof Change.ReservationPut put
        && put.reservation().state() instanceof ReservationState.Requested;
  }

  static Decision homeless(Decision decision) {
    List<Change> changes = new ArrayList<>();
    for (Change change : decision.changes()) {
      changes.add(
          change instanceof Change.InstancePut put
              ? new Change.InstancePut(put.instance().withReservation(Optional.empty()))
              : change);
    }
    return new Decision(List.copyOf(changes), decision.effects(), decision.reply());
  }

  static List<Change> housed(
      ClusterState state, TaskId task, SortedMap<TaskId, Reservation> intended) {
    Optional<Instance> instance = state.durable().instance(task.instanceId());
    Reservation home = intended.get(task);
    return instance.isEmpty() || home == null
        ? List.of()
        : List.of(
            new Change.ReservationPut(home.in(new ReservationState.Held())),
            new Change.InstancePut(instance.get().withReservation(Optional.of(home.id()))));
  }
}
