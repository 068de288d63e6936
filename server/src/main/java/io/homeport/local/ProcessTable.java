package io.homeport.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The processes of this machine, as far as this user may look at them ({@code /proc}). */
final class ProcessTable {
  private static final Path PROC = Path.of("/proc");

  private ProcessTable() {}

  /** The numbers of all processes but this one. */
  static List<Long> pids() throws IOException {
    long self = ProcessHandle.current().pid();
    List<Long> pids = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path entry : stream) {
        long pid = Long.parseLong(entry.getFileName().toString());
        if (pid != self) {
          pids.add(pid);
        }
      }
    }
    return pids;
  }

  /** The environment a process was started with, as {@code NAME=value}; empty if not visible. */
  static List<String> environment(long pid) {
    return split(read(pid, "environ"), "\0");
  }

  /** The same, by name. */
  static SortedMap<String, String> variables(long pid) {
    SortedMap<String, String> variables = new TreeMap<>();
    for (String entry : environment(pid)) {
      int equals = entry.indexOf('=');
      if (equals > 0) {
        String value = entry.substring(equals + 1);
        byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
        variables.put(entry.substring(0, equals), new String(bytes, StandardCharsets.UTF_8));
      }
    }
    return variables;
  }

  /**
   * The user a process runs as.
   *
   * @throws IOException when it is over
   */
  static TaskUser user(long pid) throws IOException {
    Map<String, List<Integer>> numbers = new HashMap<>();
    for (String line : Files.readAllLines(PROC.resolve(pid + "/status"))) {
      if (line.startsWith("Uid:") || line.startsWith("Gid:") || line.startsWith("Groups:")) {
        String[] fields = line.strip().split("[:\\s]+");
        List<Integer> values = new ArrayList<>();
        for (int index = 1; index < fields.length; index++) {
          values.add(Integer.valueOf(fields[index]));
        }
        numbers.put(fields[0], values);
      }
    }
    List<Integer> uids = numbers.getOrDefault("Uid", List.of());
    List<Integer> gids = numbers.getOrDefault("Gid", List.of());
    if (uids.isEmpty() || gids.isEmpty()) {
      throw new IOException("process " + pid + " is over");
    }
    return new TaskUser(
        "", uids.getFirst(), gids.getFirst(), numbers.getOrDefault("Groups", List.of()));
  }

  /** The command line of a process, for people. */
  static String command(long pid) {
    String line = String.join(" ", split(read(pid, "cmdline"), "\0"));
    return line.length() > 80 ? line.substring(0, 80) + "..." : line;
  }

  /** The mounts a process sees, as in proc(5), mountinfo. */
  static List<String> mounts(long pid) {
    return split(read(pid, "mountinfo"), "\n");
  }

  /** This process's own mount namespace, to be compared with the link {@code ns/mnt} of others. */
  static String ownMounts() {
    return link(ProcessHandle.current().pid(), "ns/mnt");
  }

  /** Where a link such as {@code cwd}, {@code root} or {@code exe} leads; empty if not visible. */
  static String link(long pid, String name) {
    try {
      return Files.readSymbolicLink(PROC.resolve(pid + "/" + name)).toString();
    } catch (IOException | RuntimeException e) {
      return "";
    }
  }

  /** The files a process has open. */
  static List<String> openFiles(long pid) {
    List<String> open = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(PROC.resolve(pid + "/fd"))) {
      for (Path descriptor : stream) {
        open.add(link(pid, "fd/" + descriptor.getFileName()));
      }
    } catch (IOException | RuntimeException e) {
      return open; // it ended, or belongs to somebody we may not look at
    }
    return open;
  }

  /** The files a process has mapped into its memory. */
  static List<String> mappedFiles(long pid) {
    List<String> mapped = new ArrayList<>();
    for (String line : split(read(pid, "maps"), "\n")) {
      int path = line.indexOf('/');
      if (path >= 0) {
        mapped.add(line.substring(path));
      }
    }
    return mapped;
  }

  private static List<String> split(String text, String separator) {
    List<String> parts = new ArrayList<>();
    for (String part : text.split(separator, -1)) {
      if (!part.isEmpty()) {
        parts.add(part);
      }
    }
    return parts;
  }

  private static String read(long pid, String name) {
    try {
      return new String(
          Files.readAllBytes(PROC.resolve(pid + "/" + name)), StandardCharsets.ISO_8859_1);
    } catch (IOException | RuntimeException e) {
      return ""; // it ended, or belongs to somebody we may not look at
    }
  }
}
