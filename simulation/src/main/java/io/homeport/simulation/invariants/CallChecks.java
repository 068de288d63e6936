package io.homeport.simulation.invariants;

import io.homeport.model.Call;
import io.homeport.model.ClusterEvent;
import io.homeport.model.Condition;
import io.homeport.model.Offer;
import io.homeport.model.OfferId;
import io.homeport.model.Operation;
import io.homeport.model.OperationId;
import io.homeport.model.OperationUpdate;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationId;
import io.homeport.model.ReservationState;
import io.homeport.model.Task;
import io.homeport.model.TaskId;
import io.homeport.model.TaskLaunch;
import io.homeport.model.TaskUpdate;
import io.homeport.model.Volume;
import io.homeport.model.VolumeId;
import io.homeport.simulation.cluster.Accepts;
import io.homeport.simulation.server.SimulatedDisk;
import io.homeport.simulation.world.Describe;
import io.homeport.simulation.world.Invariant;
import io.homeport.simulation.world.Situation;
import io.homeport.simulation.world.World;
import io.homeport.state.DurableState;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What must hold of every call that leaves: it is explained by what is stored. */
public final class CallChecks {
  private final World world;
  private final SimulatedDisk disk;
  private final Oracle oracle;
  private final SortedSet<OperationId> operations = new TreeSet<>();
  private final SortedSet<TaskId> launches = new TreeSet<>();
  private final SortedMap<String, TaskUpdate> updates = new TreeMap<>();
  private final SortedMap<String, OperationUpdate> feedback = new TreeMap<>();
  private final SortedSet<OfferId> offered = new TreeSet<>();
  private final SortedSet<OfferId> answered = new TreeSet<>();
  private long sent;

  CallChecks(World world, SimulatedDisk disk, Oracle oracle) {
    this.world = world;
    this.disk = disk;
    this.oracle = oracle;
  }

  /** How many calls were sent. */
  public long sent() {
    return sent;
  }

  /** An agent said something that is to be acknowledged. */
  void told(TaskUpdate update) {
    update.uuid().ifPresent(uuid -> updates.put(uuid, update));
  }

  void told(OperationUpdate update) {
    update.uuid().ifPresent(uuid -> feedback.put(uuid, update));
  }

  /** An event reached a scheduler. */
  void heard(ClusterEvent event) {
    if (event instanceof ClusterEvent.OffersReceived received) {
      received.offers().forEach(this::offered);
    }
  }

  private void offered(Offer offer) {
    offered.add(offer.id());
    boolean strange =
        offer.reservations().stream()
            .anyMatch(part -> disk.durable().reservation(part.id()).isEmpty());
    if (strange) {
      world.tally().reached(Situation.QUARANTINED);
    }
  }

  private void answer(OfferId offer) {
    world.check(
        offered.contains(offer),
        Invariant.OFFER_IS_ANSWERED_ONCE,
        () -> offer + " was never offered");
    world.check(
        answered.add(offer),
        Invariant.OFFER_IS_ANSWERED_ONCE,
        () -> offer + " was answered before");
  }

  /** A call leaves a scheduler. */
  void sent(Call call) {
    DurableState stored = disk.durable();
    sent++;
    switch (call) {
      case Call.Accept accept -> {
        isAllowed(stored, call);
        accept.offers().forEach(this::answer);
        accept.operations().forEach(operation -> explained(stored, operation));
      }
      case Call.Decline decline -> decline.offers().forEach(this::answer);
      case Call.Kill kill -> {
        isAllowed(stored, call);
        explained(stored, kill);
      }
      case Call.Acknowledge ack ->
          Optional.ofNullable(updates.get(ack.uuid())).ifPresent(update -> kept(stored, update));
      case Call.AcknowledgeOperation ack ->
          Optional.ofNullable(feedback.get(ack.uuid())).ifPresent(update -> kept(stored, update));
      case Call.Reconcile _, Call.ReconcileOperations _, Call.Revive _, Call.Suppress _ -> {}
    }
  }

  private void isAllowed(DurableState stored, Call call) {
    world.check(
        stored.safeMode().isEmpty(),
        Invariant.SAFE_MODE_HOLDS_STILL,
        () -> "in the safe mode: " + Describe.call(call));
  }

  /** Promise 5. */
  private void explained(DurableState stored, Operation operation) {
    Accepts.idOf(operation)
        .ifPresent(
            id ->
                world.check(
                    operations.add(id), Invariant.IDS_NEVER_REPEAT, () -> id + " was sent before"));
    String what = Describe.operation(operation);
    hasRecord(stored, operation);
    boolean explained =
        switch (operation) {
          case Operation.Launch launch -> isRecorded(stored, launch.launch());
          case Operation.Reserve reserve ->
              state(stored, reserve.reservation())
                  .filter(new ReservationState.Requested(reserve.id())::equals)
                  .isPresent();
          case Operation.Create create ->
              stored
                  .reservation(create.reservation().id())
                  .flatMap(home -> home.volume(create.volume().id()))
                  .filter(volume -> volume.state() == Volume.State.REQUESTED)
                  .isPresent();
          case Operation.Destroy destroy ->
              stored
                  .reservation(destroy.reservation().id())
                  .filter(home -> home.state() instanceof ReservationState.Releasing)
                  .isPresent();
          case Operation.Unreserve unreserve ->
              stored
                  .reservation(unreserve.reservation().id())
                  .map(Reservation::state)
                  .filter(ReservationState.Releasing.class::isInstance)
                  .isPresent();
        };
    world.check(explained, Invariant.WRITE_THEN_ACT, () -> "nothing stored explains " + what);
  }

  /** Promise 6: what is destroyed or freed has a record. */
  private void hasRecord(DurableState stored, Operation operation) {
    Optional<ReservationId> meant =
        switch (operation) {
          case Operation.Destroy destroy -> Optional.of(destroy.reservation().id());
          case Operation.Unreserve unreserve -> Optional.of(unreserve.reservation().id());
          case Operation.Launch _, Operation.Reserve _, Operation.Create _ -> Optional.empty();
        };
    world.check(
        meant.isEmpty() || meant.flatMap(stored::reservation).isPresent(),
        Invariant.HANDS_OFF,
        () -> Describe.operation(operation) + " is about something without a record");
  }

  private static Optional<ReservationState> state(DurableState stored, Reservation reservation) {
    return stored.reservation(reservation.id()).map(Reservation::state);
  }

  private boolean isRecorded(DurableState stored, TaskLaunch launch) {
    world.check(
        launches.add(launch.task()),
        Invariant.IDS_NEVER_REPEAT,
        () -> launch.task() + " was launched before");
    Optional<Task> task = stored.instance(launch.task().instanceId()).flatMap(i -> i.task());
    return task.isPresent()
        && task.get().id().equals(launch.task())
        && task.get().agent().equals(launch.agent());
  }

  private void explained(DurableState stored, Call.Kill kill) {
    Optional<Task> current = stored.instance(kill.task().instanceId()).flatMap(i -> i.task());
    // In the same commit it may have ended, and its record with it.
    boolean known =
        disk.heldSince(
            disk.sequence() - 1,
            state -> state.instance(kill.task().instanceId()).isPresent(),
            _ -> false);
    world.check(
        known || oracle.wasAnyKillAsked(kill.task().instanceId()),
        Invariant.HANDS_OFF,
        () -> kill.task() + " is of an instance without a record, and is to end");
    boolean asked =
        current.isEmpty()
            || !current.get().id().equals(kill.task())
            || current.get().killRequestedAt().isPresent();
    world.check(asked, Invariant.WRITE_THEN_ACT, () -> "nothing stored explains the " + kill);
  }

  /** Promise 4: what is acknowledged is stored. */
  private void kept(DurableState stored, TaskUpdate update) {
    Optional<Task> task =
        stored
            .instance(update.task().instanceId())
            .flatMap(instance -> instance.task())
            .filter(current -> current.id().equals(update.task()));
    if (task.isEmpty()) {
      return;
    }
    Condition said = update.condition();
    boolean kept =
        said.isTerminal()
            ? task.get().condition().isTerminal()
            : task.get().condition() != Condition.PROVISIONED || said == Condition.PROVISIONED;
    world.check(
        kept,
        Invariant.ANSWERED_MEANS_KEPT,
        () -> update.state() + " acknowledged, but stored is " + task);
  }

  private void kept(DurableState stored, OperationUpdate update) {
    if (update.state() != OperationUpdate.State.FINISHED) {
      return;
    }
    boolean open =
        stored.reservations().values().stream()
            .anyMatch(
                home -> home.state().equals(new ReservationState.Requested(update.operation())));
    world.check(
        !open,
        Invariant.ANSWERED_MEANS_KEPT,
        () -> update.operation() + " acknowledged and still open");
    VolumeId.parse(update.operation().target())
        .filter(_ -> update.operation().value().startsWith("create"))
        .flatMap(id -> stored.reservationOf(id).flatMap(home -> home.volume(id)))
        .ifPresent(
            volume ->
                world.check(
                    volume.state() != Volume.State.REQUESTED,
                    Invariant.ANSWERED_MEANS_KEPT,
                    () ->
                        update.operation() + " acknowledged, and its volume still only requested"));
  }
}
