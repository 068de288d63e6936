package io.homeport.benchmark.scheduler;

import io.homeport.benchmark.harness.Benchmark;
import io.homeport.benchmark.harness.Conditions;
import io.homeport.benchmark.harness.Figure;
import io.homeport.benchmark.harness.Goal;
import io.homeport.benchmark.harness.Took;
import io.homeport.model.Agent;
import io.homeport.model.AgentId;
import io.homeport.model.ClusterEvent;
import io.homeport.model.Offer;
import io.homeport.model.OfferId;
import io.homeport.model.OfferedReservation;
import io.homeport.model.Pool;
import io.homeport.model.PortRanges;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationId;
import io.homeport.model.Task;
import io.homeport.model.TaskState;
import io.homeport.model.TaskUpdate;
import io.homeport.scheduler.Input;
import io.homeport.state.AppInstances;
import io.homeport.state.Change;
import io.homeport.state.ClusterState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All machines of a cluster were restarted at once: every agent offers the homes it holds, and
 * every instance is launched in its own.
 */
public final class Relaunch implements Benchmark {
  /** One run: launching, and making only the same changes to the state. */
  private record Run(int launches, Took launching, Took applying) {}

  @Override
  public String name() {
    return "relaunch";
  }

  @Override
  public String work() {
    return "10,000 agents come back with 100,000 volumes: from their offers to every instance"
        + " relaunched at home. Decisions alone, in memory; beside it the same changes made to the"
        + " state without deciding.";
  }

  @Override
  public List<Figure> run(Conditions conditions) throws Exception {
    int instances = conditions.scaled(100_000, 100);
    WholeRun cluster = AppInMemory.begin(conditions.scaled(10_000, 10));
    cluster.deploy(AppInMemory.apps(instances, AppInMemory.MOST));
    Instant now = Instant.now();
    ClusterState ended = ended(cluster.state(), now);
    List<Offer> offers = offers(ended);
    List<Run> runs = conditions.repeat(3, () -> run(ended, offers, instances, now));
    List<Double> applied =
        runs.stream().map(run -> run.launches() / run.applying().seconds()).toList();
    List<Double> appliedCpu =
        runs.stream().map(run -> run.launches() / run.applying().cpuSeconds()).toList();
    return List.of(
        Figure.of("relaunched", "/s", runs, run -> run.launches() / run.launching().seconds())
            .goal(Goal.atLeast(100_000))
            .beside("changes alone", applied),
        Figure.of(
                "for each processor second",
                "/s",
                runs,
                run -> run.launches() / run.launching().cpuSeconds())
            .beside("changes alone", appliedCpu));
  }

  private static Run run(ClusterState ended, List<Offer> offers, int instances, Instant now)
      throws Exception {
    Decisions decisions = new Decisions(ended, now, true);
    Took launching =
        Took.doing(
            () -> {
              decisions.give(new Input.Observed(new ClusterEvent.OffersReceived(offers)));
              decisions.tickUntil(instances);
              while (decisions.launches() < instances) { // where a decision was full: the rest
                decisions.give(
                    new Input.Observed(new ClusterEvent.OffersReceived(offers(decisions.state()))));
                decisions.tickUntil(instances);
              }
              return decisions;
            });
    if (decisions.launches() != instances) {
      throw new IllegalStateException(decisions.launches() + " of " + instances + " relaunched");
    }
    List<Change> changes = decisions.changes();
    Took applying = Took.doing(() -> ended.applyAll(changes));
    return new Run(instances, launching, applying);
  }

  /** Every task has ended because its machine was restarted, and the server knows it. */
  private static ClusterState ended(ClusterState running, Instant now) {
    Decisions decisions = new Decisions(running, now, false);
    running.durable().instances().values().stream()
        .flatMap(instances -> instances.all().values().stream())
        .flatMap(instance -> instance.task().stream())
        .forEach(task -> decisions.give(new Input.Observed(ended(task, now))));
    decisions.settle();
    return decisions.state();
  }

  static ClusterEvent ended(Task task, Instant now) {
    return new ClusterEvent.TaskUpdated(
        new TaskUpdate(
            task.id(),
            Optional.of(task.agent()),
            TaskState.TASK_FAILED,
            TaskUpdate.REASON_AGENT_REBOOTED,
            "the machine was restarted",
            Optional.of("uuid"),
            now,
            Optional.empty(),
            List.of()));
  }

  /** One offer of each agent with all the homes there that wait for their instance. */
  private static List<Offer> offers(ClusterState state) {
    SortedMap<AgentId, List<ReservationId>> vacant = new TreeMap<>();
    for (AppInstances instances : state.durable().instances().values()) {
      for (AppInstances.Place place : instances.waiting()) {
        state
            .durable()
            .instance(place.id())
            .flatMap(state.durable()::reservationOf)
            .ifPresent(
                home ->
                    vacant.computeIfAbsent(home.agent(), id -> new ArrayList<>()).add(home.id()));
      }
    }
    List<Offer> offers = new ArrayList<>();
    vacant.forEach(
        (agent, homes) -> offers.add(offer(state, agent, homes, "back-" + agent + homes.size())));
    return offers;
  }

  static Offer offer(ClusterState state, AgentId id, List<ReservationId> homes, String offer) {
    Agent agent = Objects.requireNonNull(state.durable().agents().get(id));
    List<OfferedReservation> offered = new ArrayList<>();
    for (ReservationId home : homes) {
      state.durable().reservation(home).map(Relaunch::offered).ifPresent(offered::add);
    }
    return new Offer(new OfferId(offer), agent, Pool.EMPTY, offered);
  }

  private static OfferedReservation offered(Reservation home) {
    return new OfferedReservation(
        home.id(),
        "installation",
        home.resources(),
        PortRanges.NONE,
        List.of(),
        home.volumes().stream()
            .map(
                volume ->
                    new OfferedReservation.OfferedVolume(
                        volume.id(), volume.containerPath(), volume.sizeMib(), volume.source()))
            .toList());
  }
}
