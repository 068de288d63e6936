package io.homeport.scheduler;

import io.homeport.model.Call;
import io.homeport.model.Condition;
import io.homeport.model.Event;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.model.TaskUpdate;
import io.homeport.placement.Reason;
import io.homeport.state.App;
import io.homeport.state.Change;
import io.homeport.state.ClusterState;
import java.util.List;
import java.util.Optional;

/**
 * Tasks that bear our name and that no record explains, as after a state was restored from an old
 * back-up. They are shown, and left alone unless somebody asks for their end.
 */
final class Strangers {
  private Strangers() {}

  /** A task of an instance without a record: it may belong to a state that was lost. */
  static void learn(Draft draft, TaskUpdate update, Condition next) {
    boolean listed = draft.present().unknownTasks().containsKey(update.task());
    if (next.isTerminal()) {
      if (listed) {
        draft.change(new Change.UnknownTaskSeen(update.task(), Optional.empty()));
        draft.wakeMatching(true);
      }
      draft.publish(new Event.UnknownInstanceTerminated(update.task().instanceId(), next));
    } else {
      draft.change(new Change.UnknownTaskSeen(update.task(), Optional.of(update)));
    }
  }

  /**
   * A run of an instance whose record is of another run. It must not go on beside it, whether it is
   * an earlier one, or a later one that a restored state does not know; but a later one may be the
   * only way to data that has no record either: that one is left alone.
   */
  static void learnOfOtherRun(Draft draft, Instance instance, TaskUpdate update, Condition next) {
    boolean later =
        instance
            .task()
            .map(task -> task.id().incarnation() < update.task().incarnation())
            .orElse(true);
    if (later) {
      learn(draft, update, next);
    }
    boolean live = !next.isTerminal() && next != Condition.UNREACHABLE;
    if (live && draft.mayAct() && !(later && lacksHome(draft.state(), instance))) {
      kill(draft, update);
    }
  }

  private static void kill(Draft draft, TaskUpdate update) {
    update
        .agent()
        .ifPresent(agent -> draft.send(new Call.Kill(update.task(), agent, Optional.empty())));
  }

  /** Whether an instance has no home on record and is one that must have one. */
  static boolean lacksHome(ClusterState state, Instance instance) {
    App app = state.durable().apps().get(instance.appId());
    return instance.reservation().isEmpty() && app != null && app.definition().isStateful();
  }

  /** The strangers that are runs of an instance, with or without a record of it. */
  static List<TaskUpdate> of(ClusterState state, InstanceId instance) {
    return state.present().unknownTasks().values().stream()
        .filter(update -> update.task().instanceId().equals(instance))
        .toList();
  }

  /** The run that an instance must wait for, if there is one within reach. */
  static Optional<Reason> blocker(ClusterState state, InstanceId instance) {
    if (state.present().unknownTasks().isEmpty()) {
      return Optional.empty();
    }
    return of(state, instance).stream()
        .filter(update -> update.condition() != Condition.UNREACHABLE)
        .findFirst()
        .map(
            update ->
                Reason.of(
                    Reason.Kind.PREDECESSOR_ENDING,
                    "waits until the task "
                        + update.task()
                        + " has ended: it is of the same instance, and nothing that is known"
                        + " explains it. Its volumes are listed as quarantined once it has ended"));
  }

  /** Ends the strangers that are runs of an instance, because somebody asked for exactly that. */
  static void kill(Draft draft, InstanceId instance) {
    of(draft.state(), instance).forEach(update -> kill(draft, update));
  }
}
