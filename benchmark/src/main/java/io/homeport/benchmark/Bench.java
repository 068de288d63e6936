package io.homeport.benchmark;

import io.homeport.benchmark.harness.Benchmark;
import io.homeport.benchmark.harness.Conditions;
import io.homeport.benchmark.harness.Machine;
import io.homeport.benchmark.harness.Measured;
import io.homeport.benchmark.harness.Report;
import io.homeport.benchmark.harness.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Runs benchmarks, each in a JVM of its own, and reports. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures Homeport beside peers and limits on the same work.",
      "Ends with 0 when everything could be measured; a missed goal is shown, and is no failure."
    })
public final class Bench implements Callable<Integer> {
  static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @Parameters(arity = "0..*", paramLabel = "NAME", description = "Which ones (default: all).")
  private List<String> names = List.of();

  @Option(names = "--list", description = "Only say what there is.")
  private boolean list;

  @Option(names = "--repeats", description = "How many runs count (default: ${DEFAULT-VALUE}).")
  private int repeats = 5;

  @Option(names = "--seed", description = "For random choices (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--size",
      description = "${COMPLETION-CANDIDATES}; at the least size figures mean nothing.")
  private Conditions.Size size = Conditions.Size.FULL;

  @Option(
      names = {"-o", "--output"},
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Output output = Output.TEXT;

  @Option(names = "--result", hidden = true, description = "Measure here, and write it there.")
  private Optional<Path> result = Optional.empty();

  @Spec private CommandSpec spec;

  /** For whom the report is. */
  private enum Output {
    TEXT,
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The program.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Bench()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (repeats < 1) {
      throw new ParameterException(
          spec.commandLine(), "--repeats must be at least 1, and is " + repeats + ".");
    }
    List<Benchmark> chosen = chosen();
    if (list) {
      chosen.forEach(
          benchmark ->
              System.out.printf(Locale.ROOT, "%-20s %s%n", benchmark.name(), benchmark.work()));
      return 0;
    }
    Instant at = Instant.now();
    List<Measured> measured = new ArrayList<>();
    for (Benchmark benchmark : chosen) {
      Run run = new Run(benchmark, size, repeats, seed);
      if (result.isPresent()) {
        JSON.writeValue(result.get(), run.here());
        return 0;
      }
      measured.add(run.inOwnJvm());
      if (output == Output.TEXT) {
        System.err.println(Table.of(measured.getLast()));
      }
    }
    Report report = new Report(at, Machine.present(), size, repeats, seed, measured);
    System.out.println(output == Output.JSON ? JSON.writeValueAsString(report) : Table.of(report));
    return measured.stream().allMatch(one -> one.failure().isEmpty()) ? 0 : 1;
  }

  private List<Benchmark> chosen() {
    if (names.isEmpty()) {
      return Benchmarks.ALL;
    }
    List<Benchmark> chosen = new ArrayList<>();
    for (String name : names) {
      chosen.add(
          Benchmarks.named(name)
              .orElseThrow(
                  () ->
                      new ParameterException(
                          spec.commandLine(),
                          "There is no benchmark \""
                              + name
                              + "\". There are: "
                              + String.join(
                                  ", ", Benchmarks.ALL.stream().map(Benchmark::name).toList())
                              + ".")));
    }
    return chosen;
  }
}
