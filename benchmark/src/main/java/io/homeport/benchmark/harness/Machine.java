package io.homeport.benchmark.harness;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where figures come from.
 *
 * @param cpu the processor's model
 * @param cores how many processors the JVM may use
 * @param memoryMib the machine's memory in MiB
 * @param system the operating system
 * @param jvm the JVM and its version
 */
public record Machine(String cpu, int cores, long memoryMib, String system, String jvm) {
  /** This one. */
  public static Machine present() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new Machine(
        processor(),
        system.getAvailableProcessors(),
        system.getTotalMemorySize() >> 20,
        system.getName() + " " + system.getVersion() + " " + system.getArch(),
        System.getProperty("java.vm.name") + " " + Runtime.version());
  }

  /** The load average over the last minute; below zero where the system does not tell. */
  public static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  /** The flags of this JVM. */
  public static List<String> jvmFlags() {
    return List.copyOf(ManagementFactory.getRuntimeMXBean().getInputArguments());
  }

  private static String processor() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
        if (line.startsWith("model name")) {
          return line.substring(line.indexOf(':') + 1).strip();
        }
      }
    } catch (IOException notLinux) {
      // Said below.
    }
    return "unknown processor";
  }
}
