package io.homeport.benchmark;

import io.homeport.benchmark.harness.Benchmark;
import io.homeport.benchmark.micro.Micro;
import io.homeport.benchmark.scheduler.AppInMemory;
import io.homeport.benchmark.scheduler.Growth;
import io.homeport.benchmark.scheduler.MemoryUse;
import io.homeport.benchmark.scheduler.Placement;
import io.homeport.benchmark.scheduler.Relaunch;
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
          new Micro(),
          new Relaunch(),
          new Placement(),
          new AppInMemory("app-1000", 1_000, 1),
          new AppInMemory("app-100000", 100_000, 10),
          new AppInMemory("app-1000000", 1_000_000, 90),
          new Growth(),
          new MemoryUse(),
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
