package io.homeport.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Proves that nobody uses a volume. Each sign alone can be missed: a daemon closes the descriptor
 * that holds the lock, another forgets its environment, a third has no file open at the moment. So
 * a volume is vacant only when none of them shows a tenant: the locks, the marker in the
 * environment, the mounts, and the working directories, programs, open and mapped files of every
 * process that may be looked at.
 */
final class Vacancy {
  /** Names the volumes a task was given, one a line, in the environment of all its processes. */
  static final String VOLUMES_VARIABLE = "HOMEPORT_VOLUMES";

  /** Names the task in the environment of all its processes. */
  static final String TASK_VARIABLE = "HOMEPORT_TASK_ID";

  private Vacancy() {}

  /**
   * Looks for somebody who uses a volume.
   *
   * @param volume the volume's directory
   * @return who it is, for people; empty when the volume is vacant
   * @throws IOException when it cannot be found out
   */
  static Optional<String> tenant(Path volume) throws IOException {
    Optional<String> process = process(volume);
    if (process.isPresent()) {
      return process;
    }
    if (Supervisor.isLocked(volume.resolve("owner"))) {
      return Optional.of("the supervisor of an earlier task holds its lock");
    }
    if (Supervisor.isLocked(volume.resolve("tenant"))) {
      return Optional.of("a process that an earlier task left behind holds its lock");
    }
    return Optional.empty();
  }

  private static Optional<String> process(Path volume) throws IOException {
    Path real = volume.toRealPath();
    List<LongFunction<Optional<String>>> signs =
        List.of(
            pid -> marker(pid, real),
            pid -> link(pid, real),
            pid -> sign(ProcessTable.openFiles(pid), real, "has open"),
            pid -> sign(ProcessTable.mappedFiles(pid), real, "has mapped"),
            pid -> mount(pid, real));
    for (long pid : ProcessTable.pids()) {
      for (LongFunction<Optional<String>> sign : signs) {
        Optional<String> found = sign.apply(pid);
        if (found.isPresent() && ProcessIdentity.start(pid).isPresent()) {
          return Optional.of(
              "process " + pid + " (" + ProcessTable.command(pid) + ") " + found.get());
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> marker(long pid, Path volume) {
    String prefix = VOLUMES_VARIABLE + "=";
    return ProcessTable.environment(pid).stream()
        .filter(entry -> entry.startsWith(prefix))
        .flatMap(entry -> Arrays.stream(entry.substring(prefix.length()).split("\n", -1)))
        .filter(latin1(volume)::equals)
        .findFirst()
        .map(_ -> "was started with it");
  }

  private static Optional<String> link(long pid, Path volume) {
    for (String name : List.of("cwd", "root", "exe")) {
      if (isInside(ProcessTable.link(pid, name), volume.toString())) {
        return Optional.of("has its " + name + " there");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> sign(List<String> files, Path volume, String verb) {
    return files.stream()
        .filter(file -> isInside(file, volume.toString()) || isInside(file, latin1(volume)))
        .findFirst()
        .map(file -> verb + " " + file);
  }

  /**
   * A container sees the volume under another name: by a mount of its directory. Mounts that we see
   * ourselves are nobody's.
   */
  private static Optional<String> mount(long pid, Path volume) {
    String namespace = ProcessTable.link(pid, "ns/mnt");
    if (namespace.isEmpty() || namespace.equals(ProcessTable.ownMounts())) {
      return Optional.empty();
    }
    // The last parts are unique among volumes, whatever file system the rest is on.
    Path tail = volume.subpath(Math.max(0, volume.getNameCount() - 3), volume.getNameCount());
    for (String line : ProcessTable.mounts(pid)) {
      String[] fields = line.split(" ");
      // Field 4 is the directory within its file system that is mounted, field 5 where.
      if (fields.length > 4 && (unescaped(fields[3]) + "/").contains("/" + latin1(tail) + "/")) {
        return Optional.of("has it mounted at " + unescaped(fields[4]));
      }
    }
    return Optional.empty();
  }

  private static boolean isInside(String path, String directory) {
    return path.equals(directory) || path.startsWith(directory + "/");
  }

  /** As /proc's files are read here: byte for byte. */
  private static String latin1(Path path) {
    return new String(
        path.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** Undoes mountinfo's octal escapes of space, tab, newline and backslash. */
  private static String unescaped(String text) {
    return text.replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\");
  }
}
