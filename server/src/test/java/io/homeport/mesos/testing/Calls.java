package io.homeport.mesos.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.mesos.v1.Protos.Filters;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.OperationState;
import org.apache.mesos.v1.Protos.OperationStatus;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.scheduler.Protos.Call;

/** What the master does with a scheduler's calls. */
final class Calls {
  private final Master master;
  private final Reconciler reconciler;

  Calls(Master master) {
    this.master = master;
    this.reconciler = new Reconciler(master);
  }

  void take(Framework framework, Call call) {
    switch (call.getType()) {
      case ACCEPT -> accept(framework, call.getAccept());
      case DECLINE ->
          call.getDecline()
              .getOfferIdsList()
              .forEach(
                  id ->
                      master
                          .allocator()
                          .take(framework, id.getValue())
                          .ifPresent(
                              offer ->
                                  refuse(
                                      framework,
                                      offer,
                                      Bag.of(offer.getResourcesList()),
                                      call.getDecline().getFilters())));
      case REVIVE -> {
        framework.suppressed().removeAll(roles(framework, call.getRevive().getRolesList()));
        framework.filters().clear();
        master.turns().soon(master.allocator()::allocate);
      }
      case SUPPRESS ->
          framework.suppressed().addAll(roles(framework, call.getSuppress().getRolesList()));
      case KILL -> kill(framework, call.getKill());
      case ACKNOWLEDGE -> acknowledge(framework, call.getAcknowledge());
      case ACKNOWLEDGE_OPERATION_STATUS -> {
        String operation = call.getAcknowledgeOperationStatus().getOperationId().getValue();
        master.operations().remove(operation);
        connected(call.getAcknowledgeOperationStatus().getAgentId().getValue())
            .ifPresent(agent -> agent.agent().acknowledgeOperation(operation));
      }
      case RECONCILE -> reconciler.tasks(framework, call.getReconcile());
      case RECONCILE_OPERATIONS -> reconciler.operations(framework, call.getReconcileOperations());
      case TEARDOWN -> master.remove(framework);
      default -> throw new IllegalArgumentException("not known here: " + call.getType());
    }
  }

  private static List<String> roles(Framework framework, List<String> named) {
    return named.isEmpty() ? framework.info().getRolesList() : named;
  }

  private void refuse(Framework framework, Offer offer, Bag refused, Filters filters) {
    master
        .allocator()
        .refuse(framework, offer.getAgentId().getValue(), refused, filters.getRefuseSeconds());
  }

  private Optional<Registered> connected(String agent) {
    return master
        .agent(agent)
        .filter(known -> known.isConnected() && known.standing() == Registered.Standing.ACTIVE);
  }

  private void kill(Framework framework, Call.Kill kill) {
    String id = kill.getTaskId().getValue();
    Optional<KnownTask> known = master.task(framework.id(), id);
    Optional<Registered> agent = known.flatMap(task -> connected(task.agent()));
    if (known.isEmpty() || !known.get().uses()) {
      reconciler.task(framework, id, kill.getAgentId().getValue());
    } else if (agent.isEmpty()) {
      known.get().wantKill(); // its agent may come back in time
    } else {
      Optional<Duration> grace =
          kill.hasKillPolicy()
              ? Optional.of(
                  Duration.ofNanos(kill.getKillPolicy().getGracePeriod().getNanoseconds()))
              : Optional.empty();
      master.turns().soon(() -> agent.get().agent().killTask(id, grace, Optional.empty()));
    }
  }

  private void acknowledge(Framework framework, Call.Acknowledge known) {
    String id = known.getTaskId().getValue();
    Optional<KnownTask> task = master.task(framework.id(), id);
    if (task.isPresent()
        && task.get().hasEnded()
        && task.get().latest().getUuid().equals(known.getUuid())) {
      master.forget(task.get());
    }
    connected(known.getAgentId().getValue())
        .ifPresent(
            agent -> master.turns().soon(() -> agent.agent().acknowledge(id, known.getUuid())));
  }

  private void accept(Framework framework, Call.Accept accept) {
    List<Offer> offers = new ArrayList<>();
    Optional<String> wrong = Optional.empty();
    for (var id : accept.getOfferIdsList()) {
      Optional<Offer> offer = master.allocator().take(framework, id.getValue());
      offer.ifPresent(offers::add);
      if (offer.isEmpty() && wrong.isEmpty()) {
        wrong = Optional.of("Offer " + id.getValue() + " is no longer valid");
      }
    }
    if (offers.stream().map(offer -> offer.getAgentId().getValue()).distinct().count() > 1) {
      wrong = Optional.of("Aggregated offers must belong to one single agent");
    }
    if (wrong.isPresent() || offers.isEmpty()) {
      String why = wrong.orElse("No offers specified");
      accept.getOperationsList().forEach(operation -> drop(framework, operation, why));
      return;
    }
    Registered agent = master.agent(offers.getFirst().getAgentId().getValue()).orElseThrow();
    Bag left = Bag.of(offers.stream().flatMap(o -> o.getResourcesList().stream()).toList());
    for (Offer.Operation operation : accept.getOperationsList()) {
      left =
          operation.getType() == Offer.Operation.Type.LAUNCH
              ? launch(framework, agent, operation.getLaunch().getTaskInfosList(), left)
              : convert(framework, agent, operation, left);
    }
    refuse(framework, offers.getFirst(), left, accept.getFilters());
  }

  private void drop(Framework framework, Offer.Operation operation, String why) {
    for (TaskInfo task : operation.getLaunch().getTaskInfosList()) {
      TaskStatus status =
          Statuses.byMaster(
                  task.getTaskId().getValue(),
                  task.getAgentId().getValue(),
                  TaskState.TASK_DROPPED,
                  TaskStatus.Reason.REASON_INVALID_OFFERS,
                  "Task launched with invalid offers: " + why)
              .build();
      framework.tell(Statuses.update(status));
    }
    if (!operation.hasLaunch()) {
      error(framework, operation, "Operation attempted with invalid offers: " + why);
    }
  }

  private void error(Framework framework, Offer.Operation operation, String message) {
    if (operation.hasId()) {
      OperationStatus.Builder status =
          OperationStatus.newBuilder()
              .setState(OperationState.OPERATION_ERROR)
              .setMessage(message)
              .setOperationId(operation.getId());
      master.tell(framework.id(), status.build());
    }
  }

  private Bag convert(
      Framework framework, Registered agent, Offer.Operation operation, Bag offered) {
    if (operation.hasId() && !master.settings().feedback()) {
      error(
          framework,
          operation,
          "Operation requested feedback, but "
              + agent.text()
              + " does not have the required AGENT_OPERATION_FEEDBACK capability");
      return offered;
    }
    Optional<Conversion.Refused> wrong =
        Conversion.wrong(
            operation,
            offered,
            new Conversion.Target(agent.total(), master.used(agent.id())),
            framework.info().getPrincipal());
    if (wrong.isPresent()) {
      String where = wrong.get().namesAgent() ? "; on " + agent.text() : "";
      error(framework, operation, wrong.get().message() + where);
      return offered;
    }
    Conversion conversion = Conversion.of(operation);
    Bag consumed = conversion.consumed().allocatedTo("");
    Bag produced = conversion.produced().allocatedTo("");
    agent.total(agent.total().minus(consumed).plus(produced));
    String id = operation.getId().getValue();
    if (!id.isEmpty()) {
      master
          .operations()
          .put(id, new Master.KnownOperation(framework.id(), agent.id(), Optional.empty()));
    }
    master
        .turns()
        .soon(
            () -> {
              if (agent.isConnected()) {
                Agent on = agent.agent();
                on.apply(framework.id(), id, on.disk().minus(consumed).plus(produced));
              }
            });
    return offered.minus(conversion.consumed()).plus(conversion.produced());
  }

  private Bag launch(Framework framework, Registered agent, List<TaskInfo> tasks, Bag offered) {
    Bag left = offered;
    for (TaskInfo task : tasks) {
      Bag wanted = Bag.of(task.getResourcesList());
      Optional<String> wrong = wrong(framework, agent, task, wanted, left);
      if (wrong.isPresent()) {
        TaskStatus status =
            Statuses.byMaster(
                    task.getTaskId().getValue(),
                    task.getAgentId().getValue(),
                    TaskState.TASK_ERROR,
                    TaskStatus.Reason.REASON_TASK_INVALID,
                    wrong.get())
                .build();
        framework.tell(Statuses.update(status));
        continue;
      }
      left = left.minus(wanted);
      master.know(KnownTask.staging(framework.id(), agent.id(), task));
      master
          .turns()
          .soon(
              () -> {
                if (agent.isConnected()) {
                  agent.agent().run(framework.id(), task);
                }
              });
    }
    return left;
  }

  private Optional<String> wrong(
      Framework framework, Registered agent, TaskInfo task, Bag wanted, Bag left) {
    if (!task.getAgentId().getValue().equals(agent.id())) {
      return Optional.of(
          "Task uses invalid agent "
              + task.getAgentId().getValue()
              + " while agent "
              + agent.id()
              + " is expected");
    }
    if (master.task(framework.id(), task.getTaskId().getValue()).isPresent()) {
      return Optional.of("Task has duplicate ID: " + task.getTaskId().getValue());
    }
    return left.contains(wanted)
        ? Optional.empty()
        : Optional.of(
            "Total resources "
                + wanted
                + " required by task and its executor is more than available "
                + left);
  }
}
