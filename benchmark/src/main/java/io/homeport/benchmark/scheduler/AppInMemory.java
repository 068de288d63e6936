package io.homeport.benchmark.scheduler;

import io.homeport.benchmark.harness.Benchmark;
import io.homeport.benchmark.harness.Conditions;
import io.homeport.benchmark.harness.Figure;
import io.homeport.benchmark.harness.Goal;
import io.homeport.benchmark.harness.Took;
import io.homeport.model.AppDefinition;
import io.homeport.model.Resources;
import java.util.ArrayList;
import java.util.List;

/**
 * From the command that creates an app until all its instances run on their volumes: the production
 * loop, in memory, with every reply of the cluster.
 */
public final class AppInMemory implements Benchmark {
  /** The most instances that the API lets one app have. */
  static final int MOST = 100_000;

  private final String name;
  private final int instances;
  private final double goalSeconds;

  /**
   * A size.
   *
   * @param name the benchmark's
   * @param instances how many; more than {@link #MOST} are made of several apps
   * @param goalSeconds how long it may take
   */
  public AppInMemory(String name, int instances, double goalSeconds) {
    this.name = name;
    this.instances = instances;
    this.goalSeconds = goalSeconds;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String work() {
    int apps = apps(instances, MOST).size();
    return String.format(
        java.util.Locale.ROOT,
        "%,d instances with a volume each (%s) on 10,000 agents, in memory: from the command to all"
            + " running, every reply of the cluster taken in.",
        instances,
        apps == 1 ? "one app" : apps + " apps");
  }

  @Override
  public List<Figure> run(Conditions conditions) throws Exception {
    int wanted = conditions.scaled(instances, Math.max(10, instances / 10_000));
    int agents = conditions.scaled(10_000, 10);
    List<Took> runs = conditions.repeat(() -> deploy(wanted, agents, MOST));
    return List.of(
        Figure.of("until all run", "s", runs, Took::seconds).goal(Goal.atMost(goalSeconds)),
        Figure.of("of it on the processor", "s", runs, Took::cpuSeconds),
        Figure.of("instances", "/s", runs, took -> wanted / took.seconds()));
  }

  /** Deploys so many instances on so many agents. */
  static Took deploy(int instances, int agents, int perApp) throws Exception {
    WholeRun run = begin(agents);
    return Took.doing(
        () -> {
          run.deploy(apps(instances, perApp));
          return run;
        });
  }

  /** A server with so many agents, each with room for 120 instances. */
  static WholeRun begin(int agents) throws Exception {
    return new WholeRun(
        new ForgetfulStore(), new MemoryCluster(agents, new Resources(12, 38_400, 120_000, 0)));
  }

  /** Apps of at most so many instances each. */
  static List<AppDefinition> apps(int instances, int perApp) {
    List<AppDefinition> apps = new ArrayList<>();
    for (int left = instances; left > 0; left -= perApp) {
      apps.add(
          Definitions.stateful(
              "/db" + apps.size(),
              Math.min(left, perApp),
              new Resources(0.1, 256, 0, 0),
              Definitions.atMostPerHost(120)));
    }
    return apps;
  }
}
