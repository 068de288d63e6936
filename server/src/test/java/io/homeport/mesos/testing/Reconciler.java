package io.homeport.mesos.testing;

import java.util.List;
import java.util.Optional;
import org.apache.mesos.v1.Protos.OperationState;
import org.apache.mesos.v1.Protos.OperationStatus;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.scheduler.Protos.Call;

/** How the master answers questions after tasks and operations; of some it keeps silent. */
final class Reconciler {
  private final Master master;

  Reconciler(Master master) {
    this.master = master;
  }

  void tasks(Framework framework, Call.Reconcile asked) {
    if (asked.getTasksCount() == 0) {
      for (KnownTask task : List.copyOf(master.tasks().values())) {
        if (task.framework().equals(framework.id()) && task.state() != TaskState.TASK_UNREACHABLE) {
          latest(task);
        }
      }
    }
    asked
        .getTasksList()
        .forEach(
            task -> task(framework, task.getTaskId().getValue(), task.getAgentId().getValue()));
  }

  private void latest(KnownTask task) {
    String message =
        switch (task.state()) {
          case TASK_UNREACHABLE -> "Reconciliation: Task is unreachable";
          case TASK_GONE_BY_OPERATOR -> "Reconciliation: Task is gone";
          default -> "Reconciliation: Latest task state";
        };
    master.tell(task, task.state(), TaskStatus.Reason.REASON_RECONCILIATION, message);
  }

  void task(Framework framework, String task, String agent) {
    Optional<KnownTask> known = master.task(framework.id(), task);
    if (known.isPresent()) {
      latest(known.get());
      return;
    }
    Optional<Registered.Standing> standing = master.agent(agent).map(Registered::standing);
    if (standing.isEmpty()) {
      say(framework, task, agent, TaskState.TASK_UNKNOWN, "Task is unknown");
      return;
    }
    switch (standing.get()) {
      case ACTIVE ->
          say(framework, task, agent, TaskState.TASK_GONE, "Task is unknown to the agent");
      case UNREACHABLE ->
          say(framework, task, agent, TaskState.TASK_UNREACHABLE, "Task is unreachable");
      case GONE ->
          say(framework, task, agent, TaskState.TASK_GONE_BY_OPERATOR, "Task is gone by operator");
      case RECOVERED -> {
        // Nothing is said until the agent is back.
      }
    }
  }

  private static void say(
      Framework framework, String task, String agent, TaskState state, String message) {
    TaskStatus status =
        Statuses.byMaster(
                task,
                agent,
                state,
                TaskStatus.Reason.REASON_RECONCILIATION,
                "Reconciliation: " + message)
            .build();
    framework.tell(Statuses.update(status));
  }

  void operations(Framework framework, Call.ReconcileOperations asked) {
    if (asked.getOperationsCount() == 0) {
      master
          .operations()
          .forEach(
              (id, known) -> {
                if (known.framework().equals(framework.id())) {
                  answer(framework, id, known.agent());
                }
              });
    }
    asked
        .getOperationsList()
        .forEach(
            operation ->
                answer(
                    framework,
                    operation.getOperationId().getValue(),
                    operation.getAgentId().getValue()));
  }

  private void answer(Framework framework, String operation, String agent) {
    Master.KnownOperation known = master.operations().get(operation);
    Optional<OperationStatus> status =
        Optional.ofNullable(known).flatMap(Master.KnownOperation::status);
    if (status.isPresent()) {
      // What is repeated on request is not to be acknowledged again.
      master.tell(framework.id(), status.get().toBuilder().clearUuid().build());
      return;
    }
    OperationState state =
        known != null
            ? OperationState.OPERATION_PENDING
            : master
                .agent(agent)
                .map(Registered::standing)
                .map(Reconciler::unknown)
                .orElse(OperationState.OPERATION_UNKNOWN);
    OperationStatus.Builder made = OperationStatus.newBuilder().setState(state);
    made.setMessage(
        "Reconciliation: " + (known == null ? "Operation is unknown" : "Latest status"));
    made.getOperationIdBuilder().setValue(operation);
    if (!agent.isEmpty()) {
      made.getAgentIdBuilder().setValue(agent);
    }
    master.tell(framework.id(), made.build());
  }

  private static OperationState unknown(Registered.Standing standing) {
    return switch (standing) {
      case ACTIVE -> OperationState.OPERATION_UNKNOWN;
      case RECOVERED -> OperationState.OPERATION_RECOVERING;
      case UNREACHABLE -> OperationState.OPERATION_UNREACHABLE;
      case GONE -> OperationState.OPERATION_GONE_BY_OPERATOR;
    };
  }
}
