package io.homeport.benchmark;

import io.homeport.benchmark.harness.Benchmark;
import io.homeport.benchmark.server.Startup;
import java.util.List;
import java.util.Optional;

/** All benchmarks, in the order in which they run. */
final class Benchmarks {
  static final List<Benchmark> ALL = List.of(new Startup());

  private Benchmarks() {}

  static Optional<Benchmark> named(String name) {
    return ALL.stream().filter(benchmark -> benchmark.name().equals(name)).findFirst();
  }
}
