package io.homeport.local;

import io.homeport.model.Pool;
import io.homeport.model.PortRange;
import io.homeport.model.PortRanges;
import io.homeport.model.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What each agent offers of this machine: all its cores, an equal part of its memory and of the
 * disk that is free, and a range of ports of its own. Like Mesos, it leaves 1 GiB of memory (or
 * half, on small machines) and 5 GiB of disk (or half) to the system.
 */
final class MachineShare {
  private static final double MIB = 1 << 20;
  private static final double MEMORY_RESERVE = 1024;
  private static final double DISK_RESERVE = 5 * 1024;

  private MachineShare() {}

  /**
   * The share of one agent.
   *
   * @param options how the engine is set up
   * @param index which agent, from 0
   * @param count how many there are
   * @param heldDisk disk in MiB that its reservations hold already, and that therefore is not free
   */
  static Pool of(LocalEngineOptions options, int index, int count, double heldDisk)
      throws IOException {
    double cpus = options.cpus().orElse((double) Runtime.getRuntime().availableProcessors());
    double mem =
        Math.floor(
            options.memMib().isPresent()
                ? options.memMib().get() / count
                : lessReserve(memoryMib(), MEMORY_RESERVE) / count);
    double disk =
        Math.floor(
            options.diskMib().isPresent()
                ? options.diskMib().get() / count
                : lessReserve(freeDiskMib(options.directory()), DISK_RESERVE) / count + heldDisk);
    return new Pool(new Resources(cpus, mem, disk, 0), ports(options, index, count), List.of());
  }

  private static double lessReserve(double all, double reserve) {
    return all > 2 * reserve ? all - reserve : all / 2;
  }

  private static double memoryMib() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
      if (line.startsWith("MemTotal:")) {
        return Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024;
      }
    }
    throw new IOException("/proc/meminfo does not say how much memory there is");
  }

  private static double freeDiskMib(Path directory) throws IOException {
    return Files.getFileStore(directory).getUsableSpace() / MIB;
  }

  private static PortRanges ports(LocalEngineOptions options, int index, int count) {
    PortRange all = options.ports();
    int each = all.size() / count;
    int begin = all.begin() + index * each;
    int end = index == count - 1 ? all.end() : begin + each - 1;
    return PortRanges.of(begin, end);
  }
}
