package io.homeport.scheduler;

import io.homeport.model.Agent;
import io.homeport.model.AgentId;
import io.homeport.model.AgentStatus;
import io.homeport.model.Condition;
import io.homeport.model.Event;
import io.homeport.model.Instance;
import io.homeport.model.Pool;
import io.homeport.model.ReservationId;
import io.homeport.model.Task;
import io.homeport.model.TaskState;
import io.homeport.model.TaskUpdate;
import io.homeport.state.AgentView;
import io.homeport.state.Change;
import java.util.List;
import java.util.Optional;

/**
 * An agent that lost its identity registers under another id, and its disk with it, as offers of
 * its volumes show. The former id never comes back, nothing runs under it, and nobody else will
 * ever say so: the engine calls its tasks unreachable for good (Mesos tape 13). So the former agent
 * is struck off the record, and what is said of an agent without one is read accordingly.
 */
final class Succession {
  private static final String WHY = "its agent came back under another id";

  private Succession() {}

  /** Strikes an agent off whose volumes are offered under another id. */
  static void strike(Draft draft, AgentId former) {
    Agent agent = draft.durable().agents().get(former);
    if (agent == null) {
      return;
    }
    Optional<AgentStatus> previous =
        Optional.ofNullable(draft.present().views().get(former)).map(AgentView::status);
    draft.change(new Change.AgentRemoved(former));
    draft.change(new Change.AgentStatusChanged(former, AgentStatus.GONE, Pool.EMPTY, draft.now()));
    draft.publish(new Event.AgentChanged(agent, AgentStatus.GONE, previous));
    concludeTasks(draft, former);
    giveUpUnmade(draft, former);
  }

  private static void concludeTasks(Draft draft, AgentId former) {
    List<Instance> lost =
        draft.durable().instances().values().stream()
            .flatMap(instances -> instances.all().values().stream())
            .filter(Instance::isLive)
            .filter(instance -> instance.task().map(Task::agent).filter(former::equals).isPresent())
            .toList();
    for (Instance instance : lost) {
      instance.task().ifPresent(task -> conclude(draft, instance, task));
    }
  }

  /**
   * What was requested under the former id and did not come along was never made. Should it turn up
   * after all, it is quarantined as everything without a record.
   */
  private static void giveUpUnmade(Draft draft, AgentId former) {
    for (ReservationId id : draft.durable().residents(former)) {
      draft
          .durable()
          .reservation(id)
          .ifPresent(home -> OperationUpdates.giveUpUnmade(draft, home, WHY));
    }
  }

  /** Whether news is of an agent that is out of reach and not on record, and so of no agent. */
  static boolean isOfNobody(Draft draft, AgentId agent, AgentStatus status) {
    return !status.isInReach() && !draft.durable().agents().containsKey(agent);
  }

  /** Whether an update says that a task is out of reach on an agent that is not on record. */
  static boolean isOfNobody(Draft draft, TaskUpdate update) {
    return update.condition() == Condition.UNREACHABLE
        && update
            .agent()
            .filter(agent -> isOfNobody(draft, agent, AgentStatus.UNREACHABLE))
            .isPresent();
  }

  /** Such a task is over. */
  static void conclude(Draft draft, Instance instance, Task task) {
    TaskUpdates.conclude(draft, instance, task, TaskState.TASK_GONE, WHY);
  }
}
