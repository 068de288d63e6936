package io.homeport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The newcomer's command: every example runs, and nothing is left when it ends. */
class DemoIT {
  private static final long STARTS_WITHIN_SECONDS = 120;

  @TempDir Path dir;

  @Test
  void everyExampleRunsAndNothingIsLeft() throws IOException, InterruptedException {
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
      demo.destroy();
      if (!demo.waitFor(60, TimeUnit.SECONDS)) {
        demo.destroyForcibly();
      }
    }
    assertThat(Files.readString(output)).contains("All cleaned up.");
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left).isEmpty();
    }
  }

  private static Process start(Path output, Path temporary) throws IOException {
    List<String> command =
        List.of(
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
