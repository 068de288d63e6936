package io.homeport.simulation;

import io.homeport.model.AgentId;
import io.homeport.model.InstanceId;
import io.homeport.model.TaskId;
import io.homeport.model.TaskLaunch;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What must hold of what really runs. */
final class ClusterChecks {
  private final World world;
  private final SortedMap<AgentId, Instant> givenUp = new TreeMap<>();

  ClusterChecks(World world) {
    this.world = world;
  }

  /** The master gave an agent up. */
  void givenUp(AgentId agent) {
    givenUp.put(agent, world.agenda().instant());
  }

  /** Since when the master calls an agent unreachable, if it does or did. */
  Optional<Instant> outOfReachSince(AgentId agent) {
    return Optional.ofNullable(givenUp.get(agent));
  }

  /** A process is about to start. */
  void launched(Machine machine, TaskLaunch launch) {
    InvariantViolation.check(
        world.commitChecks().knows(launch.task()),
        "what-runs-was-recorded",
        launch.task() + " was never committed");
    launch
        .reservation()
        .ifPresent(
            home ->
                home.volumes()
                    .forEach(
                        volume ->
                            InvariantViolation.check(
                                !world.oracle().isDestroyed(volume.id()),
                                "ids-never-repeat",
                                volume.id() + " was destroyed before")));
    for (Machine other : world.machines()) {
      for (Machine.TaskProcess process : other.processes().values()) {
        alone(machine, launch, process.launch());
      }
    }
  }

  /** Promise 3: whatever else runs in its place is out of reach. */
  private void alone(Machine machine, TaskLaunch launch, TaskLaunch other) {
    TaskId task = launch.task();
    InstanceId instance = task.instanceId();
    boolean samePlace =
        other.task().instanceId().equals(instance)
            || (other.app().id().equals(launch.app().id()) && other.ordinal() == launch.ordinal());
    boolean outOfReach = givenUp.containsKey(other.agent()) || world.oracle().isGone(other.agent());
    InvariantViolation.check(
        !samePlace || outOfReach,
        "one-tenant",
        task + " starts on " + machine.hostname() + " beside " + other.task());
    if (samePlace) {
      world.tally().reached("a replacement started while the replaced task was out of reach");
    }
  }
}
