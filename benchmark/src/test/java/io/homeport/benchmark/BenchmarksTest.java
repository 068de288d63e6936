package io.homeport.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.benchmark.harness.Benchmark;
import io.homeport.benchmark.harness.Conditions;
import io.homeport.benchmark.harness.Figure;
import io.homeport.benchmark.harness.Goal;
import io.homeport.benchmark.harness.Machine;
import io.homeport.benchmark.harness.Measured;
import io.homeport.benchmark.harness.Report;
import io.homeport.benchmark.harness.Table;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every benchmark still works. How fast is no matter here. */
final class BenchmarksTest {
  static List<String> names() {
    return Benchmarks.ALL.stream().map(Benchmark::name).toList();
  }

  @ParameterizedTest
  @MethodSource("names")
  void worksAtTheLeastSize(String name) throws IOException {
    Benchmark benchmark = Benchmarks.named(name).orElseThrow();
    Measured measured = new Run(benchmark, Conditions.Size.TINY, 1, 1).here();
    assertThat(measured.failure()).isEmpty();
    assertThat(measured.figures()).isNotEmpty();
    assertThat(measured.figures())
        .allSatisfy(
            figure -> {
              assertThat(figure.spread().samples()).hasSize(1).allMatch(Double::isFinite);
              assertThat(figure.beside())
                  .allSatisfy(other -> assertThat(figure.ratioTo(other)).isFinite());
            });
  }

  @Test
  void namesAreUnique() {
    assertThat(names())
        .isNotEmpty()
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[a-z0-9-]+"));
  }

  @Test
  void aReportIsPrintedAndReadBack() {
    Figure figure =
        Figure.of("placed", "/s", List.of(3.0, 1.0, 2.0))
            .goal(Goal.atLeast(2))
            .beside("a peer", List.of(0.5), Goal.atLeast(10));
    Measured measured =
        new Measured("x", "Work.", List.of("-Xmx1g"), 0.5, 7, List.of(figure), Optional.of("why"));
    Report report =
        new Report(Instant.EPOCH, Machine.present(), Conditions.Size.FULL, 3, 1, List.of(measured));
    assertThat(Table.of(report))
        .contains("1       2    3", ">= 2 met", "4x, goal >= 10x MISSED", "FAILED: why");
    assertThat(Bench.JSON.readValue(Bench.JSON.writeValueAsString(report), Report.class))
        .isEqualTo(report);
  }
}
