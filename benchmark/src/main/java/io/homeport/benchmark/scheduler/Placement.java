package io.homeport.benchmark.scheduler;

import io.homeport.benchmark.harness.Benchmark;
import io.homeport.benchmark.harness.Conditions;
import io.homeport.benchmark.harness.Figure;
import io.homeport.benchmark.harness.Goal;
import io.homeport.benchmark.harness.Took;
import io.homeport.model.Call;
import io.homeport.model.ClusterEvent;
import io.homeport.scheduler.Input;
import io.homeport.state.ClusterState;
import java.time.Instant;
import java.util.List;

/** Fresh stateful instances on an empty cluster until it is full, beside Netflix Fenzo. */
public final class Placement implements Benchmark {
  /** One filling of the cluster. */
  record Filling(int placed, double packed, Took took) {
    double perSecond() {
      return placed / took.seconds();
    }

    double perCpuSecond() {
      return placed / took.cpuSeconds();
    }
  }

  @Override
  public String name() {
    return "placement";
  }

  @Override
  public String work() {
    return "29,000 stateful instances of 30 apps, no two of an app on one host, fill 10,000 agents"
        + " of 8 processors: reserve, create and launch decided, what is left offered again."
        + " Decisions alone, in memory. Fenzo assigns as many tasks of the same sizes to the"
        + " same hosts.";
  }

  @Override
  public List<Figure> run(Conditions conditions) throws Exception {
    Mix mix = Mix.of(conditions.scaled(10_000, 20), conditions.seed());
    List<Filling> own = conditions.repeat(3, () -> fill(mix));
    // Each of its runs takes minutes, and is warm after its first second.
    List<Filling> fenzo = conditions.repeat(0, () -> FenzoPeer.fill(mix));
    String peer = "Fenzo " + FenzoPeer.VERSION;
    return List.of(
        Figure.of("placed", "/s", own, Filling::perSecond)
            .goal(Goal.atLeast(30_000))
            .beside(peer, fenzo.stream().map(Filling::perSecond).toList(), Goal.atLeast(10)),
        Figure.of("for each processor second", "/s", own, Filling::perCpuSecond),
        Figure.of("packed", "%", own, filling -> 100 * filling.packed())
            .goal(Goal.atLeast(97))
            .beside(peer, fenzo.stream().map(filling -> 100 * filling.packed()).toList()));
  }

  private static Filling fill(Mix mix) throws Exception {
    MemoryCluster cluster = new MemoryCluster(mix.hosts(), Mix.HOST);
    Instant now = Instant.now();
    Decisions decisions = new Decisions(ClusterState.EMPTY, now, false);
    decisions.give(new Input.Led("t1a2b3c4", "installation"));
    for (ClusterEvent event : cluster.begin()) {
      decisions.give(new Input.Observed(event));
    }
    decisions.give(new Input.Asked(Definitions.put(mix.apps())));
    decisions.settle(); // the instances are there, and wait
    Took took = Took.doing(() -> place(decisions, cluster, mix.instances()));
    return new Filling(decisions.launches(), cluster.packed(), took);
  }

  /** Until all are placed, or a round over all offers placed none. */
  private static Decisions place(Decisions decisions, MemoryCluster cluster, int wanted) {
    int before = -1;
    while (decisions.launches() < wanted && decisions.launches() > before) {
      before = decisions.launches();
      for (ClusterEvent event : cluster.events()) {
        if (event instanceof ClusterEvent.OffersReceived) {
          decisions.give(new Input.Observed(event));
        }
      }
      for (Call call : decisions.give(new Input.Tick())) {
        cluster.accept(call);
      }
    }
    return decisions;
  }
}
