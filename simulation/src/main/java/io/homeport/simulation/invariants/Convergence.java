package io.homeport.simulation.invariants;

import io.homeport.model.Agent;
import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.Goal;
import io.homeport.model.Instance;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationId;
import io.homeport.model.ReservationState;
import io.homeport.model.TaskId;
import io.homeport.model.TaskState;
import io.homeport.runtime.Snapshot;
import io.homeport.scheduler.Explanation;
import io.homeport.simulation.cluster.Ledger;
import io.homeport.simulation.cluster.Machine;
import io.homeport.simulation.cluster.SimulatedCluster;
import io.homeport.simulation.server.SchedulerNode;
import io.homeport.simulation.server.Servers;
import io.homeport.simulation.world.World;
import io.homeport.state.App;
import io.homeport.state.ClusterState;
import io.homeport.state.DurableState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pcollections.TreePSet;

/** Whether actual is as desired, for all that is feasible; and if not, what is missing. */
public final class Convergence {
  private final World world;
  private final SimulatedCluster cluster;
  private final Servers servers;

  /**
   * Looks at a world.
   *
   * @param world which
   * @param cluster what is
   * @param servers what is wanted
   */
  public Convergence(World world, SimulatedCluster cluster, Servers servers) {
    this.world = world;
    this.cluster = cluster;
    this.servers = servers;
  }

  /** What is missing, in words; empty when nothing is. */
  public List<String> missing() {
    List<String> missing = new ArrayList<>();
    if (servers.election().leader().isEmpty()) {
      missing.add("nobody leads");
      return missing;
    }
    DurableState stored = servers.disk().durable();
    for (App app : stored.apps().values()) {
      app(stored, app.definition(), missing);
    }
    boolean excused = isAnythingInfeasible(stored);
    if (!excused) {
      stored
          .deployments()
          .keySet()
          .forEach(deployment -> missing.add("deployment " + deployment + " goes on"));
    }
    for (Reservation reservation : stored.reservations().values()) {
      reservation(reservation, missing);
    }
    for (Machine machine : cluster.machines()) {
      machine(stored, machine, missing);
    }
    offers(stored, missing);
    return missing;
  }

  /** What waits although nothing explains it: promise 7, at rest. */
  public List<String> unexplained() {
    List<String> unexplained = new ArrayList<>();
    Optional<ClusterState> state =
        servers.election().leader().flatMap(SchedulerNode::snapshot).map(Snapshot::state);
    for (AppId app : state.map(s -> s.durable().waitingApps()).orElse(TreePSet.empty())) {
      Explanation.of(state.orElseThrow(), app, world.agenda().instant()).waiting().stream()
          .filter(waiting -> waiting.reason().startsWith("It is about to be launched"))
          .forEach(waiting -> unexplained.add(waiting.instance() + ": " + waiting.reason()));
    }
    return unexplained;
  }

  /** While nothing waits, no offer is kept back from others. */
  private void offers(DurableState stored, List<String> missing) {
    boolean unreachable =
        servers
            .election()
            .leader()
            .flatMap(SchedulerNode::snapshot)
            .filter(snapshot -> !snapshot.state().present().unreachableSince().isEmpty())
            .isPresent();
    boolean waits =
        unreachable
            || !stored.waitingApps().isEmpty()
            || !stored.reservationIndex().releasing().isEmpty();
    if (!waits && !cluster.master().allocator().outstanding().isEmpty()) {
      missing.add(
          "offers are held although nothing waits: "
              + cluster.master().allocator().outstanding().keySet());
    }
  }

  private void app(DurableState stored, AppDefinition app, List<String> missing) {
    int running = stored.instancesOf(app.id()).running();
    boolean deploys = stored.deploymentOf(app.id()).isPresent();
    if (running != app.instances() && !(deploys && isAnythingInfeasible(stored))) {
      missing.add(app.id() + " has " + running + " of " + app.instances() + " instances");
    }
    for (Instance instance : stored.instancesOf(app.id()).all().values()) {
      if (instance.goal() == Goal.RUNNING && !runs(instance) && isFeasible(stored, app, instance)) {
        missing.add(instance.id() + " does not run although it could: " + instance.condition());
      }
    }
  }

  private boolean runs(Instance instance) {
    Optional<TaskId> task = instance.task().map(t -> t.id());
    for (Machine machine : cluster.machines()) {
      Machine.TaskProcess process = task.map(machine.processes()::get).orElse(null);
      if (process != null) {
        return process.state() == TaskState.TASK_RUNNING;
      }
    }
    return false;
  }

  private boolean isAnythingInfeasible(DurableState stored) {
    for (App app : stored.apps().values()) {
      for (Instance instance : stored.instancesOf(app.id()).all().values()) {
        boolean waits = instance.goal() == Goal.RUNNING && !runs(instance);
        if (waits && !isFeasible(stored, app.definition(), instance)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isFeasible(DurableState stored, AppDefinition app, Instance instance) {
    Optional<Reservation> home = stored.reservationOf(instance);
    if (home.isPresent()) {
      return machineOf(home.get()).filter(Machine::isOnline).isPresent();
    }
    if (instance.isLive()) {
      return instance
          .task()
          .flatMap(t -> machineOf(t.agent()))
          .filter(Machine::isOnline)
          .isPresent();
    }
    return cluster.machines().stream().anyMatch(machine -> fits(stored, app, machine));
  }

  private Optional<Machine> machineOf(Reservation home) {
    return cluster.machines().stream()
        .filter(machine -> machine.disk().reserved().containsKey(home.id()))
        .findFirst()
        .or(() -> machineOf(home.agent()));
  }

  private Optional<Machine> machineOf(io.homeport.model.AgentId agent) {
    return cluster.machines().stream()
        .filter(machine -> machine.id().filter(agent::equals).isPresent())
        .findFirst();
  }

  /** Whether a machine could take a new instance, judged without the product. */
  private static boolean fits(DurableState stored, AppDefinition app, Machine machine) {
    if (!machine.isOnline() || machine.id().isEmpty()) {
      return false;
    }
    Agent agent = machine.agent();
    boolean allowed =
        app.constraints().stream()
            .allMatch(
                constraint ->
                    RolloutChecks.holds(
                        constraint,
                        RolloutChecks.counts(stored, app.id(), constraint.field()),
                        agent.field(constraint.field()).orElse("")));
    List<Double> sizes = new ArrayList<>();
    app.persistentVolumes().forEach(volume -> sizes.add(volume.sizeMib()));
    boolean disks =
        app.persistentVolumes().stream()
            .filter(volume -> volume.type() != io.homeport.model.DiskType.ROOT)
            .allMatch(
                volume ->
                    Ledger.joined(machine.disk().free().disks()).stream()
                        .anyMatch(
                            disk ->
                                disk.source().type() == volume.type()
                                    && disk.sizeMib() >= volume.sizeMib()));
    return allowed
        && disks
        && machine.disk().free().resources().covers(app.resourcesWithVolumes())
        && machine.disk().free().ports().size() >= app.wantedPorts().size();
  }

  private void reservation(Reservation reservation, List<String> missing) {
    boolean inReach = machineOf(reservation).filter(Machine::isOnline).isPresent();
    if (!inReach) {
      return;
    }
    switch (reservation.state()) {
      case ReservationState.Releasing _ ->
          missing.add(reservation.id() + " is still to be released");
      case ReservationState.Requested _ ->
          missing.add(reservation.id() + " is neither confirmed nor given up");
      case ReservationState.Held _, ReservationState.LeftBehind _ -> {}
    }
  }

  /** What lay there before this installation: it stays until somebody decides. */
  private static boolean isLeftover(ReservationId id) {
    return id.value().contains(".reservation-earlier-");
  }

  private void machine(DurableState stored, Machine machine, List<String> missing) {
    if (!machine.isOnline() || machine.id().isEmpty()) {
      return;
    }
    for (Machine.TaskProcess process : machine.processes().values()) {
      boolean wanted =
          stored
              .instance(process.launch().task().instanceId())
              .filter(instance -> instance.goal() == Goal.RUNNING)
              .flatMap(Instance::task)
              .filter(task -> task.id().equals(process.launch().task()))
              .isPresent();
      if (!wanted) {
        missing.add(process.launch().task() + " still runs on " + machine.hostname());
      }
    }
    machine.updates().keySet().forEach(task -> missing.add("unacknowledged update of " + task));
    machine
        .feedback()
        .keySet()
        .forEach(operation -> missing.add("unacknowledged feedback of " + operation));
    for (var held : machine.disk().reserved().values()) {
      if (stored.reservation(held.id()).isEmpty() && !isLeftover(held.id())) {
        missing.add(held.id() + " lies on " + machine.hostname() + " without a record");
      }
    }
  }
}
