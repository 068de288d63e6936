package io.homeport.benchmark.scheduler;

import io.homeport.benchmark.harness.Benchmark;
import io.homeport.benchmark.harness.Conditions;
import io.homeport.benchmark.harness.Figure;
import io.homeport.benchmark.harness.Goal;
import io.homeport.state.ClusterState;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.List;

/** What the state of a large cluster takes, in a JVM that has no more memory than the goal says. */
public final class MemoryUse implements Benchmark {
  private static final double MIB = 1 << 20;

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public String work() {
    return "1,000,000 instances with a volume each (10 apps) on 10,000 agents are brought to run"
        + " with -Xmx2g; then what is left on the heap after a full collection.";
  }

  @Override
  public List<String> jvmFlags() {
    return List.of("-Xmx2g");
  }

  @Override
  public List<Figure> run(Conditions conditions) throws Exception {
    int instances = conditions.scaled(1_000_000, 100);
    ClusterState state = running(instances, conditions.scaled(10_000, 10));
    double used;
    try {
      used = used();
    } finally {
      Reference.reachabilityFence(state);
    }
    double each = used * MIB / instances;
    return List.of(
        Figure.of("heap in use", "MiB", List.of(used)).goal(Goal.atMost(2048)),
        Figure.of("for each instance", "bytes", List.of(each)));
  }

  /** The loop, the cluster and the journal are left behind: only the state counts. */
  private static ClusterState running(int instances, int agents) throws Exception {
    WholeRun run = AppInMemory.begin(agents);
    run.deploy(AppInMemory.apps(instances, AppInMemory.MOST));
    return run.state();
  }

  private static double used() {
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MIB;
  }
}
