package io.homeport.benchmark;

import io.homeport.benchmark.harness.Benchmark;
import io.homeport.benchmark.harness.Conditions;
import io.homeport.benchmark.harness.Figure;
import io.homeport.benchmark.harness.Machine;
import io.homeport.benchmark.harness.Measured;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One benchmark that is to run.
 *
 * @param benchmark which
 * @param size how large
 * @param repeats how many runs count
 * @param seed what random choices begin with
 */
record Run(Benchmark benchmark, Conditions.Size size, int repeats, long seed) {
  /** Runs it in this JVM. */
  Measured here() throws IOException {
    Path directory = Files.createTempDirectory("homeport-bench");
    double load = Machine.load();
    long begun = System.nanoTime();
    List<Figure> figures = List.of();
    Optional<String> failure = Optional.empty();
    try {
      figures =
          benchmark.run(
              new Conditions(
                  size,
                  repeats,
                  seed,
                  directory,
                  line -> System.err.println(benchmark.name() + ": " + line)));
    } catch (Exception | LinkageError | OutOfMemoryError e) {
      failure = Optional.of(stack(e));
    } finally {
      delete(directory);
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    return new Measured(
        benchmark.name(), benchmark.work(), Machine.jvmFlags(), load, seconds, figures, failure);
  }

  /** Runs it in a JVM of its own, with this one's flags and its own. */
  Measured inOwnJvm() throws IOException, InterruptedException {
    Path result = Files.createTempFile("homeport-bench", ".json");
    try {
      Process process = new ProcessBuilder(command(result)).inheritIO().start();
      int exit = waitFor(process);
      if (exit == 0 && Files.size(result) > 0) {
        return Bench.JSON.readValue(result, Measured.class);
      }
      return new Measured(
          benchmark.name(),
          benchmark.work(),
          benchmark.jvmFlags(),
          -1,
          0,
          List.of(),
          Optional.of("its JVM ended with exit code " + exit));
    } finally {
      Files.deleteIfExists(result);
    }
  }

  private static int waitFor(Process process) throws InterruptedException {
    try {
      return process.waitFor();
    } finally {
      process.destroy();
    }
  }

  private List<String> command(Path result) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Machine.jvmFlags());
    command.addAll(benchmark.jvmFlags());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Bench.class.getName()));
    command.addAll(List.of("--size", size.name(), "--repeats", Integer.toString(repeats)));
    command.addAll(List.of("--seed", Long.toString(seed), "--result", result.toString()));
    command.add(benchmark.name());
    return command;
  }

  private static String stack(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString().strip();
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
