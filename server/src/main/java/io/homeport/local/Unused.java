package io.homeport.local;

import io.homeport.model.Pool;
import io.homeport.model.PortRanges;
import io.homeport.model.Resources;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What of an agent nobody uses.
 *
 * @param rest what is neither reserved nor used
 * @param idle reservations on which no task runs
 */
record Unused(Pool rest, List<ReservationRecord> idle) {
  /**
   * What is left of an agent.
   *
   * @param total all it has
   * @param live its tasks that have not ended
   * @param reservations its reservations
   */
  static Unused of(
      Pool total, Collection<LocalTask> live, Collection<ReservationRecord> reservations) {
    Resources free = total.resources();
    PortRanges ports = total.ports();
    Set<String> busy = new HashSet<>();
    for (LocalTask task : live) {
      if (task.record.reservation().isPresent()) {
        busy.add(task.record.reservation().get());
      } else {
        free = free.minus(task.record.resources());
        ports = ports.minus(task.record.unreservedPorts());
      }
    }
    List<ReservationRecord> idle = new ArrayList<>();
    for (ReservationRecord reservation : reservations) {
      free = free.minus(reservation.total());
      ports = ports.minus(reservation.portRanges());
      if (!busy.contains(reservation.id())) {
        idle.add(reservation);
      }
    }
    return new Unused(new Pool(OfferBook.atLeastNothing(free), ports, List.of()), idle);
  }
}
