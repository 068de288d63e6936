package io.homeport.simulation.cluster;

import io.homeport.model.Call;
import io.homeport.model.ClusterEvent;
import io.homeport.model.OperationUpdate;
import io.homeport.model.TaskState;
import io.homeport.simulation.world.Situation;
import io.homeport.simulation.world.World;
import java.util.Optional;

/**
 * How the master answers questions after tasks and operations (tape 04; Mesos documentation,
 * reconciliation): from what it knows, else from where the agent stands.
 */
final class Reconciliation {
  private static final String RECONCILIATION = "REASON_RECONCILIATION";

  private final World world;
  private final SimulatedMaster master;

  Reconciliation(World world, SimulatedMaster master) {
    this.world = world;
    this.master = master;
  }

  /** Tasks: all that are known, or those asked for. */
  void reconcile(Call.Reconcile reconcile) {
    if (reconcile.tasks().isEmpty()) {
      master
          .tasks()
          .forEach(
              (task, known) -> master.made(task, known.agent(), known.state(), RECONCILIATION));
    } else {
      reconcile.tasks().forEach(this::answer);
    }
  }

  /** Explicit reconciliation of one task (tape 04, Mesos documentation, reconciliation). */
  void answer(Call.KnownTask asked) {
    KnownTask known = master.tasks().get(asked.task());
    SimulatedMaster.Registered registered = master.agents().get(asked.agent());
    if (known != null) {
      master.made(asked.task(), known.agent(), known.state(), RECONCILIATION);
    } else if (registered == null) {
      master.made(asked.task(), asked.agent(), TaskState.TASK_UNKNOWN, RECONCILIATION);
    } else {
      switch (registered.standing()) {
        case ACTIVE ->
            master.made(asked.task(), asked.agent(), TaskState.TASK_GONE, RECONCILIATION);
        case RECOVERED -> world.tally().reached(Situation.QUESTION_LEFT_OPEN);
        case UNREACHABLE ->
            master.made(asked.task(), asked.agent(), TaskState.TASK_UNREACHABLE, RECONCILIATION);
        case GONE ->
            master.made(
                asked.task(), asked.agent(), TaskState.TASK_GONE_BY_OPERATOR, RECONCILIATION);
      }
    }
  }

  /** Operations, each by itself. */
  void reconcile(Call.ReconcileOperations reconcile) {
    for (Call.KnownOperation asked : reconcile.operations()) {
      SimulatedMaster.KnownOperation known = master.operations().get(asked.operation());
      OperationUpdate.State state =
          known != null
              ? known.state()
              : switch (master.standing(asked.agent())) {
                case ACTIVE -> OperationUpdate.State.UNKNOWN;
                case RECOVERED -> OperationUpdate.State.PENDING;
                case UNREACHABLE -> OperationUpdate.State.UNREACHABLE;
                case GONE -> OperationUpdate.State.GONE;
              };
      if (known == null && !master.agents().containsKey(asked.agent())) {
        state = OperationUpdate.State.UNKNOWN;
      }
      master.tell(
          new ClusterEvent.OperationUpdated(
              new OperationUpdate(
                  asked.operation(), Optional.of(asked.agent()), state, "", Optional.empty())));
    }
  }
}
