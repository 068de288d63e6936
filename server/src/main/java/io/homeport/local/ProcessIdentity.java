package io.homeport.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * A process, told from a later one with the same number by when it started.
 *
 * @param pid its number
 * @param startTicks when it started, in clock ticks since boot (proc(5), stat field 22)
 */
record ProcessIdentity(long pid, long startTicks) {
  private static final int STATE = 0;
  private static final int START = 19;

  /** The kernel's name for the time since the machine was last started. */
  static String bootId() throws IOException {
    return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
  }

  /** Whether it still runs. One that is over and only waits to be reaped does not. */
  boolean isAlive() {
    OptionalLong found = start(pid);
    return found.isPresent() && found.getAsLong() == startTicks;
  }

  /**
   * When the process with that number started, if it runs.
   *
   * @param pid a process number
   */
  static OptionalLong start(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      // The name, field 2, may hold anything; the last parenthesis ends it.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      boolean over = fields[STATE].equals("Z") || fields[STATE].equals("X");
      return over ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(fields[START]));
    } catch (IOException | RuntimeException e) {
      return OptionalLong.empty();
    }
  }

  /** Sends SIGTERM, unless it is over. */
  void terminate() {
    signal(false);
  }

  /** Sends SIGKILL, unless it is over. */
  void kill() {
    signal(true);
  }

  private void signal(boolean forcibly) {
    if (!isAlive()) {
      return;
    }
    ProcessHandle.of(pid)
        .ifPresent(
            handle -> {
              boolean _ = forcibly ? handle.destroyForcibly() : handle.destroy();
            });
  }
}
