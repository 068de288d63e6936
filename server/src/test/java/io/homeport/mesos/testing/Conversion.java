package io.homeport.mesos.testing;

import java.util.List;
import java.util.Optional;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Resource.ReservationInfo;

/**
 * What an operation makes of what; and whether it may, in the order and the words of Mesos's
 * validation.
 *
 * @param consumed as it was offered
 * @param produced what takes its place
 */
record Conversion(Bag consumed, Bag produced) {
  /** What is wrong; the agent is named after what validation has to say, not after arithmetic. */
  record Refused(String message, boolean namesAgent) {}

  /**
   * The agent that an operation is for.
   *
   * @param total all it has
   * @param used what tasks use
   */
  record Target(Bag total, Bag used) {}

  /** What an operation converts. */
  static Conversion of(Offer.Operation operation) {
    return switch (operation.getType()) {
      case RESERVE -> {
        Bag reserved = Bag.of(operation.getReserve().getResourcesList());
        yield new Conversion(reserved.map(Conversion::withoutReservation), reserved);
      }
      case UNRESERVE -> {
        Bag reserved = Bag.of(operation.getUnreserve().getResourcesList());
        yield new Conversion(reserved, reserved.map(Conversion::withoutReservation));
      }
      case CREATE -> {
        Bag volumes = Bag.of(operation.getCreate().getVolumesList());
        yield new Conversion(volumes.map(Conversion::space), volumes);
      }
      case DESTROY -> {
        Bag volumes = Bag.of(operation.getDestroy().getVolumesList());
        yield new Conversion(volumes, volumes.map(Conversion::space));
      }
      case GROW_VOLUME -> {
        Resource volume = operation.getGrowVolume().getVolume();
        Resource addition = operation.getGrowVolume().getAddition();
        Resource.Builder grown = volume.toBuilder();
        grown
            .getScalarBuilder()
            .setValue(volume.getScalar().getValue() + addition.getScalar().getValue());
        yield new Conversion(Bag.of(List.of(volume, addition)), Bag.of(List.of(grown.build())));
      }
      default -> throw new IllegalArgumentException("not converted here: " + operation.getType());
    };
  }

  private static Resource withoutReservation(Resource resource) {
    int count = resource.getReservationsCount();
    return count == 0 ? resource : resource.toBuilder().removeReservations(count - 1).build();
  }

  private static Resource space(Resource volume) {
    Resource.Builder space = volume.toBuilder();
    space.getDiskBuilder().clearPersistence().clearVolume();
    return space.getDisk().hasSource() ? space.build() : space.clearDisk().build();
  }

  /** What is wrong with an operation on what is offered. */
  static Optional<Refused> wrong(
      Offer.Operation operation, Bag offered, Target agent, String principal) {
    Optional<Refused> invalid =
        invalid(operation, agent, principal).map(why -> new Refused(why, true));
    if (invalid.isPresent()) {
      return invalid;
    }
    Bag consumed = of(operation).consumed();
    return offered.contains(consumed)
        ? Optional.empty()
        : Optional.of(new Refused(offered + " does not contain " + consumed, false));
  }

  private static Optional<String> invalid(
      Offer.Operation operation, Target agent, String principal) {
    return switch (operation.getType()) {
      case RESERVE ->
          operation.getReserve().getResourcesList().stream()
              .flatMap(resource -> invalidReserve(resource, principal).stream())
              .findFirst();
      case UNRESERVE ->
          operation.getUnreserve().getResourcesList().stream()
              .flatMap(resource -> invalidUnreserve(resource).stream())
              .findFirst();
      case CREATE ->
          operation.getCreate().getVolumesList().stream()
              .flatMap(volume -> invalidCreate(volume, agent, principal).stream())
              .findFirst();
      case DESTROY ->
          operation.getDestroy().getVolumesList().stream()
              .flatMap(volume -> invalidDestroy(volume, agent).stream())
              .findFirst();
      default -> Optional.empty();
    };
  }

  private static ReservationInfo top(Resource resource) {
    return resource.getReservations(resource.getReservationsCount() - 1);
  }

  private static Optional<String> invalidReserve(Resource resource, String principal) {
    if (resource.getReservationsCount() == 0
        || top(resource).getType() != ReservationInfo.Type.DYNAMIC) {
      return Optional.of("Resource " + ResourceText.of(resource) + " is not dynamically reserved");
    }
    if (!top(resource).getPrincipal().equals(principal)) {
      return Optional.of(
          "A reserve operation was attempted by authenticated principal '"
              + principal
              + "', which does not match a reserved resource in the request with principal '"
              + top(resource).getPrincipal()
              + "'");
    }
    String role = resource.getAllocationInfo().getRole();
    return role.equals(top(resource).getRole())
        ? Optional.empty()
        : Optional.of(
            "A reserve operation was attempted for a resource with role '"
                + top(resource).getRole()
                + "', but the resource is allocated to role '"
                + role
                + "'");
  }

  private static Optional<String> invalidUnreserve(Resource resource) {
    if (resource.getReservationsCount() == 0
        || top(resource).getType() != ReservationInfo.Type.DYNAMIC) {
      return Optional.of("Resource " + ResourceText.of(resource) + " is not dynamically reserved");
    }
    return resource.getDisk().hasPersistence()
        ? Optional.of(
            "A dynamically reserved persistent volume "
                + ResourceText.of(resource)
                + " cannot be unreserved directly. Please destroy the persistent volume first then"
                + " unreserve the resource")
        : Optional.empty();
  }

  private static Optional<String> invalidCreate(Resource volume, Target agent, String principal) {
    if (volume.getReservationsCount() == 0) {
      return Optional.of(
          "Invalid resources: Invalid DiskInfo: Persistent volumes cannot be created from"
              + " unreserved resources");
    }
    String id = volume.getDisk().getPersistence().getId();
    String role = top(volume).getRole();
    boolean taken =
        agent.total().resources().stream()
            .anyMatch(
                other ->
                    other.getDisk().getPersistence().getId().equals(id)
                        && top(other).getRole().equals(role));
    if (taken) {
      return Optional.of("Persistence ID '" + id + "' is not unique");
    }
    String owner = volume.getDisk().getPersistence().getPrincipal();
    return owner.equals(principal)
        ? Optional.empty()
        : Optional.of(
            "Create volume operation has been attempted by principal '"
                + principal
                + "', but there is a volume in the operation with principal '"
                + owner
                + "' set in `Persistence`");
  }

  private static Optional<String> invalidDestroy(Resource volume, Target agent) {
    Bag meant = Bag.of(List.of(volume)).allocatedTo("");
    if (agent.used().allocatedTo("").contains(meant)) {
      return Optional.of("Persistent volumes in use");
    }
    return agent.total().contains(meant)
        ? Optional.empty()
        : Optional.of("Persistent volumes not found");
  }
}
