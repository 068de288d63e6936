package io.homeport.simulation;

import io.homeport.model.AppId;
import io.homeport.model.Goal;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationState;
import io.homeport.model.Residency;
import io.homeport.model.Task;
import io.homeport.model.TaskId;
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
  private final SortedSet<TaskId> tasks = new TreeSet<>();
  private final SortedSet<InstanceId> removed = new TreeSet<>();

  CommitChecks(World world) {
    this.world = world;
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
            world.oracle().created(put.definition().id());
          }
        }
        case Change.InstancePut put -> instance(state, put.instance());
        case Change.InstanceRemoved gone -> remove(state, gone.instance());
        case Change.ReservationPut put -> reservation(state, put.reservation());
        case Change.ReservationRemoved gone ->
            state.reservation(gone.reservation()).ifPresent(this::forgotten);
        case Change.InstallationNamed _,
            Change.TermBegan _,
            Change.FrameworkRegistered _,
            Change.SafeModeBegan _,
            Change.SafeModeEnded _,
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
    InvariantViolation.check(violations.isEmpty(), "state-checker", violations.toString());
  }

  private void instance(DurableState state, Instance next) {
    next.task().map(Task::id).ifPresent(tasks::add);
    Optional<Instance> before = state.instance(next.id());
    InvariantViolation.check(
        before.isPresent() || !removed.contains(next.id()),
        "ids-never-repeat",
        next.id() + " was removed before");
    if (before.isEmpty()) {
      return;
    }
    Optional<Task> earlier = before.get().task();
    Optional<Task> later = next.task();
    boolean another =
        earlier.isPresent() && later.isPresent() && !earlier.get().id().equals(later.get().id());
    InvariantViolation.check(
        !another || earlier.filter(Task::isLive).isEmpty(),
        "one-tenant",
        "a task replaces " + earlier + ", which is not known to be over");
    InvariantViolation.check(
        earlier.isEmpty() || later.isPresent(), "tasks-are-remembered", "forgotten: " + earlier);
  }

  private void remove(DurableState state, InstanceId id) {
    Optional<Instance> before = state.instance(id);
    removed.add(id);
    boolean live = before.filter(Instance::isLive).isPresent();
    InvariantViolation.check(!live, "one-tenant", "removed while its task may live: " + before);
  }

  private void reservation(DurableState state, Reservation next) {
    Optional<Reservation> before = state.reservation(next.id());
    if (before.isPresent() && releases(before.get(), next)) {
      released(state, before.get());
    }
    if (before.isPresent()
        && next.state() instanceof ReservationState.LeftBehind
        && !(before.get().state() instanceof ReservationState.LeftBehind)) {
      leftBehind(state, before.get());
    }
    InvariantViolation.check(
        before.isEmpty()
            || !before.get().everRan()
            || !(next.state() instanceof ReservationState.Requested),
        "one-home",
        next.id() + " held data and is to be reserved again");
    for (var volume : next.volumes()) {
      InvariantViolation.check(
          !(next.state() instanceof ReservationState.Held)
              || before.isEmpty()
              || before.get().volume(volume.id()).isPresent()
              || !before.get().everRan(),
          "one-home",
          next.id() + " had data, and gets another volume: " + volume.id());
    }
  }

  private static boolean releases(Reservation before, Reservation next) {
    return next.state() instanceof ReservationState.Releasing
        && !(before.state() instanceof ReservationState.Releasing);
  }

  /** Promise 1: only an explicit request makes a volume one that is to be destroyed. */
  private void released(DurableState state, Reservation before) {
    Oracle oracle = world.oracle();
    boolean asked =
        oracle.wasDeletionAsked(before.appId())
            || before.owner().filter(oracle::wasWipeAsked).isPresent()
            || before.volumes().stream()
                .anyMatch(volume -> oracle.wasDestructionAsked(volume.id()));
    InvariantViolation.check(
        asked,
        "no-silent-loss",
        "nobody asked for the destruction of "
            + before.id()
            + ", home of "
            + before.owner().flatMap(state::instance));
  }

  /** Promise 2: a home that has data is left only for one of the reasons that the promise names. */
  private void leftBehind(DurableState state, Reservation before) {
    Optional<Instance> owner = before.owner().flatMap(state::instance);
    if (owner.isEmpty() || !before.everRan()) {
      return;
    }
    Oracle oracle = world.oracle();
    boolean asked =
        oracle.wasReplacementAsked(owner.get().id())
            || oracle.wasAdoptionAsked(before.appId())
            || oracle.isGone(before.agent())
            || owner.get().task().map(Task::agent).filter(oracle::isGone).isPresent();
    InvariantViolation.check(
        asked || hasTimedOut(state, before, owner.get()),
        "one-home",
        before.id() + " was left behind for none of the reasons allowed");
  }

  private boolean hasTimedOut(DurableState state, Reservation home, Instance owner) {
    App app = state.apps().get(owner.appId());
    Optional<Residency> residency =
        Optional.ofNullable(app).flatMap(known -> known.definition().residency());
    return residency
        .filter(r -> r.taskLostBehavior() == Residency.TaskLostBehavior.RELAUNCH_AFTER_TIMEOUT)
        .filter(
            r ->
                world
                    .clusterChecks()
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
    for (Machine machine : world.machines()) {
      var held = machine.disk().reserved().get(before.id());
      InvariantViolation.check(
          held == null,
          "no-record-is-lost",
          before.id() + " is forgotten and still lies on " + machine.hostname());
    }
  }

  private static void ordinals(DurableState state) {
    for (AppId app : state.instances().keySet()) {
      SortedSet<Integer> taken = new TreeSet<>();
      for (Instance instance : state.instancesOf(app).all().values()) {
        InvariantViolation.check(
            instance.goal() == Goal.DECOMMISSIONED || taken.add(instance.ordinal()),
            "one-instance-per-ordinal",
            app + " has two instances with ordinal " + instance.ordinal());
      }
    }
  }
}
