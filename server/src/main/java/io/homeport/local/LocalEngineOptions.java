package io.homeport.local;

import io.homeport.model.PortRange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the local engine is set up.
 *
 * @param directory where the agents keep everything; made if it is not there
 * @param agents how many agents there are, 1 or more, named {@code local-1}, ...
 * @param cpus cores that each agent offers; all of the machine's when absent
 * @param memMib memory in MiB that all agents offer together; the machine's less a reserve when
 *     absent
 * @param diskMib disk in MiB that all agents offer together; what is free less a reserve when
 *     absent
 * @param ports host ports, divided among the agents; Mesos's default is 31000 to 32000
 * @param attributes attributes of every agent
 * @param killGrace between the polite signal and the forced one when nobody says otherwise; Mesos's
 *     default is 3 s
 * @param logSegmentBytes size in bytes of one of the segments that stdout and stderr each have
 * @param logSegments how many segments of each are kept
 * @param keptSandboxes how many sandboxes of ended tasks are kept for each instance
 * @param keptSandboxAge for how long they are kept at most
 */
public record LocalEngineOptions(
    Path directory,
    int agents,
    Optional<Double> cpus,
    Optional<Double> memMib,
    Optional<Double> diskMib,
    PortRange ports,
    SortedMap<String, String> attributes,
    Duration killGrace,
    long logSegmentBytes,
    int logSegments,
    int keptSandboxes,
    Duration keptSandboxAge) {
  /** Refuses what cannot be. */
  public LocalEngineOptions {
    if (!directory.isAbsolute()) {
      throw new IllegalArgumentException("an absolute directory is needed, not " + directory);
    }
    if (agents < 1 || agents > ports.size()) {
      throw new IllegalArgumentException(
          "there must be at least one agent, and a port for each; not " + agents);
    }
  }

  /**
   * The defaults: 2 segments of 10 MiB of each log; of each instance the last 5 sandboxes for at
   * most 7 days.
   *
   * @param directory where the agents keep everything; absolute
   * @param agents how many agents there are
   */
  public static LocalEngineOptions defaults(Path directory, int agents) {
    return new LocalEngineOptions(
        directory,
        agents,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new PortRange(31000, 32000),
        new TreeMap<>(),
        Duration.ofSeconds(3),
        10L << 20,
        2,
        5,
        Duration.ofDays(7));
  }

  /**
   * The same with other resources.
   *
   * @param newCpus cores of each agent
   * @param newMemMib memory of all agents together, in MiB
   * @param newDiskMib disk of all agents together, in MiB
   * @param newPorts host ports of all agents together
   */
  public LocalEngineOptions withResources(
      Optional<Double> newCpus,
      Optional<Double> newMemMib,
      Optional<Double> newDiskMib,
      PortRange newPorts) {
    return new LocalEngineOptions(
        directory,
        agents,
        newCpus,
        newMemMib,
        newDiskMib,
        newPorts,
        attributes,
        killGrace,
        logSegmentBytes,
        logSegments,
        keptSandboxes,
        keptSandboxAge);
  }

  /**
   * The same with other attributes.
   *
   * @param newAttributes attributes of every agent
   */
  public LocalEngineOptions withAttributes(SortedMap<String, String> newAttributes) {
    return new LocalEngineOptions(
        directory,
        agents,
        cpus,
        memMib,
        diskMib,
        ports,
        newAttributes,
        killGrace,
        logSegmentBytes,
        logSegments,
        keptSandboxes,
        keptSandboxAge);
  }

  /**
   * The same with other limits of what is kept of tasks.
   *
   * @param segmentBytes size of a log segment in bytes
   * @param segments segments kept of each log
   * @param sandboxes sandboxes kept for each instance
   * @param age for how long at most
   */
  public LocalEngineOptions withRetention(
      long segmentBytes, int segments, int sandboxes, Duration age) {
    return new LocalEngineOptions(
        directory,
        agents,
        cpus,
        memMib,
        diskMib,
        ports,
        attributes,
        killGrace,
        segmentBytes,
        segments,
        sandboxes,
        age);
  }
}
