package io.homeport.cli;

import io.homeport.cli.client.CommandFailure;
import io.homeport.cli.client.ExitStatus;
import io.homeport.cli.text.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server of a demo: a process of its own in a directory of its own, which ends with all its
 * tasks as soon as this process is gone, however that ended.
 */
final class DemoServer implements AutoCloseable {
  private static final Pattern SERVING = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(60);
  private static final int USUAL_PORT = 8080;
  private static final int LOG_LINES = 15;

  private final Path directory;
  private final Process process;
  private Optional<URI> url = Optional.empty();
  private boolean open = true;

  private DemoServer(Path directory, Process process) {
    this.directory = directory;
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @param terminal where the environment is
   * @throws IOException when there is no room, or nothing to start
   */
  static DemoServer start(Terminal terminal) throws IOException {
    Path temporary = Path.of(terminal.variable("TMPDIR").orElse("/tmp"));
    Path directory = Files.createTempDirectory(temporary, "homeport-demo-");
    // Tasks may run as other users, who must be able to walk to their sandboxes.
    directory.toFile().setExecutable(true, false);
    List<String> command = new ArrayList<>(launcher());
    command.addAll(List.of("server", "--insecure", "--end-with-input", "--local-agents", "3"));
    command.addAll(List.of("--http-port", Integer.toString(freePort())));
    command.addAll(List.of("--data-dir", directory.resolve("data").toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("HOMEPORT_"));
    builder.redirectErrorStream(true);
    builder.redirectOutput(directory.resolve("server.log").toFile());
    return new DemoServer(directory, builder.start());
  }

  /** The script that started this command line knows the server's flags; else the bare JVM does. */
  private static List<String> launcher() {
    String script = System.getProperty("homeport.launcher");
    if (script != null) {
      return List.of(script);
    }
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        "io.homeport.Main");
  }

  private static int freePort() {
    try (ServerSocket usual = new ServerSocket(USUAL_PORT, 1, InetAddress.getLoopbackAddress())) {
      return usual.getLocalPort();
    } catch (IOException taken) {
      return 0;
    }
  }

  /**
   * Waits until it serves.
   *
   * @throws InterruptedException when interrupted
   * @throws CommandFailure when it ended instead
   */
  void awaitServing() throws InterruptedException {
    long end = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < end) {
      Matcher serving = SERVING.matcher(log());
      if (serving.find()) {
        url = Optional.of(URI.create(serving.group()));
        return;
      }
      if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
        throw new CommandFailure(
            ExitStatus.FAILED, "The server did not start. Its log ends:", lastLogLines());
      }
    }
    throw new CommandFailure(
        ExitStatus.FAILED,
        "The server did not start within " + START.toSeconds() + " seconds. Its log ends:",
        lastLogLines());
  }

  /** Its address, once it serves. */
  URI url() {
    return url.orElseThrow();
  }

  /**
   * Tells when it has ended.
   *
   * @param action called once, on another thread
   */
  void onExit(Runnable action) {
    var _ = process.onExit().thenRun(action);
  }

  /** Whether it ended without being asked to. */
  synchronized boolean hasFailed() {
    return open && !process.isAlive();
  }

  /** Whether there is anything left to end. */
  synchronized boolean isOpen() {
    return open;
  }

  /** The end of its log. */
  List<String> lastLogLines() {
    List<String> lines = log().lines().toList();
    return lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size());
  }

  private String log() {
    try {
      return Files.readString(directory.resolve("server.log"));
    } catch (IOException unreadable) {
      return "(the log cannot be read: " + unreadable.getMessage() + ")";
    }
  }

  /** Ends all tasks, the server, and its directory. */
  @Override
  public synchronized void close() {
    if (!open) {
      return;
    }
    open = false;
    try {
      process.getOutputStream().close();
      if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      delete(directory);
    } catch (IOException failed) {
      throw new UncheckedIOException(
          "The demo's directory " + directory + " could not be removed", failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void delete(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path visited, @org.jspecify.annotations.Nullable IOException problem)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
