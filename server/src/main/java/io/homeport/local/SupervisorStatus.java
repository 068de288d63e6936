package io.homeport.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a task's supervisor recorded: the file {@code status} of the run directory (its format is
 * that of {@code status.c}).
 *
 * @param phase how far it is
 * @param boot the boot during which all this happened
 * @param supervisor the supervisor
 * @param main the task's main process
 * @param started when it was started
 * @param ended when nothing of the task was left
 * @param exit the main process's exit code
 * @param signal the signal that ended the main process
 * @param killed whether the end was requested by the server
 * @param signalled whether the end was requested by somebody else's signal
 * @param dropped bytes of output for which there was no room
 * @param message why the task's program could not be run; may be empty
 */
record SupervisorStatus(
    Phase phase,
    String boot,
    ProcessIdentity supervisor,
    ProcessIdentity main,
    Instant started,
    Optional<Instant> ended,
    OptionalInt exit,
    OptionalInt signal,
    boolean killed,
    boolean signalled,
    long dropped,
    String message) {
  /** How far a run is. */
  enum Phase {
    /** The main process is on record, and runs or is about to. */
    RUNNING,
    /** The task is being ended, or what its main process left over is. */
    ENDING,
    /** Nothing of it is left. */
    ENDED
  }

  /**
   * Reads the status.
   *
   * @param run the run directory
   * @return empty when nothing was recorded yet
   * @throws IOException when it cannot be read or makes no sense
   */
  static Optional<SupervisorStatus> read(Path run) throws IOException {
    Map<String, String> values = new HashMap<>();
    try {
      for (String line : Files.readAllLines(run.resolve("status"))) {
        int equals = line.indexOf('=');
        if (equals > 0) {
          values.put(line.substring(0, equals), line.substring(equals + 1));
        }
      }
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse(values));
    } catch (RuntimeException e) {
      throw new IOException("the status in " + run + " makes no sense: " + values, e);
    }
  }

  private static SupervisorStatus parse(Map<String, String> values) {
    return new SupervisorStatus(
        switch (text(values, "phase")) {
          case "starting", "running" -> Phase.RUNNING;
          case "ending" -> Phase.ENDING;
          case "ended" -> Phase.ENDED;
          default -> throw new IllegalArgumentException("phase");
        },
        text(values, "boot"),
        new ProcessIdentity(number(values, "supervisor"), number(values, "supervisor-start")),
        new ProcessIdentity(number(values, "main"), number(values, "main-start")),
        Instant.ofEpochMilli(number(values, "started")),
        values.containsKey("ended")
            ? Optional.of(Instant.ofEpochMilli(number(values, "ended")))
            : Optional.empty(),
        optional(values, "exit"),
        optional(values, "signal"),
        values.containsKey("killed"),
        values.containsKey("signalled"),
        number(values, "dropped"),
        values.getOrDefault("message", ""));
  }

  private static String text(Map<String, String> values, String key) {
    String value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException(key);
    }
    return value;
  }

  private static long number(Map<String, String> values, String key) {
    return Long.parseLong(text(values, key));
  }

  private static OptionalInt optional(Map<String, String> values, String key) {
    return values.containsKey(key)
        ? OptionalInt.of((int) number(values, key))
        : OptionalInt.empty();
  }
}
