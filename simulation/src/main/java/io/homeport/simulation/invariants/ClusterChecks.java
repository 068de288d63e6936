package io.homeport.simulation.invariants;

import io.homeport.model.AgentId;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.model.Task;
import io.homeport.model.TaskId;
import io.homeport.model.TaskLaunch;
import io.homeport.model.Volume;
import io.homeport.model.VolumeId;
import io.homeport.simulation.cluster.Machine;
import io.homeport.simulation.server.SimulatedDisk;
import io.homeport.simulation.world.Invariant;
import io.homeport.simulation.world.Situation;
import io.homeport.simulation.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What must hold of what really runs. */
final class ClusterChecks {
  private static final Duration TO_HEAR_OF_RETURN = Duration.ofSeconds(10);

  private final World world;
  private final List<Machine> machines;
  private final SimulatedDisk disk;
  private final Oracle oracle;
  private final SortedMap<AgentId, Instant> givenUp = new TreeMap<>();
  private final SortedMap<AgentId, Instant> returnedAt = new TreeMap<>();
  private final SortedSet<VolumeId> destroyed = new TreeSet<>();
  private Instant connectedAt = Instant.EPOCH;
  private boolean runsRepeat;

  ClusterChecks(World world, List<Machine> machines, SimulatedDisk disk, Oracle oracle) {
    this.world = world;
    this.machines = machines;
    this.disk = disk;
    this.oracle = oracle;
  }

  /** From now on a late word of one task may be taken for one of another with the same id. */
  void runsRepeat() {
    runsRepeat = true;
  }

  /** The master gave an agent up. */
  void givenUp(AgentId agent) {
    givenUp.putIfAbsent(agent, world.agenda().instant());
  }

  /** An agent is back. */
  void returned(AgentId agent) {
    if (givenUp.remove(agent) != null) {
      returnedAt.put(agent, world.agenda().instant());
    }
    for (Machine machine : machines) {
      if (machine.id().filter(agent::equals).isPresent()) {
        machine.processes().keySet().stream()
            .filter(this::isReplaced)
            .forEach(_ -> world.tally().reached(Situation.REPLACED_TASK_RETURNED));
      }
    }
  }

  private boolean isReplaced(TaskId task) {
    InstanceId id = task.instanceId();
    Optional<Instance> instance = disk.durable().instance(id);
    return instance
        .filter(left -> disk.durable().instancesOf(left.appId()).leaving().contains(id))
        .isPresent();
  }

  /** A scheduler was told that it is connected. */
  void connected() {
    connectedAt = world.agenda().instant();
  }

  /**
   * For how long an agent is out of reach for certain: since the master gave it up, and since the
   * scheduler is connected to hear of it.
   */
  Optional<Instant> outOfReachSince(AgentId agent) {
    return Optional.ofNullable(givenUp.get(agent))
        .map(since -> since.isAfter(connectedAt) ? since : connectedAt);
  }

  /** A volume's data is gone. */
  void destroyed(VolumeId volume) {
    destroyed.add(volume);
    for (TaskLaunch running : running()) {
      world.check(
          !volumes(running).contains(volume),
          Invariant.NO_SILENT_LOSS,
          () -> volume + " was destroyed under " + running.task());
    }
  }

  private List<TaskLaunch> running() {
    return machines.stream()
        .flatMap(machine -> machine.processes().values().stream())
        .map(Machine.TaskProcess::launch)
        .toList();
  }

  private static List<VolumeId> volumes(TaskLaunch launch) {
    return launch.reservation().stream()
        .flatMap(home -> home.volumes().stream())
        .map(Volume::id)
        .toList();
  }

  /** A process is about to start. */
  void launched(Machine machine, TaskLaunch launch) {
    for (VolumeId volume : volumes(launch)) {
      world.check(
          !destroyed.contains(volume),
          Invariant.IDS_NEVER_REPEAT,
          () -> volume + " was destroyed before");
    }
    running().forEach(other -> alone(machine, launch, other));
  }

  /** Promise 3: whatever else runs in its place is out of reach. */
  private void alone(Machine machine, TaskLaunch launch, TaskLaunch other) {
    TaskId task = launch.task();
    boolean sameHome =
        launch.reservation().isPresent()
            && launch
                .reservation()
                .map(home -> home.id())
                .equals(other.reservation().map(home -> home.id()));
    world.check(
        !sameHome,
        Invariant.ONE_TENANT,
        () -> task + " starts on the volumes of " + other.task() + " on " + machine.hostname());
    boolean samePlace =
        other.task().instanceId().equals(task.instanceId())
            || (other.app().id().equals(launch.app().id()) && other.ordinal() == launch.ordinal());
    world.check(
        !samePlace || isOutOfReach(other.agent()) || world.hasLostPast(),
        Invariant.ONE_TENANT,
        () -> task + " starts on " + machine.hostname() + " beside " + other.task());
    if (samePlace) {
      world.tally().reached(Situation.REPLACED_WHILE_OUT_OF_REACH);
    }
  }

  /** As far as a scheduler can know: one that is just back may not be heard of yet. */
  private boolean isOutOfReach(AgentId agent) {
    Instant back = returnedAt.getOrDefault(agent, Instant.EPOCH);
    return givenUp.containsKey(agent)
        || oracle.isGone(agent)
        || back.plus(TO_HEAR_OF_RETURN).isAfter(world.agenda().instant());
  }

  /**
   * A task is taken for over. It may only be if it is, or if an operator declared its agent gone.
   */
  void concluded(Task task) {
    for (Machine machine : machines) {
      world.check(
          !machine.processes().containsKey(task.id()) || oracle.isGone(task.agent()) || runsRepeat,
          Invariant.ONE_TENANT,
          () -> task.id() + " is taken for over, and runs on " + machine.hostname());
    }
  }
}
