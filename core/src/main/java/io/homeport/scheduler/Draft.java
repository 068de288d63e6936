package io.homeport.scheduler;

import io.homeport.model.AppId;
import io.homeport.model.Call;
import io.homeport.model.Condition;
import io.homeport.model.Event;
import io.homeport.model.Goal;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.model.OperationId;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationState;
import io.homeport.model.Task;
import io.homeport.model.TaskId;
import io.homeport.model.Volume;
import io.homeport.model.VolumeStatus;
import io.homeport.state.App;
import io.homeport.state.Change;
import io.homeport.state.ClusterState;
import io.homeport.state.DurableState;
import io.homeport.state.TransientState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A decision in the making: the changes and effects so far, and the state as it will be after them.
 * It lives only within one call of {@link Scheduler#decide}.
 */
final class Draft {
  /** A kill that had no effect is repeated after the task's grace period and this. */
  private static final Duration KILL_RETRY = Duration.ofSeconds(30);

  /** More than the stored changes that come with one instance, whatever is done to it. */
  private static final int MOST_CHANGES_OF_ONE = 50;

  private final Instant now;
  private final List<Change> changes = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private ClusterState state;
  private int stored;
  private long nextNumber;

  Draft(ClusterState state, Instant now) {
    this.state = state;
    this.now = now;
    this.nextNumber = state.present().nextNumber();
  }

  Instant now() {
    return now;
  }

  ClusterState state() {
    return state;
  }

  DurableState durable() {
    return state.durable();
  }

  TransientState present() {
    return state.present();
  }

  /** Whether there is no room for more than what a single instance needs. */
  boolean isFull() {
    return stored >= Scheduler.MAX_CHANGES - MOST_CHANGES_OF_ONE;
  }

  boolean isConnected() {
    return present().connection().connected();
  }

  /**
   * Whether anything may be reserved, launched, killed or destroyed now. Whatever leads to that
   * asks here first: not without a connection, and not in the safe mode.
   */
  boolean mayAct() {
    return isConnected() && !isSafe();
  }

  /** Whether the safe mode holds. */
  boolean isSafe() {
    return durable().safeMode().isPresent();
  }

  Decision done(Reply reply) {
    if (nextNumber != state.present().nextNumber()) {
      change(new Change.NumbersTaken(nextNumber));
    }
    return new Decision(List.copyOf(changes), List.copyOf(effects), reply, Optional.of(state));
  }

  /** A token that is never made again: the term and a number that counts within it. */
  String unique() {
    return durable().term() + "-" + nextNumber++;
  }

  void change(Change change) {
    changes.add(change);
    state = state.apply(change);
    if (change instanceof Change.Stored) {
      stored++;
    }
  }

  void send(Call call) {
    effects.add(new Effect.Send(call));
  }

  void publish(Event event) {
    effects.add(new Effect.Publish(event));
  }

  /** The app is to be looked at again. */
  void unsettle(AppId app) {
    if (!present().unsettled().contains(app)) {
      change(new Change.AppsUnsettled(List.of(app)));
    }
  }

  /** Something changed that may let an offer be used; something new waits for one if so said. */
  void wakeMatching(boolean somethingNewWaits) {
    TransientState.Matching matching = present().matching();
    boolean revive = matching.revive() || somethingNewWaits;
    if (!matching.due() || revive != matching.revive()) {
      change(new Change.MatchingChanged(true, revive, matching.revivedAt()));
    }
  }

  void put(Instance instance) {
    Optional<Instance> before =
        Optional.ofNullable(durable().instancesOf(instance.appId()).all().get(instance.id()));
    Optional<Reservation> home =
        concernsVolumes(before, instance) ? durable().reservationOf(instance) : Optional.empty();
    List<VolumeStatus> statuses = volumeStatuses(home);
    change(new Change.InstancePut(instance));
    if (before.isEmpty() || before.get().condition() != instance.condition()) {
      publish(new Event.InstanceChanged(instance, versionOf(instance)));
    }
    publishVolumes(home, statuses);
    unsettle(instance.appId());
    if (instance.needsLaunch() && !before.map(Instance::needsLaunch).orElse(false)) {
      wakeMatching(true);
    }
  }

  /** Whether what people see of an instance's volumes may be another than before. */
  private static boolean concernsVolumes(Optional<Instance> before, Instance after) {
    return before.isEmpty()
        || before.get().isDetached() != after.isDetached()
        || !before.get().reservation().equals(after.reservation());
  }

  void remove(Instance instance) {
    change(new Change.InstanceRemoved(instance.id()));
    forget(instance);
    unsettle(instance.appId());
  }

  /** Drops what is remembered of an instance only while this server leads. */
  private void forget(Instance instance) {
    instance.task().map(Task::id).ifPresent(this::forgetTask);
    stopCounting(instance.id());
    if (present().refusals().containsKey(instance.id())) {
      change(new Change.LaunchRefused(instance.id(), Optional.empty()));
    }
  }

  /** From now on an instance counts as out of reach, unless it does already. */
  void startCounting(InstanceId instance) {
    if (!present().unreachableSince().containsKey(instance)) {
      countAnew(instance);
    }
  }

  /** An instance counts as out of reach from now on, whatever happened before. */
  void countAnew(InstanceId instance) {
    if (mayAct()) {
      change(new Change.UnreachableSince(instance, Optional.of(now)));
    }
  }

  /**
   * The time in which an instance was out of reach is over: its home is offered, or it has another
   * one, or none.
   */
  void stopCounting(InstanceId instance) {
    if (present().unreachableSince().containsKey(instance)) {
      change(new Change.UnreachableSince(instance, Optional.empty()));
    }
  }

  /** Drops what is remembered of a task that is over. */
  void forgetTask(TaskId task) {
    if (present().health().containsKey(task)) {
      change(new Change.HealthLearnt(task, Optional.empty(), now));
    }
    if (present().kills().containsKey(task)) {
      change(new Change.KillSent(task, Optional.empty()));
    }
    if (present().reconciliation().tasks().contains(task)) {
      change(new Change.ReconciliationChanged(present().reconciliation().without(task)));
    }
  }

  void put(Reservation reservation) {
    Optional<Reservation> before = durable().reservation(reservation.id());
    List<VolumeStatus> statuses = volumeStatuses(before);
    change(new Change.ReservationPut(reservation));
    if (before.isEmpty() || before.get().state().getClass() != reservation.state().getClass()) {
      publish(new Event.ReservationChanged(reservation, false));
    }
    publishVolumes(Optional.of(reservation), statuses);
    if (reservation.state() instanceof ReservationState.Releasing
        && before
            .map(Reservation::state)
            .filter(ReservationState.Releasing.class::isInstance)
            .isEmpty()) {
      wakeMatching(true);
    }
  }

  void remove(Reservation reservation) {
    change(new Change.ReservationRemoved(reservation.id()));
    publish(new Event.ReservationChanged(reservation, true));
    for (Volume volume : reservation.volumes()) {
      if (volume.state() != Volume.State.DESTROYED) {
        publish(new Event.VolumeChanged(volume.id(), reservation, VolumeStatus.DESTROYED));
      }
    }
    unsettle(reservation.appId());
  }

  private List<VolumeStatus> volumeStatuses(Optional<Reservation> home) {
    return home.map(
            known -> known.volumes().stream().map(v -> durable().statusOf(known, v)).toList())
        .orElse(List.of());
  }

  private void publishVolumes(Optional<Reservation> home, List<VolumeStatus> before) {
    if (home.isEmpty()) {
      return;
    }
    List<Volume> volumes = home.get().volumes();
    for (int index = 0; index < volumes.size(); index++) {
      VolumeStatus status = durable().statusOf(home.get(), volumes.get(index));
      if (index >= before.size() || before.get(index) != status) {
        publish(new Event.VolumeChanged(volumes.get(index).id(), home.get(), status));
      }
    }
  }

  /** The version an instance runs, or would run. */
  Instant versionOf(Instance instance) {
    App app = durable().apps().get(instance.appId());
    Instant current = app == null ? instance.createdAt() : app.definition().version();
    return instance.task().filter(Task::isLive).map(Task::version).orElse(current);
  }

  /**
   * Requests the end of an instance's task, if it has one. The request is kept until the task has
   * ended, also while its agent is out of reach.
   */
  void kill(InstanceId id) {
    Optional<Instance> instance = durable().instance(id).filter(Instance::isLive);
    if (instance.isEmpty() || instance.get().task().isEmpty()) {
      return;
    }
    Task task = instance.get().task().get();
    if (task.killRequestedAt().isEmpty()) {
      put(instance.get().withTask(task.killRequested(now)));
    }
    sendKill(task);
  }

  /** Sends the kill of a task if its agent is in reach, and remembers to repeat it. */
  void sendKill(Task task) {
    if (!mayAct() || task.condition() == Condition.UNREACHABLE) {
      return;
    }
    Instant repeatAt = present().kills().get(task.id());
    if (repeatAt != null && repeatAt.isAfter(now)) {
      return;
    }
    send(new Call.Kill(task.id(), task.agent(), task.killGracePeriod()));
    Duration pause = KILL_RETRY.plus(task.killGracePeriod().orElse(Duration.ZERO));
    change(new Change.KillSent(task.id(), Optional.of(now.plus(pause))));
  }

  /**
   * Lets an instance go: its task is ended, and once it has ended the instance is removed. What
   * becomes of its reservation is said here and recorded with it.
   *
   * @param fate what the reservation becomes; nothing when it has none
   */
  void decommission(Instance instance, ReservationState fate) {
    Optional<Reservation> home = durable().reservationOf(instance);
    home.ifPresent(
        reservation ->
            put(
                reservation
                    .ownedBy(Optional.empty(), reservation.appId(), reservation.ordinal())
                    .in(pendingAs(reservation, fate))));
    put(instance.withReservation(Optional.empty()).withGoal(Goal.DECOMMISSIONED));
    if (instance.isLive()) {
      kill(instance.id());
    } else {
      durable().instance(instance.id()).ifPresent(this::remove);
    }
  }

  /**
   * What a reservation becomes: whose fate is decided before the outcome of the RESERVE is known
   * still has to be asked after.
   */
  static ReservationState pendingAs(Reservation before, ReservationState fate) {
    Optional<OperationId> pending = before.state().pending();
    return switch (fate) {
      case ReservationState.Releasing it ->
          new ReservationState.Releasing(it.since(), it.why(), pending);
      case ReservationState.LeftBehind it ->
          new ReservationState.LeftBehind(it.since(), it.why(), pending);
      case ReservationState.Held held ->
          pending.<ReservationState>map(ReservationState.Requested::new).orElse(held);
      case ReservationState.Requested requested -> requested;
    };
  }

  ReservationState releasing(String why) {
    return new ReservationState.Releasing(now, why, Optional.empty());
  }

  ReservationState leftBehind(String why) {
    return new ReservationState.LeftBehind(now, why, Optional.empty());
  }
}
