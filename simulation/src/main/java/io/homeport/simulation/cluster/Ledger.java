package io.homeport.simulation.cluster;

import io.homeport.model.AppDefinition;
import io.homeport.model.DiskType;
import io.homeport.model.OfferedReservation;
import io.homeport.model.Pool;
import io.homeport.model.PortRanges;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationId;
import io.homeport.model.Resources;
import io.homeport.model.TaskLaunch;
import io.homeport.model.Volume;
import io.homeport.model.VolumeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Resources as Mesos accounts for them: what is free, and what lies reserved under which label with
 * which volumes. It is written apart from the product's own arithmetic, so that each checks the
 * other. A machine has one that outlives everything; so has each accept while it is judged.
 */
public final class Ledger {
  private Pool free;
  private final SortedMap<ReservationId, OfferedReservation> reserved;

  Ledger(Pool free, SortedMap<ReservationId, OfferedReservation> reserved) {
    this.free = free;
    this.reserved = new TreeMap<>(reserved);
  }

  /** What is not reserved, disks joined. */
  public Pool free() {
    return free;
  }

  /** What is reserved, in use or not, by label. */
  public SortedMap<ReservationId, OfferedReservation> reserved() {
    return reserved;
  }

  /** Adds something reserved. */
  void add(OfferedReservation part) {
    reserved.put(part.id(), part);
  }

  /** Whether a persistence id exists, under whatever label. */
  boolean isTaken(VolumeId id) {
    return reserved.values().stream()
        .flatMap(held -> held.volumes().stream())
        .anyMatch(volume -> volume.id().equals(id));
  }

  /** Adds what an offer holds. */
  void add(Pool pool, List<OfferedReservation> reservations) {
    free = free.plus(pool);
    reservations.forEach(part -> reserved.put(part.id(), part));
  }

  /** RESERVE; the answer is what is wrong, if anything. */
  Optional<String> reserve(String installation, Reservation wanted) {
    if (reserved.containsKey(wanted.id())) {
      return Optional.of("resources with the label " + wanted.id() + " are reserved already");
    }
    List<Pool.Disk> disks = disksOf(wanted);
    Optional<Pool> rest = without(free, wanted.total(), PortRanges.ofPorts(wanted.ports()), disks);
    if (rest.isEmpty()) {
      return Optional.of(free + " does not contain " + wanted.total() + " " + wanted.ports());
    }
    free = rest.get();
    reserved.put(
        wanted.id(),
        new OfferedReservation(
            wanted.id(),
            installation,
            wanted.total(),
            PortRanges.ofPorts(wanted.ports()),
            disks,
            List.of()));
    return Optional.empty();
  }

  /** CREATE. That the persistence id is free on the whole agent is for the caller to check. */
  Optional<String> create(ReservationId id, Volume volume) {
    OfferedReservation held = reserved.get(id);
    if (held == null) {
      return Optional.of("nothing is reserved under " + id);
    }
    Resources resources = held.resources();
    List<Pool.Disk> disks = new ArrayList<>(held.disks());
    if (volume.source().type() == DiskType.ROOT) {
      if (resources.disk() < volume.sizeMib()) {
        return Optional.of("only " + resources.disk() + " MiB are reserved under " + id);
      }
      resources = resources.withDisk(resources.disk() - volume.sizeMib());
    } else if (!disks.remove(new Pool.Disk(volume.source(), volume.sizeMib()))) {
      return Optional.of("the disk " + volume.source() + " is not reserved under " + id);
    }
    List<OfferedReservation.OfferedVolume> volumes = new ArrayList<>(held.volumes());
    volumes.add(
        new OfferedReservation.OfferedVolume(
            volume.id(), volume.containerPath(), volume.sizeMib(), volume.source()));
    reserved.put(id, part(held, resources, disks, volumes));
    return Optional.empty();
  }

  /** DESTROY. */
  Optional<String> destroy(ReservationId id, VolumeId volume) {
    OfferedReservation held = reserved.get(id);
    Optional<OfferedReservation.OfferedVolume> found =
        held == null
            ? Optional.empty()
            : held.volumes().stream().filter(other -> other.id().equals(volume)).findFirst();
    if (held == null || found.isEmpty()) {
      return Optional.of("the volume " + volume + " is not there");
    }
    List<OfferedReservation.OfferedVolume> volumes = new ArrayList<>(held.volumes());
    volumes.remove(found.get());
    Resources resources = held.resources();
    List<Pool.Disk> disks = new ArrayList<>(held.disks());
    if (found.get().source().type() == DiskType.ROOT) {
      resources = resources.withDisk(resources.disk() + found.get().sizeMib());
    } else {
      disks.add(new Pool.Disk(found.get().source(), found.get().sizeMib()));
    }
    reserved.put(id, part(held, resources, disks, volumes));
    return Optional.empty();
  }

  /** UNRESERVE of all that is under a label. */
  Optional<String> unreserve(OfferedReservation meant) {
    OfferedReservation held = reserved.get(meant.id());
    if (held == null || !held.volumes().isEmpty() || !sameAmount(held, meant)) {
      return Optional.of("expected to unreserve " + meant + ", found " + held);
    }
    reserved.remove(meant.id());
    free = free.plus(new Pool(held.resources(), held.ports(), held.disks()));
    return Optional.empty();
  }

  private static boolean sameAmount(OfferedReservation one, OfferedReservation other) {
    return one.resources().equals(other.resources())
        && one.ports().equals(other.ports())
        && one.disks().size() == other.disks().size()
        && one.disks().containsAll(other.disks());
  }

  /** LAUNCH: takes what the task uses out, be it free or reserved. */
  Optional<String> launch(TaskLaunch launch) {
    if (launch.reservation().isPresent()) {
      return launchAtHome(launch, launch.reservation().get());
    }
    AppDefinition app = launch.app();
    PortRanges ports = PortRanges.ofPorts(launch.ports());
    Optional<Pool> rest = without(free, app.resources(), ports, List.of());
    rest.ifPresent(left -> free = left);
    return rest.isPresent()
        ? Optional.empty()
        : Optional.of(free + " does not contain " + app.resources() + " " + ports);
  }

  private Optional<String> launchAtHome(TaskLaunch launch, Reservation home) {
    OfferedReservation held = reserved.get(home.id());
    if (held == null) {
      return Optional.of("nothing is offered under " + home.id());
    }
    for (Volume volume : home.volumes()) {
      if (held.volumes().stream().noneMatch(other -> other.id().equals(volume.id()))) {
        return Optional.of("the volume " + volume.id() + " is not offered");
      }
    }
    if (!held.resources().covers(launch.app().resources())
        || !held.ports().ports().containsAll(launch.ports())) {
      return Optional.of(held + " does not contain " + launch.app().resources());
    }
    reserved.remove(home.id());
    return Optional.empty();
  }

  /** Gives back what a task without a reservation used. */
  void release(TaskLaunch launch) {
    free =
        free.plus(
            new Pool(launch.app().resources(), PortRanges.ofPorts(launch.ports()), List.of()));
  }

  private static OfferedReservation part(
      OfferedReservation held,
      Resources resources,
      List<Pool.Disk> disks,
      List<OfferedReservation.OfferedVolume> volumes) {
    return new OfferedReservation(
        held.id(),
        held.installation(),
        resources,
        held.ports(),
        List.copyOf(disks),
        List.copyOf(volumes));
  }

  private static List<Pool.Disk> disksOf(Reservation wanted) {
    return wanted.volumes().stream()
        .filter(volume -> volume.source().type() != DiskType.ROOT)
        .map(volume -> new Pool.Disk(volume.source(), volume.sizeMib()))
        .toList();
  }

  private static Optional<Pool> without(
      Pool pool, Resources wanted, PortRanges ports, List<Pool.Disk> disks) {
    if (!pool.resources().covers(wanted) || !pool.ports().ports().containsAll(ports.ports())) {
      return Optional.empty();
    }
    List<Pool.Disk> left = new ArrayList<>(joined(pool.disks()));
    for (Pool.Disk disk : disks) {
      Optional<Pool.Disk> found =
          left.stream()
              .filter(other -> other.source().equals(disk.source()))
              .filter(other -> holds(other, disk))
              .findFirst();
      if (found.isEmpty()) {
        return Optional.empty();
      }
      left.remove(found.get());
      if (found.get().sizeMib() > disk.sizeMib()) {
        left.add(new Pool.Disk(disk.source(), found.get().sizeMib() - disk.sizeMib()));
      }
    }
    return Optional.of(
        new Pool(pool.resources().minus(wanted), pool.ports().minus(ports), List.copyOf(left)));
  }

  /** A mount disk is taken whole or not at all (Mesos documentation, multiple disks). */
  private static boolean holds(Pool.Disk disk, Pool.Disk wanted) {
    return disk.source().type() == DiskType.MOUNT
        ? disk.sizeMib() == wanted.sizeMib()
        : disk.sizeMib() >= wanted.sizeMib();
  }

  /**
   * Joins disks that were given back in parts.
   *
   * @param disks the parts
   */
  public static List<Pool.Disk> joined(List<Pool.Disk> disks) {
    List<Pool.Disk> joined = new ArrayList<>();
    for (Pool.Disk disk : disks) {
      Optional<Pool.Disk> same =
          joined.stream().filter(other -> other.source().equals(disk.source())).findFirst();
      same.ifPresent(joined::remove);
      joined.add(
          new Pool.Disk(disk.source(), disk.sizeMib() + same.map(Pool.Disk::sizeMib).orElse(0.0)));
    }
    return List.copyOf(joined);
  }
}
