package io.homeport.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HexFormat;
import java.util.zip.CRC32;

/**
 * Starts supervisors and asks them to end their tasks. The program itself is in {@code
 * src/main/native}; everything passes through files of the run directory, so that a server that is
 * started later can go on where an earlier one stopped.
 */
final class Supervisor {
  private static final int VOLUME_IN_USE = 75;
  private final Path program;

  private Supervisor(Path program) {
    this.program = program;
  }

  /** What came of a start. */
  sealed interface Start {
    /** The task's main process is on record and runs; its status says how. */
    record Started() implements Start {}

    /**
     * Nothing was run, because somebody holds the lock of a volume.
     *
     * @param why for people
     */
    record VolumeInUse(String why) implements Start {}

    /**
     * Nothing was run.
     *
     * @param why for people
     */
    record Refused(String why) implements Start {}
  }

  /**
   * Puts the program into a directory. Earlier versions stay, since supervisors of running tasks
   * come from them.
   *
   * @param directory where to put it
   * @throws IOException when there is none for this machine's architecture, or no room
   */
  static Supervisor install(Path directory) throws IOException {
    String resource = "/native/linux-" + System.getProperty("os.arch") + "/homeport-supervisor";
    try (InputStream source = Supervisor.class.getResourceAsStream(resource)) {
      if (source == null) {
        throw new IOException("this build has no task supervisor for this machine: " + resource);
      }
      byte[] bytes = source.readAllBytes();
      CRC32 checksum = new CRC32();
      checksum.update(bytes);
      String version = HexFormat.of().toHexDigits((int) checksum.getValue());
      Path program = directory.resolve("homeport-supervisor-" + version);
      DurableFiles.makeDirectory(directory, "rwxr-xr-x");
      if (!Files.exists(program) || Files.size(program) != bytes.length) {
        DurableFiles.write(program, bytes, "rwxr-xr-x");
      }
      return new Supervisor(program);
    }
  }

  /** The program, for running probes. */
  Path program() {
    return program;
  }

  /**
   * Starts the supervisor of a run; returns once the main process is on record.
   *
   * @param run the run directory, which must hold nothing but {@code spec}
   * @throws IOException when the program cannot be started at all
   * @throws InterruptedException when the wait was interrupted; the supervisor may have started
   */
  Start start(Path run) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(program.toString(), run.toString());
    builder.environment().clear();
    builder.directory(Path.of("/").toFile());
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    process.getOutputStream().close();
    String why =
        new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return switch (process.waitFor()) {
      case 0 -> new Start.Started();
      case VOLUME_IN_USE -> new Start.VolumeInUse(why);
      default -> new Start.Refused(why.isEmpty() ? "the supervisor ended at once" : why);
    };
  }

  /**
   * Asks for the end of a run. The request lies on disk before the supervisor is woken, so it also
   * reaches one that has only just started. A later request can only shorten the grace period.
   *
   * @param run the run directory
   * @param grace between the polite signal and the forced one
   * @throws IOException when the request cannot be written
   */
  static void requestEnd(Path run, Duration grace) throws IOException {
    byte[] text = Long.toString(Math.max(0, grace.toMillis())).getBytes(StandardCharsets.UTF_8);
    DurableFiles.write(run.resolve("kill"), text, "rw-r--r--");
    SupervisorStatus.read(run).ifPresent(status -> status.supervisor().terminate());
  }

  /** Whether an end of the run has been requested. */
  static boolean endRequested(Path run) {
    return Files.exists(run.resolve("kill"));
  }

  /** Whether a supervisor of this run lives, even one that has not recorded anything yet. */
  static boolean isAlive(Path run) throws IOException {
    return isLocked(run.resolve("lock"));
  }

  /** Whether somebody else holds the lock of a file; one that does not exist is not locked. */
  static synchronized boolean isLocked(Path file) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      FileLock lock = channel.tryLock();
      return lock == null;
    } catch (OverlappingFileLockException e) {
      throw new IllegalStateException("only this method locks " + file, e);
    }
  }
}
