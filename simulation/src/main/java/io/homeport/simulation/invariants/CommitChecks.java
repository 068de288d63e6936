package io.homeport.simulation.invariants;

import io.homeport.model.AppId;
import io.homeport.model.Goal;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationState;
import io.homeport.model.Residency;
import io.homeport.model.Task;
import io.homeport.model.TaskId;
import io.homeport.model.Volume;
import io.homeport.scheduler.Command;
import io.homeport.simulation.cluster.Machine;
import io.homeport.simulation.world.Invariant;
import io.homeport.simulation.world.Situation;
import io.homeport.simulation.world.World;
import io.homeport.state.App;
import io.homeport.state.Change;
import io.homeport.state.DurableState;
import io.homeport.state.StateChecker;
import io.homeport.state.Violation;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What must hold of everything that is committed. */
final class CommitChecks {
  private final World world;
  private final List<Machine> machines;
  private final Oracle oracle;
  private final ClusterChecks cluster;
  private final SortedSet<TaskId> tasks = new TreeSet<>();
  private final SortedSet<InstanceId> removed = new TreeSet<>();

  CommitChecks(World world, List<Machine> machines, Oracle oracle, ClusterChecks cluster) {
    this.world = world;
    this.machines = machines;
    this.oracle = oracle;
    this.cluster = cluster;
  }

  /** The store was replaced by an old copy: what was removed since is there again. */
  void forget() {
    removed.clear();
  }

  /** Whether a task was ever committed. */
  boolean knows(TaskId task) {
    return tasks.contains(task);
  }

  /** A commit was written. */
  void committed(DurableState before, List<Change.Stored> changes, DurableState after) {
    DurableState state = before;
    for (Change.Stored change : changes) {
      switch (change) {
        case Change.AppPut put -> {
          if (!state.apps().containsKey(put.definition().id())) {
            oracle.created(put.definition().id());
          }
        }
        case Change.InstancePut put -> instance(state, put.instance());
        case Change.InstanceRemoved gone -> remove(state, gone.instance());
        case Change.ReservationPut put -> reservation(state, put.reservation());
        case Change.ReservationRemoved gone ->
            state.reservation(gone.reservation()).ifPresent(this::forgotten);
        case Change.SafeModeEnded _ -> world.tally().reached(Situation.RESUMED);
        case Change.InstallationNamed _,
            Change.TermBegan _,
            Change.FrameworkRegistered _,
            Change.SafeModeBegan _,
            Change.AppVersionRemoved _,
            Change.AppRemoved _,
            Change.DeploymentPut _,
            Change.DeploymentRemoved _,
            Change.AgentPut _,
            Change.AgentRemoved _,
            Change.TaskFailed _ -> {}
      }
      state = state.apply(change);
    }
    ordinals(after);
    List<Violation> violations = StateChecker.check(after);
    world.check(violations.isEmpty(), Invariant.STATE_IS_CONSISTENT, () -> violations.toString());
  }

  private void instance(DurableState state, Instance next) {
    next.task().map(Task::id).ifPresent(tasks::add);
    Optional<Instance> before = state.instance(next.id());
    world.check(
        before.isPresent() || !removed.contains(next.id()),
        Invariant.IDS_NEVER_REPEAT,
        () -> next.id() + " was removed before");
    if (before.isEmpty()) {
      return;
    }
    Optional<Task> earlier = before.get().task();
    Optional<Task> later = next.task();
    boolean moves =
        before.get().reservation().isPresent()
            && next.reservation().isPresent()
            && !before.get().reservation().equals(next.reservation());
    world.check(
        !moves,
        Invariant.ONE_HOME,
        () -> "from " + before.get().reservation() + " to " + next.reservation());
    boolean ends =
        earlier.filter(Task::isLive).isPresent()
            && later.filter(task -> !task.isLive()).isPresent();
    later.filter(_ -> ends).ifPresent(cluster::concluded);
    boolean another =
        earlier.isPresent() && later.isPresent() && !earlier.get().id().equals(later.get().id());
    world.check(
        !another || earlier.filter(Task::isLive).isEmpty(),
        Invariant.ONE_TENANT,
        () -> "a task replaces " + earlier + ", which is not known to be over");
    world.check(
        earlier.isEmpty() || later.isPresent(),
        Invariant.STATE_IS_CONSISTENT,
        () -> "forgotten: " + earlier);
  }

  private void remove(DurableState state, InstanceId id) {
    Optional<Instance> before = state.instance(id);
    removed.add(id);
    boolean live = before.filter(Instance::isLive).isPresent();
    world.check(!live, Invariant.ONE_TENANT, () -> "removed while its task may live: " + before);
  }

  private void reservation(DurableState state, Reservation next) {
    Optional<Reservation> before = state.reservation(next.id());
    if (before.isPresent() && releases(before.get(), next)) {
      released(state, before.get());
    }
    if (before.isEmpty() && !(next.state() instanceof ReservationState.Requested)) {
      recorded(next);
    }
    if (before.isPresent()
        && before.get().state() instanceof ReservationState.LeftBehind
        && next.state() instanceof ReservationState.Held) {
      world.tally().reached(Situation.ADOPTED);
    }
    if (before.isPresent()
        && next.state() instanceof ReservationState.LeftBehind
        && !(before.get().state() instanceof ReservationState.LeftBehind)) {
      leftBehind(state, before.get());
    }
    world.check(
        before.isEmpty()
            || !before.get().everRan()
            || !(next.state() instanceof ReservationState.Requested),
        Invariant.ONE_HOME,
        () -> next.id() + " held data and is to be reserved again");
    for (var volume : next.volumes()) {
      world.check(
          !(next.state() instanceof ReservationState.Held)
              || before.isEmpty()
              || before.get().volume(volume.id()).isPresent()
              || !before.get().everRan(),
          Invariant.ONE_HOME,
          () -> next.id() + " had data, and gets another volume: " + volume.id());
    }
  }

  private static boolean releases(Reservation before, Reservation next) {
    return next.state() instanceof ReservationState.Releasing
        && !(before.state() instanceof ReservationState.Releasing);
  }

  /** Promise 1: only an explicit request makes a volume one that is to be destroyed. */
  private void released(DurableState state, Reservation before) {
    boolean used =
        before
            .owner()
            .flatMap(state::instance)
            .filter(owner -> owner.goal() == Goal.RUNNING || owner.isLive())
            .isPresent();
    boolean asked =
        oracle.wasDeletionAsked(before.appId())
            || before
                .owner()
                .filter(owner -> oracle.wasKillAsked(Command.KillMode.WIPE, owner))
                .isPresent()
            || (!used
                && before.volumes().stream()
                    .anyMatch(volume -> oracle.wasDestructionAsked(volume.id())));
    world.check(
        asked,
        Invariant.NO_SILENT_LOSS,
        () ->
            "nobody asked for the destruction of "
                + before.id()
                + ", home of "
                + before.owner().flatMap(state::instance));
  }

  /** Promise 6: what has no record gets one only because somebody asked for it. */
  private void recorded(Reservation next) {
    boolean asked =
        next.volumes().stream()
            .map(Volume::id)
            .anyMatch(id -> oracle.wasDestructionAsked(id) || oracle.wasAdoptionAsked(id));
    world.check(
        asked, Invariant.HANDS_OFF, () -> "nobody decided about what lies under " + next.id());
    world.tally().reached(Situation.QUARANTINED_DECIDED);
  }

  /** Promise 2: a home that has data is left only for one of the reasons that the promise names. */
  private void leftBehind(DurableState state, Reservation before) {
    world.tally().reached(Situation.LEFT_BEHIND);
    Optional<Instance> owner = before.owner().flatMap(state::instance);
    if (owner.isEmpty() || !before.everRan()) {
      return;
    }
    boolean asked =
        oracle.wasKillAsked(Command.KillMode.REPLACE, owner.get().id())
            || oracle.wasAdoptionAsked(before.appId())
            || oracle.isGone(before.agent())
            || owner.get().task().map(Task::agent).filter(oracle::isGone).isPresent();
    world.check(
        asked || hasTimedOut(state, before, owner.get()),
        Invariant.ONE_HOME,
        () -> before.id() + " was left behind for none of the reasons allowed");
  }

  private boolean hasTimedOut(DurableState state, Reservation home, Instance owner) {
    App app = state.apps().get(owner.appId());
    Optional<Residency> residency =
        Optional.ofNullable(app).flatMap(known -> known.definition().residency());
    return residency
        .filter(r -> r.taskLostBehavior() == Residency.TaskLostBehavior.RELAUNCH_AFTER_TIMEOUT)
        .filter(
            r ->
                cluster
                    .outOfReachSince(home.agent())
                    .filter(
                        since ->
                            !since
                                .plus(r.relaunchEscalationTimeout())
                                .isAfter(world.agenda().instant()))
                    .isPresent())
        .isPresent();
  }

  /** A record is given up only when what it stood for is gone, or never was. */
  private void forgotten(Reservation before) {
    for (Machine machine : machines) {
      var held = machine.disk().reserved().get(before.id());
      world.check(
          held == null,
          Invariant.NO_RECORD_IS_LOST,
          () -> before.id() + " is forgotten and still lies on " + machine.hostname());
    }
  }

  private void ordinals(DurableState state) {
    for (AppId app : state.instances().keySet()) {
      SortedSet<Integer> taken = new TreeSet<>();
      for (Instance instance : state.instancesOf(app).all().values()) {
        world.check(
            instance.goal() == Goal.DECOMMISSIONED || taken.add(instance.ordinal()),
            Invariant.ONE_INSTANCE_PER_ORDINAL,
            () -> app + " has two instances with ordinal " + instance.ordinal());
      }
    }
  }
}
