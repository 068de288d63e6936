package io.homeport.scheduler;

import io.homeport.model.Instance;
import io.homeport.model.Reservation;
import io.homeport.model.Volume;
import java.util.Optional;

/** What happens to the homes of instances outside of placement. */
final class Homes {
  private Homes() {}

  /** The reservation once it is known that it and all its volumes exist. */
  static Reservation confirmed(Reservation home) {
    Reservation made =
        home.withVolumes(
            home.volumes().stream()
                .map(
                    volume ->
                        volume.state() == Volume.State.REQUESTED
                            ? volume.in(Volume.State.CREATED)
                            : volume)
                .toList());
    return made.existing();
  }

  /**
   * The instance has no home any more; what it had is kept, listed, and never destroyed by itself.
   */
  static void leaveBehind(Draft draft, Instance instance, String why) {
    Optional<Reservation> home = draft.durable().reservationOf(instance);
    if (home.isEmpty()) {
      return;
    }
    Reservation reservation = home.get();
    draft.put(
        reservation
            .ownedBy(Optional.empty(), reservation.appId(), reservation.ordinal())
            .in(Draft.pendingAs(reservation, draft.leftBehind(why))));
    draft.put(instance.withReservation(Optional.empty()));
    draft.stopCounting(instance.id());
  }
}
