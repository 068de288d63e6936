package io.homeport.benchmark.micro;

import io.homeport.benchmark.harness.Benchmark;
import io.homeport.benchmark.harness.Conditions;
import io.homeport.benchmark.harness.Figure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The small operations of a launch, by JMH. */
public final class Micro implements Benchmark {
  private static final String BARE = "Bare";

  @Override
  public String name() {
    return "micro";
  }

  @Override
  public String work() {
    return "Small operations of the core, by JMH, beside the least that could do the same.";
  }

  @Override
  public List<Figure> run(Conditions conditions) throws Exception {
    boolean full = conditions.size() == Conditions.Size.FULL;
    Options options =
        new OptionsBuilder()
            .include(SmallOperations.class.getName() + "\\.")
            .forks(full ? 1 : 0)
            .warmupIterations(full ? 3 : 0)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(conditions.repeats())
            .measurementTime(full ? TimeValue.seconds(1) : TimeValue.milliseconds(5))
            .verbosity(VerboseMode.SILENT)
            .build();
    return figures(new Runner(options).run());
  }

  private static List<Figure> figures(Collection<RunResult> results) {
    SortedMap<String, List<Double>> samples = new TreeMap<>();
    for (RunResult result : results) {
      String method = result.getParams().getBenchmark();
      samples.put(
          method.substring(method.lastIndexOf('.') + 1),
          result.getBenchmarkResults().stream()
              .flatMap(fork -> fork.getIterationResults().stream())
              .map(IterationResult::getPrimaryResult)
              .map(primary -> primary.getScore())
              .toList());
    }
    List<Figure> figures = new ArrayList<>();
    samples.forEach(
        (name, measured) -> {
          if (name.endsWith(BARE)) {
            return;
          }
          Figure figure = Figure.of(name, "ns", measured);
          List<Double> bare = samples.get(name + BARE);
          figures.add(bare == null ? figure : figure.beside("bare", bare));
        });
    return figures;
  }
}
