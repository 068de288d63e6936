package io.homeport.simulation.cluster;

import io.homeport.model.AgentId;
import io.homeport.model.Call;
import io.homeport.model.ClusterEvent;
import io.homeport.model.Offer;
import io.homeport.model.Operation;
import io.homeport.model.OperationId;
import io.homeport.model.OperationUpdate;
import io.homeport.model.Pool;
import io.homeport.model.Reservation;
import io.homeport.model.TaskLaunch;
import io.homeport.model.TaskState;
import io.homeport.simulation.world.Describe;
import io.homeport.simulation.world.Situation;
import io.homeport.simulation.world.World;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the master does with an ACCEPT: each operation is judged by itself against what the ones
 * before it left (tape 12), and those that are valid travel to the agent one by one.
 */
public final class Accepts {
  private final SimulatedCluster cluster;
  private final World world;
  private final SimulatedMaster master;
  private final Allocator allocator;

  Accepts(SimulatedCluster cluster, SimulatedMaster master, Allocator allocator) {
    this.cluster = cluster;
    this.world = cluster.world();
    this.master = master;
    this.allocator = allocator;
  }

  void accept(Call.Accept accept) {
    Optional<List<Offer>> offers = allocator.take(accept.offers(), accept.agent());
    Optional<Machine> machine =
        Optional.ofNullable(master.agents().get(accept.agent()))
            .filter(known -> known.standing() == SimulatedMaster.Standing.ACTIVE)
            .map(SimulatedMaster.Registered::machine);
    if (offers.isEmpty() || machine.isEmpty()) {
      world.tally().reached(Situation.ACCEPT_OF_VOID_OFFERS);
      accept.operations().forEach(operation -> drop(accept.agent(), operation));
      return;
    }
    Ledger pool = new Ledger(Pool.EMPTY, new TreeMap<>());
    offers.get().forEach(offer -> pool.add(offer.unreserved(), offer.reservations()));
    for (Operation operation : accept.operations()) {
      Optional<String> wrong = judge(pool, machine.get(), operation);
      if (wrong.isPresent()) {
        refuse(accept.agent(), operation, wrong.get());
      } else {
        pass(machine.get(), accept.agent(), operation);
      }
    }
  }

  private static Optional<String> judge(Ledger pool, Machine machine, Operation operation) {
    return switch (operation) {
      case Operation.Reserve reserve -> pool.reserve("", reserve.reservation());
      case Operation.Create create ->
          machine.disk().isTaken(create.volume().id())
              ? Optional.of("Persistence ID '" + create.volume().id() + "' is not unique")
              : pool.create(create.reservation().id(), create.volume());
      case Operation.Destroy destroy ->
          pool.destroy(destroy.reservation().id(), destroy.volume().id());
      case Operation.Unreserve unreserve -> pool.unreserve(unreserve.reservation());
      case Operation.Launch launch -> pool.launch(launch.launch());
    };
  }

  /** Offers that are void make everything that uses them void (tape 02). */
  private void drop(AgentId agent, Operation operation) {
    idOf(operation)
        .ifPresentOrElse(
            id -> feedback(id, "offers are not valid"),
            () -> taskOf(operation).ifPresent(task -> dropped(task, agent)));
  }

  private void dropped(TaskLaunch launch, AgentId agent) {
    master.made(launch.task(), agent, TaskState.TASK_DROPPED, "REASON_INVALID_OFFERS");
  }

  private void refuse(AgentId agent, Operation operation, String why) {
    world.trace().add("master", "refuses " + Describe.operation(operation) + ": " + why);
    cluster.witness().refused(operation, why);
    idOf(operation)
        .ifPresentOrElse(
            id -> feedback(id, why),
            () ->
                taskOf(operation)
                    .ifPresent(
                        launch ->
                            master.made(
                                launch.task(),
                                agent,
                                TaskState.TASK_ERROR,
                                "REASON_TASK_INVALID")));
  }

  /** The master's own refusal names no agent, and is not to be acknowledged (tape 12). */
  private void feedback(OperationId id, String why) {
    master.tell(
        new ClusterEvent.OperationUpdated(
            new OperationUpdate(
                id, Optional.empty(), OperationUpdate.State.FAILED, why, Optional.empty())));
  }

  private void pass(Machine machine, AgentId agent, Operation operation) {
    idOf(operation)
        .ifPresent(
            id ->
                master
                    .operations()
                    .put(
                        id,
                        new SimulatedMaster.KnownOperation(agent, OperationUpdate.State.PENDING)));
    taskOf(operation)
        .ifPresent(
            launch ->
                master
                    .tasks()
                    .put(
                        launch.task(),
                        new KnownTask(
                            agent,
                            TaskState.TASK_STAGING,
                            launch.reservation().map(Reservation::id),
                            Optional.empty())));
    machine.inFlight(1);
    boolean heard = machine.isRegistered();
    long session = machine.session();
    long term = master.term();
    world
        .agenda()
        .after(
            cluster.life().nextArrival(machine),
            () -> {
              machine.inFlight(-1);
              if (heard
                  && machine.session() == session
                  && machine.isOnline()
                  && master.term() == term) {
                cluster.life().carryOut(machine, operation);
              } else {
                world.tally().fault("operation lost between master and agent");
                if (operation instanceof Operation.Create) {
                  world.tally().reached(Situation.CREATE_LOST_AFTER_RESERVE);
                }
              }
            });
  }

  /**
   * The id of an operation; launches have none.
   *
   * @param operation the operation
   */
  public static Optional<OperationId> idOf(Operation operation) {
    return switch (operation) {
      case Operation.Reserve reserve -> Optional.of(reserve.id());
      case Operation.Create create -> Optional.of(create.id());
      case Operation.Destroy destroy -> Optional.of(destroy.id());
      case Operation.Unreserve unreserve -> Optional.of(unreserve.id());
      case Operation.Launch _ -> Optional.empty();
    };
  }

  static Optional<TaskLaunch> taskOf(Operation operation) {
    return operation instanceof Operation.Launch launch
        ? Optional.of(launch.launch())
        : Optional.empty();
  }
}
