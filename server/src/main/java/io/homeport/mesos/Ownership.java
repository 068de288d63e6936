package io.homeport.mesos;

import io.homeport.model.ReservationId;
import java.util.Optional;
import org.apache.mesos.v1.Protos.Label;
import org.apache.mesos.v1.Protos.Labels;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Resource.ReservationInfo;

/**
 * Whose a resource is. Ours are dynamically reserved in our role with our labels; neither the
 * framework's nor the agent's id counts, because both may change under a volume.
 */
final class Ownership {
  /** The label that names the installation of Homeport that made a reservation. */
  static final String INSTALLATION = "homeport_installation";

  /** The label that names the reservation. */
  static final String RESERVATION = "homeport_reservation";

  private Ownership() {}

  /** The labels of a reservation. */
  static Labels labels(String installation, ReservationId reservation) {
    return Labels.newBuilder()
        .addLabels(Label.newBuilder().setKey(INSTALLATION).setValue(installation))
        .addLabels(Label.newBuilder().setKey(RESERVATION).setValue(reservation.value()))
        .build();
  }

  private static Optional<String> label(Resource resource, String key) {
    if (resource.getReservationsCount() == 0) {
      return Optional.empty();
    }
    return top(resource).getLabels().getLabelsList().stream()
        .filter(label -> label.getKey().equals(key))
        .map(Label::getValue)
        .findFirst();
  }

  /** The reservation that counts: a refined resource carries the earlier ones below it. */
  private static ReservationInfo top(Resource resource) {
    return resource.getReservations(resource.getReservationsCount() - 1);
  }

  /** The reservation of ours that a resource belongs to, if it does. */
  static Optional<ReservationId> reservation(Resource resource) {
    return label(resource, RESERVATION)
        .filter(id -> !id.isEmpty() && top(resource).getType() == ReservationInfo.Type.DYNAMIC)
        .map(ReservationId::new);
  }

  /** The installation that a resource of ours says made it. */
  static String installation(Resource resource) {
    return label(resource, INSTALLATION).orElse("");
  }

  /**
   * Whether we may reserve a resource: it is unreserved, or reserved for a role above the one it is
   * offered to, so that our reservation refines that one (Mesos documentation, reservation
   * refinement). What is reserved for our very role without our labels is somebody else's.
   */
  static boolean isFree(Resource resource) {
    if (resource.hasShared() || resource.hasRevocable()) {
      return false;
    }
    if (resource.hasDisk() && resource.getDisk().hasPersistence()) {
      return false;
    }
    if (resource.getReservationsCount() == 0) {
      return true;
    }
    String role = resource.getAllocationInfo().getRole();
    return role.startsWith(top(resource).getRole() + "/");
  }
}
