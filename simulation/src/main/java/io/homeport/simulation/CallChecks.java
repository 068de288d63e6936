package io.homeport.simulation;

import io.homeport.model.Call;
import io.homeport.model.ClusterEvent;
import io.homeport.model.Condition;
import io.homeport.model.OfferId;
import io.homeport.model.Operation;
import io.homeport.model.OperationId;
import io.homeport.model.OperationUpdate;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationState;
import io.homeport.model.Task;
import io.homeport.model.TaskId;
import io.homeport.model.TaskLaunch;
import io.homeport.model.TaskUpdate;
import io.homeport.model.Volume;
import io.homeport.model.VolumeId;
import io.homeport.state.DurableState;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What must hold of every call that leaves: it is explained by what is stored. */
final class CallChecks {
  private static final String WRITE_THEN_ACT = "write-then-act";

  private final World world;
  private final SortedSet<OperationId> operations = new TreeSet<>();
  private final SortedSet<TaskId> launches = new TreeSet<>();
  private final SortedMap<String, TaskUpdate> updates = new TreeMap<>();
  private final SortedMap<String, OperationUpdate> feedback = new TreeMap<>();
  private final SortedSet<OfferId> offered = new TreeSet<>();
  private final SortedSet<OfferId> answered = new TreeSet<>();
  private long sent;

  CallChecks(World world) {
    this.world = world;
  }

  /** How many calls were sent that are not mere confirmations. */
  long sent() {
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
      received.offers().forEach(offer -> offered.add(offer.id()));
    }
  }

  private void answer(OfferId offer) {
    InvariantViolation.check(
        offered.contains(offer), "only-own-offers-are-answered", offer + " was never offered");
    InvariantViolation.check(
        answered.add(offer), "an-offer-is-answered-once", offer + " was answered before");
  }

  /** A call leaves a scheduler. */
  void sent(Call call) {
    DurableState stored = world.store().durable();
    sent++;
    switch (call) {
      case Call.Accept accept -> {
        accept.offers().forEach(this::answer);
        accept.operations().forEach(operation -> explained(stored, operation));
      }
      case Call.Decline decline -> decline.offers().forEach(this::answer);
      case Call.Kill kill -> explained(stored, kill);
      case Call.Acknowledge ack ->
          Optional.ofNullable(updates.get(ack.uuid())).ifPresent(update -> kept(stored, update));
      case Call.AcknowledgeOperation ack ->
          Optional.ofNullable(feedback.get(ack.uuid())).ifPresent(update -> kept(stored, update));
      case Call.Reconcile _, Call.ReconcileOperations _, Call.Revive _, Call.Suppress _ -> {}
    }
  }

  /** Promise 5. */
  private void explained(DurableState stored, Operation operation) {
    Accepts.idOf(operation)
        .ifPresent(
            id ->
                InvariantViolation.check(
                    operations.add(id), "ids-never-repeat", id + " was sent before"));
    String what = Describe.operation(operation);
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
    InvariantViolation.check(explained, WRITE_THEN_ACT, "nothing stored explains " + what);
  }

  private static Optional<ReservationState> state(DurableState stored, Reservation reservation) {
    return stored.reservation(reservation.id()).map(Reservation::state);
  }

  private boolean isRecorded(DurableState stored, TaskLaunch launch) {
    InvariantViolation.check(
        launches.add(launch.task()), "ids-never-repeat", launch.task() + " was launched before");
    Optional<Task> task = stored.instance(launch.task().instanceId()).flatMap(i -> i.task());
    return task.isPresent()
        && task.get().id().equals(launch.task())
        && task.get().agent().equals(launch.agent());
  }

  private static void explained(DurableState stored, Call.Kill kill) {
    Optional<Task> current = stored.instance(kill.task().instanceId()).flatMap(i -> i.task());
    boolean asked =
        current.isEmpty()
            || !current.get().id().equals(kill.task())
            || current.get().killRequestedAt().isPresent();
    InvariantViolation.check(asked, WRITE_THEN_ACT, "nothing stored explains the " + kill);
  }

  /** Promise 4: what is acknowledged is stored. */
  private static void kept(DurableState stored, TaskUpdate update) {
    Optional<Task> task =
        stored
            .instance(update.task().instanceId())
            .flatMap(instance -> instance.task())
            .filter(current -> current.id().equals(update.task()));
    if (task.isEmpty()) {
      return;
    }
    Condition said = Condition.of(update.state(), update.reason());
    boolean kept =
        said.isTerminal()
            ? task.get().condition().isTerminal()
            : task.get().condition() != Condition.PROVISIONED || said == Condition.PROVISIONED;
    InvariantViolation.check(
        kept, "answered-means-kept", update.state() + " acknowledged, but stored is " + task);
  }

  private static void kept(DurableState stored, OperationUpdate update) {
    if (update.state() != OperationUpdate.State.FINISHED) {
      return;
    }
    boolean open =
        stored.reservations().values().stream()
            .anyMatch(
                home -> home.state().equals(new ReservationState.Requested(update.operation())));
    InvariantViolation.check(
        !open, "answered-means-kept", update.operation() + " acknowledged and still open");
    VolumeId.parse(update.operation().target())
        .filter(_ -> update.operation().value().startsWith("create"))
        .flatMap(id -> stored.reservationOf(id).flatMap(home -> home.volume(id)))
        .ifPresent(
            volume ->
                InvariantViolation.check(
                    volume.state() != Volume.State.REQUESTED,
                    "answered-means-kept",
                    update.operation() + " acknowledged, and its volume still only requested"));
  }
}
