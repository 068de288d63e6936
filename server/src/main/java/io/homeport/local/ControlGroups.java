package io.homeport.local;

import io.homeport.model.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Limits of tasks through control groups, v1 or v2, where this user may make them. A task gets CPU
 * time in proportion to its cpus when the machine is short of it, and cannot use more memory than
 * it asked for. Groups are made below the server's own, named {@code homeport}.
 */
final class ControlGroups {
  /** What a whole core counts in shares (v1) and in weight (v2), as in Mesos and systemd. */
  private static final int SHARES_PER_CPU = 1024;

  private static final int LEAST_SHARES = 2;
  private static final int WEIGHT_PER_CPU = 100;
  private static final int MOST_WEIGHT = 10_000;

  /** Below this a shell hardly starts; Mesos has the same floor. */
  private static final long LEAST_MEMORY = 32L << 20;

  /** The server's own group in v2. */
  private static final String ASIDE = "homeport-server";

  private final Map<String, Path> controllers;
  private final boolean unified;
  private final List<String> limitations;

  private ControlGroups(Map<String, Path> controllers, boolean unified, List<String> limitations) {
    this.controllers = controllers;
    this.unified = unified;
    this.limitations = limitations;
  }

  /** Finds out what this user may do here. */
  static ControlGroups detect() {
    Map<String, Path> found = new LinkedHashMap<>();
    List<String> limitations = new ArrayList<>();
    boolean unified = Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"));
    for (String controller : List.of("cpu", "memory")) {
      try {
        Path parent = unified ? unifiedParent(controller) : versionOneParent(controller);
        found.put(controller, parent);
      } catch (IOException e) {
        limitations.add(
            (controller.equals("cpu") ? "CPU shares are" : "Memory limits are")
                + " not enforced: this user may not make control groups for "
                + controller
                + " ("
                + e.getMessage()
                + ").");
      }
    }
    return new ControlGroups(found, unified, List.copyOf(limitations));
  }

  /** What cannot be enforced here, each as a sentence. */
  List<String> limitations() {
    return limitations;
  }

  /**
   * Makes the groups of a task.
   *
   * @param task its name
   * @param resources its limits
   * @return the directories to join; fewer than there are controllers when something is refused
   */
  List<Path> create(String task, Resources resources) {
    List<Path> groups = new ArrayList<>();
    controllers.forEach(
        (controller, parent) -> {
          Path group = parent.resolve(task);
          try {
            Files.createDirectories(group);
            limit(controller, group, resources);
            if (!groups.contains(group)) {
              groups.add(group);
            }
          } catch (IOException e) {
            Log.LOGGER.warn("no control group {}: {}", group, e.toString());
          }
        });
    return groups;
  }

  private void limit(String controller, Path group, Resources resources) throws IOException {
    if (controller.equals("memory")) {
      long bytes = Math.max(LEAST_MEMORY, (long) (resources.mem() * (1 << 20)));
      write(group, unified ? "memory.max" : "memory.limit_in_bytes", bytes);
    } else if (unified) {
      long weight = Math.round(resources.cpus() * WEIGHT_PER_CPU);
      write(group, "cpu.weight", Math.clamp(weight, 1, MOST_WEIGHT));
    } else {
      long shares = Math.round(resources.cpus() * SHARES_PER_CPU);
      write(group, "cpu.shares", Math.max(LEAST_SHARES, shares));
    }
  }

  /** Removes the groups of a task that is over. */
  void remove(String task) {
    for (Path parent : controllers.values()) {
      try {
        Files.deleteIfExists(parent.resolve(task));
      } catch (IOException e) {
        // Somebody is still in it; the next task's start does not depend on it.
        Log.LOGGER.debug("control group {} of {} stays", parent, task, e);
      }
    }
  }

  private static void write(Path group, String file, long value) throws IOException {
    Files.writeString(group.resolve(file), Long.toString(value));
  }

  /** In v1 every controller has a tree of its own. */
  private static Path versionOneParent(String controller) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/cgroup"))) {
      String[] fields = line.split(":", 3);
      if (List.of(fields[1].split(",")).contains(controller)) {
        Path tree = Path.of("/sys/fs/cgroup", fields[1]);
        Path alone = Path.of("/sys/fs/cgroup", controller);
        return made(
            (Files.exists(tree) ? tree : alone).resolve(fields[2].substring(1)).normalize());
      }
    }
    throw new IOException("the kernel has no such controller");
  }

  /**
   * In v2 a group with processes of its own cannot have groups with limits below it, so the server
   * moves itself aside. systemd has to do that by itself ({@code DelegateSubgroup}): else it could
   * not put the next server into the unit's group while tasks run below it.
   */
  private static Path unifiedParent(String controller) throws IOException {
    String own =
        Files.readAllLines(Path.of("/proc/self/cgroup")).stream()
            .filter(line -> line.startsWith("0::"))
            .map(line -> line.substring("0::/".length()))
            .findFirst()
            .orElseThrow(() -> new IOException("no unified hierarchy"));
    if (System.getenv("INVOCATION_ID") != null && !own.endsWith("/" + ASIDE)) {
      throw new IOException(
          "the unit in systemd has no DelegateSubgroup="
              + ASIDE
              + ", or systemd is older than 254");
    }
    Path group = Path.of("/sys/fs/cgroup").resolve(own).normalize();
    if (group.endsWith(ASIDE)) {
      group = Optional.ofNullable(group.getParent()).orElse(group);
    }
    if (!own.isEmpty()) {
      Path aside = group.resolve(ASIDE);
      Files.createDirectories(aside);
      write(aside, "cgroup.procs", ProcessHandle.current().pid());
    }
    Files.writeString(group.resolve("cgroup.subtree_control"), "+" + controller);
    Path parent = made(group);
    Files.writeString(parent.resolve("cgroup.subtree_control"), "+" + controller);
    return parent;
  }

  private static Path made(Path group) throws IOException {
    if (!Files.isDirectory(group)) {
      throw new IOException(group + " is not there");
    }
    Path parent = group.resolve("homeport");
    Files.createDirectories(parent);
    // It may be there already, made by another user's server.
    if (!Files.isWritable(parent)) {
      throw new IOException(parent + " belongs to another user");
    }
    return parent;
  }
}
