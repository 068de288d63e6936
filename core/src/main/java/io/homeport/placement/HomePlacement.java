package io.homeport.placement;

import io.homeport.model.DiskType;
import io.homeport.model.OfferedReservation;
import io.homeport.model.Pool;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationState;
import io.homeport.model.Resources;
import io.homeport.model.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether an instance can come home: whether its agent offers its reservation, whole and vacant.
 * Engines offer a volume only while no task uses it.
 */
public final class HomePlacement {
  private HomePlacement() {}

  /** What an offer of a reservation allows. */
  public sealed interface Homecoming {
    /**
     * A launch, after the volumes that were never made (Mesos tape 12: a reservation can be left
     * without its volume) have been made.
     *
     * @param missing the volumes to make first
     */
    record Ready(List<Volume> missing) implements Homecoming {}

    /**
     * Nothing yet.
     *
     * @param reason why
     */
    record NotYet(Reason reason) implements Homecoming {}
  }

  /**
   * Judges.
   *
   * @param home the instance's reservation
   * @param offered what is offered of it
   */
  public static Homecoming judge(Reservation home, Optional<OfferedReservation> offered) {
    if (offered.isEmpty()) {
      return notYet(home, "its reservation there is not offered at the moment");
    }
    OfferedReservation there = offered.get();
    List<Volume> missing = new ArrayList<>();
    double reservedDisk = there.resources().disk();
    for (Volume volume : home.volumes()) {
      if (isOffered(there, volume)) {
        continue;
      }
      if (volume.state() != Volume.State.REQUESTED) {
        return notYet(home, "its volume " + volume.id() + " is not offered: it is in use or lost");
      }
      missing.add(volume);
      if (volume.source().type() == DiskType.ROOT) {
        reservedDisk -= volume.sizeMib();
      } else if (!there.disks().contains(new Pool.Disk(volume.source(), volume.sizeMib()))) {
        return notYet(home, "the disk for its volume " + volume.id() + " is not offered");
      }
    }
    Resources found = there.resources().withDisk(reservedDisk);
    if (!found.covers(home.resources())) {
      return notYet(home, "only part of its reservation is offered");
    }
    if (!home.ports().stream().allMatch(there.ports()::contains)) {
      return notYet(home, "not all of its ports are offered");
    }
    return new Homecoming.Ready(missing);
  }

  private static boolean isOffered(OfferedReservation there, Volume volume) {
    return there.volumes().stream().anyMatch(offered -> offered.id().equals(volume.id()));
  }

  private static Homecoming.NotYet notYet(Reservation home, String why) {
    String what =
        home.state() instanceof ReservationState.Requested
            ? "the reservation of its resources is not confirmed yet"
            : why;
    return new Homecoming.NotYet(
        Reason.of(
            Reason.Kind.NO_CORRESPONDING_RESERVATION_FOUND, "is the instance's home, but " + what));
  }
}
