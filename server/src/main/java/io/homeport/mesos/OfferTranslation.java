package io.homeport.mesos;

import io.homeport.model.Agent;
import io.homeport.model.DiskSource;
import io.homeport.model.DiskType;
import io.homeport.model.Offer;
import io.homeport.model.OfferId;
import io.homeport.model.OfferedReservation;
import io.homeport.model.Pool;
import io.homeport.model.PortRange;
import io.homeport.model.PortRanges;
import io.homeport.model.ReservationId;
import io.homeport.model.Resources;
import io.homeport.model.VolumeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.mesos.v1.Protos;
import org.apache.mesos.v1.Protos.Resource;

/** From Mesos's offers to the core's. */
final class OfferTranslation {
  private OfferTranslation() {}

  /**
   * An offer.
   *
   * @param offer as Mesos sent it
   * @param agent whose it is
   */
  static Offer offer(Protos.Offer offer, Agent agent) {
    List<Resource> free = new ArrayList<>();
    SortedMap<ReservationId, List<Resource>> ours = new TreeMap<>();
    for (Resource resource : offer.getResourcesList()) {
      Optional<ReservationId> reservation = Ownership.reservation(resource);
      if (reservation.isPresent()) {
        ours.computeIfAbsent(reservation.get(), id -> new ArrayList<>()).add(resource);
      } else if (Ownership.isFree(resource)) {
        free.add(resource);
      }
    }
    List<OfferedReservation> reservations = new ArrayList<>();
    ours.forEach((id, resources) -> reservations.add(reservation(id, resources)));
    return new Offer(new OfferId(offer.getId().getValue()), agent, pool(free), reservations);
  }

  /**
   * Resources together; volumes among them do not count.
   *
   * @param resources any
   */
  static Pool pool(List<Resource> resources) {
    double cpus = 0;
    double mem = 0;
    double disk = 0;
    double gpus = 0;
    PortRanges ports = PortRanges.NONE;
    List<Pool.Disk> disks = new ArrayList<>();
    for (Resource resource : resources) {
      double amount = resource.getScalar().getValue();
      switch (resource.getName()) {
        case "cpus" -> cpus += amount;
        case "mem" -> mem += amount;
        case "gpus" -> gpus += amount;
        case "ports" -> ports = ports.plus(ports(resource));
        case "disk" -> {
          Optional<DiskSource> source = Disks.source(resource);
          if (resource.getDisk().hasPersistence() || source.isEmpty()) {
            continue;
          }
          if (source.get().type() == DiskType.ROOT) {
            disk += amount;
          } else {
            disks.add(new Pool.Disk(source.get(), amount));
          }
        }
        default -> {
          // resources that operators made up: nobody can ask for them
        }
      }
    }
    return new Pool(new Resources(cpus, mem, disk, gpus), ports, List.copyOf(disks));
  }

  /** The ports of a resource. */
  static PortRanges ports(Resource resource) {
    return new PortRanges(
        resource.getRanges().getRangeList().stream()
            .map(range -> new PortRange((int) range.getBegin(), (int) range.getEnd()))
            .toList());
  }

  private static OfferedReservation reservation(ReservationId id, List<Resource> resources) {
    Pool plain = pool(resources);
    List<OfferedReservation.OfferedVolume> volumes = new ArrayList<>();
    for (Resource resource : resources) {
      Optional<VolumeId> volume = VolumeId.parse(resource.getDisk().getPersistence().getId());
      if (volume.isPresent()) {
        volumes.add(
            new OfferedReservation.OfferedVolume(
                volume.get(),
                Disks.containerPath(resource.getDisk().getVolume().getContainerPath()),
                resource.getScalar().getValue(),
                Disks.source(resource).orElse(DiskSource.ROOT)));
      }
    }
    return new OfferedReservation(
        id,
        Ownership.installation(resources.getFirst()),
        plain.resources(),
        plain.ports(),
        plain.disks(),
        List.copyOf(volumes));
  }
}
