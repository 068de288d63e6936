package io.homeport.model;

import java.util.List;

/**
 * What of one of our reservations is in an offer. Parts in use by a task are not offered.
 *
 * @param id the value of the label that its resources carry
 * @param installation the value of the label that says which installation of Homeport made it
 * @param resources cpus, mem, gpus, and common disk space that is reserved and no volume
 * @param ports reserved host ports
 * @param disks reserved space on disks of their own that is no volume
 * @param volumes the volumes
 */
public record OfferedReservation(
    ReservationId id,
    String installation,
    Resources resources,
    PortRanges ports,
    List<Pool.Disk> disks,
    List<OfferedVolume> volumes) {
  /**
   * A volume in an offer, which therefore no task uses.
   *
   * @param id its persistence id
   * @param containerPath where its last task saw it
   * @param sizeMib its size in MiB
   * @param source where it is taken from
   */
  public record OfferedVolume(
      VolumeId id, String containerPath, double sizeMib, DiskSource source) {}
}
