package io.homeport.scheduler;

import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.Call;
import io.homeport.model.Condition;
import io.homeport.model.Goal;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.model.OperationId;
import io.homeport.model.Reservation;
import io.homeport.model.Residency;
import io.homeport.model.Task;
import io.homeport.model.TaskId;
import io.homeport.model.UnreachableStrategy;
import io.homeport.state.App;
import io.homeport.state.AppInstances;
import io.homeport.state.Change;
import io.homeport.state.ClusterState;
import io.homeport.state.Reconciliation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pcollections.TreePSet;

/**
 * What is done because time has passed. There are no timers: the deadlines are in the state, so
 * that a fail-over loses none.
 */
final class Deadlines {
  /**
   * The pause before the engine is asked again about what has not answered; it doubles each round.
   */
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  /** Marathon's default for {@code --reconciliation_interval}. */
  private static final Duration PERIOD = Duration.ofMinutes(10);

  /** So many tasks are asked about in one call. */
  private static final int CHUNK = 5_000;

  private Deadlines() {}

  static void run(Draft draft) {
    reconcile(draft);
    repeatKills(draft);
    replaceUnreachable(draft);
    wakeDelayed(draft);
  }

  private static void reconcile(Draft draft) {
    Reconciliation before = draft.present().reconciliation();
    boolean due =
        draft.isConnected() && before.nextAt().filter(at -> !at.isAfter(draft.now())).isPresent();
    if (!due) {
      return;
    }
    if (before.isComplete() && before.rounds() > 0) {
      rest(draft);
      return;
    }
    Reconciliation doubts = before.isComplete() ? all(draft) : before;
    ask(draft, doubts, before.rounds() == 0);
    Duration pause =
        min(FIRST_PAUSE.multipliedBy(1L << Math.min(before.rounds(), 10)), LONGEST_PAUSE);
    draft.change(
        new Change.ReconciliationChanged(
            new Reconciliation(
                doubts.tasks(),
                doubts.operations(),
                before.rounds() + 1,
                Optional.of(draft.now().plus(pause)))));
  }

  /** Everything has answered: the engine is left alone until the next period. */
  private static void rest(Draft draft) {
    draft.change(
        new Change.ReconciliationChanged(
            new Reconciliation(
                TreePSet.empty(), TreePSet.empty(), 0, Optional.of(draft.now().plus(PERIOD)))));
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Reconciliation all(Draft draft) {
    List<TaskId> tasks = new ArrayList<>();
    for (AppInstances instances : draft.durable().instances().values()) {
      for (Instance instance : instances.all().values()) {
        instance.task().filter(Task::isLive).map(Task::id).ifPresent(tasks::add);
      }
    }
    List<OperationId> operations = new ArrayList<>();
    for (Reservation reservation : draft.durable().reservations().values()) {
      reservation.state().pending().ifPresent(operations::add);
    }
    return new Reconciliation(TreePSet.from(tasks), TreePSet.from(operations), 0, Optional.empty());
  }

  private static void ask(Draft draft, Reconciliation doubts, boolean implicitly) {
    if (implicitly) {
      draft.send(new Call.Reconcile(List.of()));
    }
    List<Call.KnownTask> tasks = new ArrayList<>();
    for (TaskId id : doubts.tasks()) {
      draft
          .durable()
          .instance(id.instanceId())
          .flatMap(Instance::task)
          .filter(task -> task.id().equals(id))
          .ifPresent(task -> tasks.add(new Call.KnownTask(id, task.agent())));
    }
    for (int from = 0; from < tasks.size(); from += CHUNK) {
      List<Call.KnownTask> chunk = tasks.subList(from, Math.min(tasks.size(), from + CHUNK));
      draft.send(new Call.Reconcile(List.copyOf(chunk)));
    }
    List<Call.KnownOperation> operations = new ArrayList<>();
    for (Reservation reservation : draft.durable().reservations().values()) {
      reservation
          .state()
          .pending()
          .filter(doubts.operations()::contains)
          .ifPresent(id -> operations.add(new Call.KnownOperation(id, reservation.agent())));
    }
    if (!operations.isEmpty()) {
      draft.send(new Call.ReconcileOperations(operations));
    }
  }

  private static void repeatKills(Draft draft) {
    for (var kill : List.copyOf(draft.present().kills().entrySet())) {
      if (draft.isFull() || kill.getValue().isAfter(draft.now())) {
        continue;
      }
      Optional<Task> task =
          draft
              .durable()
              .instance(kill.getKey().instanceId())
              .flatMap(Instance::task)
              .filter(current -> current.id().equals(kill.getKey()));
      boolean wanted =
          task.filter(t -> t.isLive() && t.condition() != Condition.UNREACHABLE).isPresent();
      if (wanted) {
        task.ifPresent(draft::sendKill);
      } else {
        draft.change(new Change.KillSent(kill.getKey(), Optional.empty()));
      }
    }
  }

  /** Instances whose agent was out of reach for as long as their app is willing to wait. */
  private static void replaceUnreachable(Draft draft) {
    for (var entry : List.copyOf(draft.present().unreachableSince().entrySet())) {
      if (draft.isFull()) {
        return;
      }
      Optional<Instance> instance = draft.durable().instance(entry.getKey());
      Optional<Duration> patience = instance.flatMap(waiting -> patience(draft.state(), waiting));
      if (instance.isPresent()
          && patience.isPresent()
          && !entry.getValue().plus(patience.get()).isAfter(draft.now())) {
        draft.stopCounting(entry.getKey());
        String why = "its agent was out of reach for " + patience.get().toSeconds() + " s";
        draft.decommission(instance.get(), draft.leftBehind(why));
      }
    }
  }

  /** How long an app waits for an instance that is out of reach; empty means for ever. */
  private static Optional<Duration> patience(ClusterState state, Instance instance) {
    App app = state.durable().apps().get(instance.appId());
    if (app == null || instance.goal() != Goal.RUNNING) {
      return Optional.empty();
    }
    AppDefinition definition = app.definition();
    if (instance.reservation().isPresent() || definition.isStateful()) {
      return definition
          .residency()
          .filter(
              residency ->
                  residency.taskLostBehavior() == Residency.TaskLostBehavior.RELAUNCH_AFTER_TIMEOUT)
          .map(Residency::relaunchEscalationTimeout);
    }
    return switch (definition.unreachableStrategy()) {
      case UnreachableStrategy.Disabled _ -> Optional.empty();
      case UnreachableStrategy.Enabled enabled -> Optional.of(enabled.inactiveAfter());
    };
  }

  /** When a delay ends, offers may have been sent away meanwhile: they are asked for again. */
  private static void wakeDelayed(Draft draft) {
    for (InstanceId id : List.copyOf(draft.present().refusals().keySet())) {
      Change.Refusal refusal = draft.present().refusals().get(id);
      if (refusal != null && !refusal.until().isAfter(draft.now())) {
        draft.change(new Change.LaunchRefused(id, Optional.empty()));
        draft.wakeMatching(true);
      }
    }
  }

  /** When something is due next. */
  static Optional<Instant> next(ClusterState state, Instant now) {
    List<Instant> due = new ArrayList<>();
    if (state.present().connection().connected()) {
      state.present().reconciliation().nextAt().ifPresent(due::add);
      due.addAll(state.present().kills().values());
    }
    state
        .present()
        .unreachableSince()
        .forEach(
            (id, since) ->
                state
                    .durable()
                    .instance(id)
                    .flatMap(instance -> patience(state, instance))
                    .ifPresent(patience -> due.add(since.plus(patience))));
    state.present().refusals().values().forEach(refusal -> due.add(refusal.until()));
    for (AppId app : state.durable().waitingApps()) {
      Change.LaunchDelay delay = state.present().delays().get(app);
      if (delay != null && delay.until().isAfter(now)) {
        due.add(delay.until());
      }
    }
    return due.stream().min(Instant::compareTo);
  }
}
