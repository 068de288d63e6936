package io.homeport.benchmark.micro;

import io.homeport.benchmark.scheduler.Definitions;
import io.homeport.model.Agent;
import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.Goal;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.model.Resources;
import io.homeport.model.TaskId;
import io.homeport.placement.ConstraintRules;
import io.homeport.placement.TaskEnvironment;
import io.homeport.state.AppInstances;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a launch is made of, each beside the least that could do. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SmallOperations {
  private static final int HOSTS = 10_000;
  private static final int INSTANCES = 100_000;

  private final AppDefinition app =
      Definitions.stateful(
          "/group/db", 3, new Resources(0.5, 512, 0, 0), Definitions.atMostPerHost(3));
  private final TaskEnvironment environment = TaskEnvironment.of(app);
  private final Resources free = new Resources(8, 32_768, 100_000, 0);
  private final Resources wanted = new Resources(0.5, 512, 10, 0);
  private final double[] freeAmounts = {8, 32_768, 100_000, 0};
  private final double[] wantedAmounts = {0.5, 512, 10, 0};
  private final Agent[] agents = new Agent[HOSTS];
  private final ConstraintRules rules = ConstraintRules.of(app.constraints());
  private final Map<String, Integer> counts = new HashMap<>();
  private final SortedMap<InstanceId, Instance> plain = new TreeMap<>();
  private final Instance[] all = new Instance[INSTANCES];
  private AppInstances instances = AppInstances.NONE;
  private int next;

  /** A large app on many hosts. */
  @Setup
  public void fill() {
    for (int host = 0; host < HOSTS; host++) {
      agents[host] = Definitions.agent(host);
      rules.placed(agents[host], 1 + host % 3);
      counts.put(agents[host].hostname(), 1 + host % 3);
    }
    for (int number = 0; number < INSTANCES; number++) {
      all[number] =
          new Instance(
              InstanceId.of(new AppId("/group/db"), "t1a2b3c4-" + number),
              new AppId("/group/db"),
              number,
              Goal.RUNNING,
              Optional.empty(),
              0,
              Optional.empty(),
              Instant.EPOCH);
      instances = instances.plus(all[number]);
      plain.put(all[number].id(), all[number]);
    }
  }

  private int next(int bound) {
    next = (next + 7_919) % bound; // a prime: every one, in no order
    return next;
  }

  /** Whether an offer covers what is wanted, and what is left of it. */
  @Benchmark
  public Resources resources() {
    return free.covers(wanted) ? free.minus(wanted) : free;
  }

  /** The same on bare numbers. */
  @Benchmark
  public double[] resourcesBare() {
    double[] left = new double[freeAmounts.length];
    for (int index = 0; index < left.length; index++) {
      left[index] = freeAmounts[index] - wantedAmounts[index];
      if (left[index] < 0) {
        return freeAmounts;
      }
    }
    return left;
  }

  /** Whether a spread constraint lets an agent have one more. */
  @Benchmark
  public boolean constraint() {
    return rules.unmet(agents[next(HOSTS)]).isEmpty();
  }

  /** The least that could do: a look-up of the host's count. */
  @Benchmark
  public boolean constraintBare() {
    return counts.getOrDefault(agents[next(HOSTS)].hostname(), 0) < 3;
  }

  /** A stored change of one instance of 100,000, with all indexes, leaving the old state whole. */
  @Benchmark
  public AppInstances instancePut() {
    return instances.plus(all[next(INSTANCES)]);
  }

  /** The least that could do: a sorted map of the JDK, changed in place. */
  @Benchmark
  public Instance instancePutBare() {
    Instance instance = all[next(INSTANCES)];
    plain.put(instance.id(), instance);
    return instance;
  }

  /** The environment of a task. */
  @Benchmark
  public SortedMap<String, String> environment() {
    return environment.variables(
        new TaskId("group_db.instance-t1a2b3c4-17._app.3"),
        17,
        "host17.example.com",
        List.of(31_000));
  }
}
