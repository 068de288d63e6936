package io.homeport.simulation.cluster;

import io.homeport.model.AppId;
import io.homeport.model.DiskSource;
import io.homeport.model.DiskType;
import io.homeport.model.OfferedReservation;
import io.homeport.model.Pool;
import io.homeport.model.PortRanges;
import io.homeport.model.ReservationId;
import io.homeport.model.Resources;
import io.homeport.model.VolumeId;
import io.homeport.simulation.world.Fault;
import io.homeport.simulation.world.SplitMix64;
import io.homeport.simulation.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Machines of many sizes, drawn from the seed. */
public final class MachinePark {
  private static final int PORTS = 20;

  private MachinePark() {}

  /**
   * The machines of a world.
   *
   * @param world says how many, and how many of them hold something of an earlier installation
   * @param random what they are drawn from
   */
  public static List<Machine> drawn(World world, SplitMix64 random) {
    List<Machine> machines = new ArrayList<>();
    for (int index = 0; index < world.profile().machines(); index++) {
      Machine machine = machine(random, index);
      SplitMix64 chance = random.fork();
      if (world.strikes(Fault.LEFTOVERS, chance)) {
        world.tally().fault("volume of an earlier installation");
        machine.disk().add(leftover(chance, index));
      }
      machines.add(machine);
    }
    return machines;
  }

  private static Machine machine(SplitMix64 random, int index) {
    SortedMap<String, String> attributes = new TreeMap<>();
    attributes.put("rack", "r" + random.below(3));
    List<Pool.Disk> disks = new ArrayList<>();
    if (random.chance(0.5)) {
      disks.add(new Pool.Disk(disk(DiskType.PATH, "/mnt/path"), 1000));
    }
    if (random.chance(0.5)) {
      disks.add(new Pool.Disk(disk(DiskType.MOUNT, "/mnt/mount"), 500));
    }
    Resources resources =
        new Resources(random.between(2, 16) * 0.5, 4096, random.between(2, 10) * 1000.0, 0);
    Pool total = new Pool(resources, PortRanges.of(31000, 31000 + PORTS), List.copyOf(disks));
    return new Machine("host-" + (index + 1), attributes, total);
  }

  private static DiskSource disk(DiskType type, String path) {
    return new DiskSource(type, Optional.of(path), Optional.empty());
  }

  /** Reserved under our label, with a volume, and no record of it: it lies beside what is free. */
  private static OfferedReservation leftover(SplitMix64 random, int index) {
    AppId app = new AppId("/app-" + random.below(4));
    double size = random.between(1, 3) * 100.0;
    OfferedReservation.OfferedVolume volume =
        new OfferedReservation.OfferedVolume(
            VolumeId.of(app, "data", "earlier-" + index),
            "data",
            size,
            new DiskSource(DiskType.ROOT, Optional.empty(), Optional.empty()));
    return new OfferedReservation(
        new ReservationId(app.safePath() + ".reservation-earlier-" + (100 + index)),
        SimulatedCluster.INSTALLATION,
        new Resources(random.between(1, 4) * 0.25, 64, 10, 0),
        PortRanges.NONE,
        List.of(),
        List.of(volume));
  }
}
