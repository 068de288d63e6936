package io.homeport.benchmark.scheduler;

import io.homeport.benchmark.harness.Benchmark;
import io.homeport.benchmark.harness.Conditions;
import io.homeport.benchmark.harness.Figure;
import io.homeport.benchmark.harness.Goal;
import io.homeport.benchmark.harness.Took;
import io.homeport.model.ClusterEvent;
import io.homeport.model.Instance;
import io.homeport.model.ReservationId;
import io.homeport.model.Task;
import io.homeport.model.TaskState;
import io.homeport.model.TaskUpdate;
import io.homeport.scheduler.Input;
import io.homeport.state.ClusterState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Whether the time for a decision stays the same where there is more of everything. */
public final class Growth implements Benchmark {
  private static final double MICROS = 1e6;

  @Override
  public String name() {
    return "growth";
  }

  @Override
  public String work() {
    return "Processor time for one instance whose task ends and is relaunched at home (four"
        + " decisions) among 1,000,000 instances and among 10,000; and for one of 10,000 instances"
        + " placed on 10,000 agents and on 100.";
  }

  @Override
  public List<Figure> run(Conditions conditions) throws Exception {
    int cycles = conditions.scaled(20_000, 20);
    int agents = conditions.scaled(10_000, 20);
    int fewAgents = conditions.scaled(100, 10);
    int few = conditions.scaled(10_000, 100);
    ClusterState small = deployed(few, agents);
    ClusterState large = deployed(conditions.scaled(1_000_000, 200), agents);
    List<Double> amongFew = new ArrayList<>();
    List<Double> amongMany = new ArrayList<>();
    List<Double> onFew = new ArrayList<>();
    List<Double> onMany = new ArrayList<>();
    conditions.repeat(
        () -> {
          amongFew.add(cycle(small, cycles, conditions.seed()));
          amongMany.add(cycle(large, cycles, conditions.seed()));
          onFew.add(place(few, fewAgents));
          onMany.add(place(few, agents));
          return List.of(
              amongFew.getLast(), amongMany.getLast(), onFew.getLast(), onMany.getLast());
        });
    int count = conditions.repeats();
    return List.of(
        Figure.of("relaunched among 1,000,000 instances", "us", last(count, amongMany))
            .beside("among 10,000", last(count, amongFew), Goal.atMost(2)),
        Figure.of("placed on 10,000 agents", "us", last(count, onMany))
            .beside("on 100", last(count, onFew), Goal.atMost(2)));
  }

  private static List<Double> last(int count, List<Double> all) {
    return all.subList(all.size() - count, all.size());
  }

  private static ClusterState deployed(int instances, int agents) throws Exception {
    WholeRun run = AppInMemory.begin(agents);
    run.deploy(AppInMemory.apps(instances, AppInMemory.MOST));
    return run.state();
  }

  private static double place(int instances, int agents) throws Exception {
    return AppInMemory.deploy(instances, agents, AppInMemory.MOST).cpuSeconds()
        * MICROS
        / instances;
  }

  /** Random instances' tasks end, their homes are offered, and they run again. */
  private static double cycle(ClusterState from, int cycles, long seed) throws Exception {
    Instant now = Instant.now();
    Random random = new Random(seed);
    List<Instance> all =
        from.durable().instances().values().stream()
            .flatMap(instances -> instances.all().values().stream())
            .toList();
    Decisions decisions = new Decisions(from, now, false);
    List<Instance> chosen = new ArrayList<>();
    for (int cycle = 0; cycle < cycles; cycle++) {
      chosen.add(all.get(random.nextInt(all.size())));
    }
    Took took =
        Took.doing(
            () -> {
              for (int cycle = 0; cycle < cycles; cycle++) {
                relaunch(decisions, chosen.get(cycle), cycle, now);
              }
              return decisions;
            });
    if (decisions.launches() != cycles) {
      throw new IllegalStateException(decisions.launches() + " of " + cycles + " relaunched");
    }
    return took.cpuSeconds() * MICROS / cycles;
  }

  private static void relaunch(Decisions decisions, Instance instance, int cycle, Instant now) {
    Task ended = task(decisions, instance);
    decisions.give(new Input.Observed(Relaunch.ended(ended, now)));
    List<ReservationId> home = instance.reservation().stream().toList();
    decisions.give(
        new Input.Observed(
            new ClusterEvent.OffersReceived(
                List.of(
                    Relaunch.offer(decisions.state(), ended.agent(), home, "offer-" + cycle)))));
    decisions.give(new Input.Tick());
    Task next = task(decisions, instance);
    decisions.give(
        new Input.Observed(
            new ClusterEvent.TaskUpdated(
                new TaskUpdate(
                    next.id(),
                    Optional.of(next.agent()),
                    TaskState.TASK_RUNNING,
                    "",
                    "",
                    Optional.of("uuid"),
                    now,
                    Optional.empty(),
                    List.of()))));
  }

  private static Task task(Decisions decisions, Instance instance) {
    return decisions
        .state()
        .durable()
        .instance(instance.id())
        .flatMap(Instance::task)
        .orElseThrow();
  }
}
