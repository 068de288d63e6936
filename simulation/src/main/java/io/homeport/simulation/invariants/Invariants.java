package io.homeport.simulation.invariants;

import io.homeport.model.AgentId;
import io.homeport.model.Call;
import io.homeport.model.ClusterEvent;
import io.homeport.model.Operation;
import io.homeport.model.OperationUpdate;
import io.homeport.model.TaskLaunch;
import io.homeport.model.TaskUpdate;
import io.homeport.model.VolumeId;
import io.homeport.runtime.Snapshot;
import io.homeport.scheduler.Decision;
import io.homeport.scheduler.Input;
import io.homeport.simulation.cluster.ClusterWitness;
import io.homeport.simulation.cluster.Machine;
import io.homeport.simulation.server.ServerWitness;
import io.homeport.simulation.server.SimulatedDisk;
import io.homeport.simulation.world.Describe;
import io.homeport.simulation.world.Invariant;
import io.homeport.simulation.world.World;
import io.homeport.state.Change;
import io.homeport.state.ClusterState;
import io.homeport.state.DurableState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Watches cluster and servers, and judges all that happens. */
public final class Invariants implements ClusterWitness, ServerWitness {
  private final World world;
  private final SimulatedDisk disk;
  private final Oracle oracle;
  private final CommitChecks commits;
  private final ClusterChecks cluster;
  private final CallChecks calls;
  private final RolloutChecks rollouts;
  private final WaitChecks waits;

  /**
   * Invariants of a world.
   *
   * @param world says which of them must hold
   * @param machines what really happens
   * @param disk what is stored
   */
  public Invariants(World world, List<Machine> machines, SimulatedDisk disk) {
    this.world = world;
    this.disk = disk;
    this.oracle = new Oracle();
    this.cluster = new ClusterChecks(world, machines, disk, oracle);
    this.commits = new CommitChecks(world, machines, oracle, cluster);
    this.calls = new CallChecks(world, disk, oracle);
    this.rollouts = new RolloutChecks(world);
    this.waits = new WaitChecks(world);
  }

  /** What users asked for. */
  public Oracle oracle() {
    return oracle;
  }

  /** What was sent. */
  public CallChecks calls() {
    return calls;
  }

  /** The store was replaced by an old copy of it: what was stored since is not known any more. */
  public void pastIsLost() {
    world.losePast();
    commits.forget();
  }

  /** The copy was put back by hand, so that runs are not counted on and their ids come again. */
  public void runsRepeat() {
    cluster.runsRepeat();
  }

  @Override
  public void launched(Machine machine, TaskLaunch launch) {
    world.check(
        commits.knows(launch.task()),
        Invariant.WHAT_RUNS_WAS_RECORDED,
        () -> launch.task() + " was never committed");
    cluster.launched(machine, launch);
  }

  @Override
  public void destroyed(VolumeId volume) {
    world.tally().event("volume destroyed");
    cluster.destroyed(volume);
  }

  @Override
  public void givenUp(AgentId agent) {
    cluster.givenUp(agent);
  }

  @Override
  public void returned(AgentId agent) {
    cluster.returned(agent);
  }

  @Override
  public void declaredGone(AgentId agent) {
    oracle.declaredGone(agent);
  }

  @Override
  public void refused(Operation operation, String why) {
    world.check(
        false,
        Invariant.ACCEPT_FITS_ITS_OFFERS,
        () -> Describe.operation(operation) + " was refused by the master: " + why);
  }

  @Override
  public void told(TaskUpdate update) {
    calls.told(update);
  }

  @Override
  public void told(OperationUpdate update) {
    calls.told(update);
  }

  @Override
  public void heard(ClusterEvent event) {
    calls.heard(event);
    if (event instanceof ClusterEvent.Connected) {
      cluster.connected();
    }
  }

  @Override
  public void decided(ClusterState state, Input input, Decision decision, Instant now) {
    rollouts.decided(state, input, decision, now);
  }

  @Override
  public void committed(DurableState before, List<Change.Stored> changes, DurableState after) {
    commits.committed(before, changes, after);
  }

  @Override
  public void sent(Call call) {
    calls.sent(call);
  }

  @Override
  public void subscribes(Optional<String> frameworkId) {
    String stored = disk.durable().frameworkId();
    world.check(
        stored.isEmpty() || frameworkId.equals(Optional.of(stored)),
        Invariant.FRAMEWORK_ID_IS_KEPT,
        () -> "subscribes as " + frameworkId + ", stored is " + stored);
  }

  @Override
  public void turned(Snapshot snapshot, Instant now) {
    waits.turned(snapshot.state(), now);
  }
}
