package io.homeport.local;

import io.homeport.model.DiskSource;
import io.homeport.model.OfferedReservation;
import io.homeport.model.PortRanges;
import io.homeport.model.ReservationId;
import io.homeport.model.Resources;
import io.homeport.model.VolumeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A reservation and its volumes, as the agent remembers them.
 *
 * @param format the version of this record's format
 * @param id the reservation
 * @param installation who made it
 * @param operation the RESERVE that made it, to answer for its outcome
 * @param total all that is reserved, the volumes' space included
 * @param ports reserved ports
 * @param volumes the volumes made of it
 */
record ReservationRecord(
    int format,
    String id,
    String installation,
    String operation,
    Resources total,
    List<Integer> ports,
    List<VolumeRecord> volumes) {
  /**
   * A volume.
   *
   * @param id its persistence id
   * @param containerPath where tasks see it
   * @param sizeMib its size in MiB
   * @param operation the CREATE that made it
   * @param destroying whether its destruction was ordered and may be half done
   */
  record VolumeRecord(
      String id, String containerPath, double sizeMib, String operation, boolean destroying) {
    /** The same, to be destroyed. */
    VolumeRecord doomed() {
      return new VolumeRecord(id, containerPath, sizeMib, operation, true);
    }
  }

  /** The same with other volumes. */
  ReservationRecord with(List<VolumeRecord> next) {
    return new ReservationRecord(
        format, id, installation, operation, total, ports, List.copyOf(next));
  }

  /** The volume with that id. */
  Optional<VolumeRecord> volume(VolumeId volume) {
    return volumes.stream().filter(each -> each.id().equals(volume.value())).findFirst();
  }

  /** The reserved disk that is no volume yet, in MiB. */
  double plainDisk() {
    return total.disk() - volumes.stream().mapToDouble(VolumeRecord::sizeMib).sum();
  }

  /** The ports as ranges. */
  PortRanges portRanges() {
    return PortRanges.ofPorts(ports);
  }

  /** What an offer says of it. */
  OfferedReservation offered() {
    List<OfferedReservation.OfferedVolume> offered = new ArrayList<>();
    for (VolumeRecord volume : volumes) {
      offered.add(
          new OfferedReservation.OfferedVolume(
              new VolumeId(volume.id()),
              volume.containerPath(),
              volume.sizeMib(),
              DiskSource.ROOT));
    }
    return new OfferedReservation(
        new ReservationId(id),
        installation,
        total.withDisk(plainDisk()),
        portRanges(),
        List.of(),
        offered);
  }
}
