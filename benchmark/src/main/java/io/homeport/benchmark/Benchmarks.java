package io.homeport.benchmark;

import io.homeport.benchmark.harness.Benchmark;
import io.homeport.benchmark.server.ApiUnderLoad;
import io.homeport.benchmark.server.DurablePath;
import io.homeport.benchmark.server.EventStream;
import io.homeport.benchmark.server.LaunchLatency;
import io.homeport.benchmark.server.OneApp;
import io.homeport.benchmark.server.Restart;
import io.homeport.benchmark.server.Startup;
import io.homeport.benchmark.server.ZooKeeperPath;
import java.util.List;
import java.util.Optional;

/** All benchmarks, in the order in which they run. */
final class Benchmarks {
  static final List<Benchmark> ALL = 
      List.of(
          new Startup(),
          new DurablePath(),
          new LaunchLatency(),
          new OneApp(),
          new Restart(),
          new ApiUnderLoad(),
          new EventStream(),
          new ZooKeeperPath());

  private Benchmarks() {}

  static Optional<Benchmark> named(String name) {
    return ALL.stream().filter(benchmark -> benchmark.name().equals(name)).findFirst();
  }
}
