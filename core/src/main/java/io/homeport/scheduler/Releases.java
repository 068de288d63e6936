package io.homeport.scheduler;

import io.homeport.model.AgentId;
import io.homeport.model.OfferedReservation;
import io.homeport.model.Operation;
import io.homeport.model.OperationId;
import io.homeport.model.Pool;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationState;
import io.homeport.model.Volume;
import io.homeport.placement.OfferPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Destroys the volumes and frees the resources of reservations whose release was requested. What is
 * offered is the truth: a volume that is not offered any more is gone, one that still is is
 * destroyed again. It is over only when the engine confirms.
 */
final class Releases {
  private Releases() {}

  static void release(
      Draft draft, Reservation leaving, OfferPool pool, BiConsumer<AgentId, Operation> operations) {
    Optional<OfferedReservation> found = pool.reservation(leaving.id());
    if (found.isEmpty() || !(leaving.state() instanceof ReservationState.Releasing releasing)) {
      return;
    }
    OfferedReservation offered = found.get();
    pool.take(leaving.id());
    AgentId agent = pool.agent().id();
    OperationId unreserve =
        OperationId.of(OperationId.Kind.UNRESERVE, leaving.id(), draft.unique());
    draft.put(
        leaving
            .withVolumes(marked(leaving, offered))
            .in(
                new ReservationState.Releasing(
                    releasing.since(), releasing.why(), Optional.of(unreserve))));
    OfferedReservation rest = offered;
    for (OfferedReservation.OfferedVolume volume : offered.volumes()) {
      OperationId destroy = OperationId.of(OperationId.Kind.DESTROY, volume.id(), draft.unique());
      operations.accept(agent, new Operation.Destroy(destroy, rest, volume));
      rest = without(rest, volume);
    }
    operations.accept(agent, new Operation.Unreserve(unreserve, rest));
  }

  private static List<Volume> marked(Reservation leaving, OfferedReservation offered) {
    List<Volume> marked = new ArrayList<>();
    for (Volume volume : leaving.volumes()) {
      boolean there = offered.volumes().stream().anyMatch(other -> other.id().equals(volume.id()));
      marked.add(volume.in(there ? Volume.State.DESTROYING : Volume.State.DESTROYED));
    }
    return marked;
  }

  /**
   * What is left under the label once a volume is destroyed: its space becomes plain reserved disk.
   */
  private static OfferedReservation without(
      OfferedReservation offered, OfferedReservation.OfferedVolume volume) {
    List<OfferedReservation.OfferedVolume> volumes = new ArrayList<>(offered.volumes());
    volumes.remove(volume);
    List<Pool.Disk> disks = new ArrayList<>(offered.disks());
    double disk = offered.resources().disk();
    switch (volume.source().type()) {
      case ROOT -> disk += volume.sizeMib();
      case PATH, MOUNT -> disks.add(new Pool.Disk(volume.source(), volume.sizeMib()));
    }
    return new OfferedReservation(
        offered.id(),
        offered.installation(),
        offered.resources().withDisk(disk),
        offered.ports(),
        disks,
        volumes);
  }
}
