package io.homeport.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Resources that are offered together.
 *
 * @param resources cpus, mem, gpus and the common disk space
 * @param ports host ports
 * @param disks disks of their own: path disks with what is left on them, and whole mount disks
 */
public record Pool(Resources resources, PortRanges ports, List<Disk> disks) {
  /** Nothing. */
  public static final Pool EMPTY = new Pool(Resources.NONE, PortRanges.NONE, List.of());

  /**
   * Both together.
   *
   * @param other more of the same agent
   */
  public Pool plus(Pool other) {
    List<Disk> all = new ArrayList<>(disks);
    all.addAll(other.disks);
    return new Pool(resources.plus(other.resources), ports.plus(other.ports), List.copyOf(all));
  }

  /**
   * Space on a disk of its own.
   *
   * @param source the disk
   * @param sizeMib how much is offered, in MiB
   */
  public record Disk(DiskSource source, double sizeMib) {}
}
