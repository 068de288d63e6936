package io.homeport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The newcomer's command: every example runs, and nothing is left when it ends. */
class DemoIT {
  private static final long STARTS_WITHIN_SECONDS = 120;

  @TempDir Path dir;

  @Test
  void everyExampleRunsAndCtrlCLeavesNothing() throws IOException, InterruptedException {
    Path output = dir.resolve("output");
    Path temporary = Files.createDirectory(dir.resolve("tmp"));
    temporary.toFile().setExecutable(true, false);
    Process demo = start(output, temporary);
    try {
      awaitServing(demo, output);
      assertThat(Files.readString(output))
          .contains("/sesame/samson    2/2 running, 2 volumes")
          .contains("/demo/mariadb     1/1 running, 1 volume")
          .doesNotContain("do not run yet");
    } finally {
      interrupt(demo);
      if (!demo.waitFor(120, TimeUnit.SECONDS)) {
        demo.destroyForcibly();
      }
    }
    assertThat(Files.readString(output)).contains("All cleaned up.");
    assertThat(processesOf(temporary)).isEmpty();
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left).isEmpty();
    }
  }

  /** As Ctrl-C does it: the signal goes to the demo and to its server at once. */
  private static void interrupt(Process demo) throws IOException, InterruptedException {
    String pids =
        Stream.concat(Stream.of(demo.toHandle()), demo.children())
            .map(process -> Long.toString(process.pid()))
            .collect(Collectors.joining(" "));
    assertThat(new ProcessBuilder("sh", "-c", "kill -INT " + pids).start().waitFor()).isZero();
  }

  /** The commands of all processes that know a directory: supervisors and what they run. */
  private static List<String> processesOf(Path directory) throws IOException {
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        String known = read(process.resolve("cmdline")) + read(process.resolve("environ"));
        if (known.contains(directory.toString())) {
          found.add(known.replace('\0', ' '));
        }
      }
    }
    return found;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException ended) {
      return "";
    }
  }

  private static Process start(Path output, Path temporary) throws IOException {
    List<String> command =
        List.of(
            // Who runs the tests in the background ignores Ctrl-C, and would pass that on.
            "env",
            "--default-signal=INT",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            ServerProcess.artefact(),
            "io.homeport.Main",
            "demo");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("TMPDIR", temporary.toString());
    return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
  }

  private static void awaitServing(Process demo, Path output)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(STARTS_WITHIN_SECONDS);
    while (!Files.readString(output).contains("Homeport serves on")) {
      assertThat(demo.isAlive()).as(() -> text(output)).isTrue();
      assertThat(System.nanoTime()).as(() -> text(output)).isLessThan(end);
      Thread.sleep(100);
    }
  }

  private static String text(Path output) {
    try {
      return Files.readString(output);
    } catch (IOException failed) {
      return failed.toString();
    }
  }
}
