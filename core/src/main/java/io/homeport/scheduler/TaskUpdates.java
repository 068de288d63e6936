package io.homeport.scheduler;

import io.homeport.model.AppDefinition;
import io.homeport.model.BackoffStrategy;
import io.homeport.model.Call;
import io.homeport.model.Condition;
import io.homeport.model.Event;
import io.homeport.model.Goal;
import io.homeport.model.HealthCheck;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.model.Reservation;
import io.homeport.model.Task;
import io.homeport.model.TaskFailure;
import io.homeport.model.TaskState;
import io.homeport.model.TaskUpdate;
import io.homeport.state.App;
import io.homeport.state.Change;
import io.homeport.state.TransientState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is learnt of tasks. Updates repeat, come late and overtake each other; each is acknowledged
 * once what it says is committed.
 */
final class TaskUpdates {
  /** A launch that an agent refused is not tried again sooner. */
  private static final Duration REFUSAL_PAUSE = Duration.ofSeconds(5);

  private TaskUpdates() {}

  static Decision learn(Draft draft, TaskUpdate update) {
    InstanceId id = update.task().instanceId();
    Optional<Instance> known = draft.durable().instance(id);
    Optional<Task> current =
        known.flatMap(Instance::task).filter(task -> task.id().equals(update.task()));
    Condition next = update.condition();
    answered(draft, update);
    if (Succession.isOfNobody(draft, update)) {
      current
          .filter(Task::isLive)
          .ifPresent(task -> Succession.conclude(draft, known.orElseThrow(), task));
    } else if (known.isEmpty()) {
      Strangers.learn(draft, update, next);
    } else if (current.isPresent()) {
      learnOfCurrent(draft, known.get(), current.get(), update, next);
    } else {
      Strangers.learnOfOtherRun(draft, known.get(), update, next);
    }
    acknowledge(draft, update);
    return draft.done(new Reply.Done());
  }

  /**
   * Whoever is told that a task is out of reach while its agent is in reach hears of two moments,
   * as while a new master gathers its agents: the agent's return will be no news, so that the task
   * stays in doubt and is asked after again.
   */
  private static void answered(Draft draft, TaskUpdate update) {
    boolean asked = draft.present().reconciliation().tasks().contains(update.task());
    if (asked && !contradictsItsAgent(draft, update)) {
      draft.change(
          new Change.ReconciliationChanged(
              draft.present().reconciliation().without(update.task())));
    }
  }

  private static boolean contradictsItsAgent(Draft draft, TaskUpdate update) {
    return update.condition() == Condition.UNREACHABLE
        && update.agent().filter(draft.present()::isInReach).isPresent();
  }

  /**
   * Updates without a uuid were made up by the engine and must not be acknowledged (Mesos tapes).
   */
  private static void acknowledge(Draft draft, TaskUpdate update) {
    if (update.uuid().isPresent() && update.agent().isPresent()) {
      draft.send(new Call.Acknowledge(update.task(), update.agent().get(), update.uuid().get()));
    }
  }

  private static void learnOfCurrent(
      Draft draft, Instance instance, Task task, TaskUpdate update, Condition next) {
    if (!isNews(task.condition(), next)) {
      learnHealth(draft, instance, task, update);
      repeatKill(draft, instance.id());
      return;
    }
    Task after = task.after(update, next, draft.now());
    draft.put(instance.withTask(after));
    draft.publish(new Event.StatusUpdated(instance.appId(), after, update));
    confirmHome(draft, instance, next);
    countUnreachable(draft, instance, task, next);
    learnHealth(draft, instance, after, update);
    if (next.isTerminal()) {
      end(draft, instance.id(), after, update);
    } else {
      repeatKill(draft, instance.id());
    }
  }

  /**
   * Engines forget kills of what was out of reach (Mesos tape 13), and one may have been lost with
   * a connection or a server: whoever hears that a task goes on that is to end says so again. One
   * that was thought to have ended when its instance was detached is told for the first time.
   */
  private static void repeatKill(Draft draft, InstanceId id) {
    draft
        .durable()
        .instance(id)
        .filter(instance -> instance.goal() != Goal.RUNNING || isToEnd(instance))
        .ifPresent(instance -> draft.kill(instance.id()));
  }

  private static boolean isToEnd(Instance instance) {
    return instance.task().flatMap(Task::killRequestedAt).isPresent();
  }

  /** Whether an update says anything new, given that updates repeat and overtake each other. */
  static boolean isNews(Condition before, Condition next) {
    if (before == next) {
      return false;
    }
    return switch (before) {
      case SCHEDULED -> false;
      // What ended for certain stays ended.
      case FINISHED, FAILED, KILLED, ERROR -> false;
      // What was only thought to have ended may be back.
      case GONE, GONE_BY_OPERATOR, DROPPED, UNKNOWN -> !next.isTerminal();
      case UNREACHABLE -> true;
      case PROVISIONED, STAGING, STARTING, RUNNING, KILLING ->
          next.isTerminal() || next == Condition.UNREACHABLE || rank(next) > rank(before);
    };
  }

  private static int rank(Condition condition) {
    return switch (condition) {
      case PROVISIONED -> 0;
      case STAGING -> 1;
      case STARTING -> 2;
      case RUNNING -> 3;
      case KILLING -> 4;
      case SCHEDULED, UNREACHABLE -> -1;
      case FINISHED, FAILED, KILLED, ERROR, GONE, GONE_BY_OPERATOR, DROPPED, UNKNOWN -> 5;
    };
  }

  /** A task that its agent has proves that its reservation and volumes exist. */
  private static void confirmHome(Draft draft, Instance instance, Condition next) {
    switch (next) {
      case STARTING, RUNNING, KILLING ->
          draft
              .durable()
              .reservationOf(instance)
              .ifPresent(
                  home -> {
                    Reservation confirmed = Homes.confirmed(home);
                    Reservation used = next == Condition.STARTING ? confirmed : confirmed.used();
                    if (!used.equals(home)) {
                      draft.put(used);
                    }
                  });
      case SCHEDULED,
          PROVISIONED,
          STAGING,
          UNREACHABLE,
          FINISHED,
          FAILED,
          KILLED,
          ERROR,
          GONE,
          GONE_BY_OPERATOR,
          DROPPED,
          UNKNOWN -> {}
    }
  }

  private static void countUnreachable(
      Draft draft, Instance instance, Task before, Condition next) {
    if (next == Condition.UNREACHABLE) {
      draft.startCounting(instance.id());
    } else if (before.condition() == Condition.UNREACHABLE) {
      draft.stopCounting(instance.id());
    }
  }

  private static void learnHealth(Draft draft, Instance instance, Task task, TaskUpdate update) {
    if (update.healthy().isEmpty() || !task.isLive()) {
      return;
    }
    boolean healthy = update.healthy().get();
    TransientState.Health before = draft.present().health().get(task.id());
    if (before == null || before.healthy() != healthy) {
      draft.change(new Change.HealthLearnt(task.id(), Optional.of(healthy), draft.now()));
      draft.publish(new Event.HealthChanged(instance, task.version(), healthy));
      draft.unsettle(instance.appId());
    }
    if (!healthy
        && update.reason().equals(TaskUpdate.REASON_UNHEALTHY)
        && task.killRequestedAt().isEmpty()
        && !draft.isSafe()
        && kills(draft, instance, task)) {
      draft.publish(new Event.UnhealthyInstanceKilled(instance, task, update.message()));
      draft.kill(instance.id());
    }
  }

  /** A threshold of 0 means that nothing is killed. */
  private static boolean kills(Draft draft, Instance instance, Task task) {
    App app = draft.durable().apps().get(instance.appId());
    return app != null
        && app.version(task.version()).map(AppDefinition::healthChecks).stream()
            .flatMap(List::stream)
            .mapToInt(HealthCheck::maxConsecutiveFailures)
            .anyMatch(failures -> failures > 0);
  }

  private static void end(Draft draft, InstanceId id, Task task, TaskUpdate update) {
    draft.forgetTask(task.id());
    Optional<Instance> ended = draft.durable().instance(id);
    if (ended.isEmpty()) {
      return;
    }
    Instance instance = ended.get();
    recordFailure(draft, instance, task, update);
    delayRelaunch(draft, instance, task, update);
    if (task.condition() == Condition.GONE_BY_OPERATOR) {
      Homes.leaveBehind(draft, instance, "its agent was declared gone by an operator");
    }
    if (instance.goal() == Goal.RUNNING) {
      draft.wakeMatching(true);
    }
  }

  private static void recordFailure(Draft draft, Instance instance, Task task, TaskUpdate update) {
    boolean failure =
        switch (task.condition()) {
          case FAILED, ERROR, GONE, GONE_BY_OPERATOR, DROPPED -> true;
          case SCHEDULED,
              PROVISIONED,
              STAGING,
              STARTING,
              RUNNING,
              KILLING,
              UNREACHABLE,
              FINISHED,
              KILLED,
              UNKNOWN ->
              false;
        };
    if (failure && draft.durable().apps().containsKey(instance.appId())) {
      draft.change(
          new Change.TaskFailed(
              new TaskFailure(
                  instance.appId(),
                  task.id(),
                  update.agent().orElse(task.agent()),
                  task.hostname(),
                  task.condition(),
                  update.message(),
                  draft.now(),
                  task.version())));
    }
  }

  /**
   * Marathon's back-off: it grows when tasks end by themselves, not when they are killed; and not
   * for what is no fault of theirs.
   */
  private static void delayRelaunch(Draft draft, Instance instance, Task task, TaskUpdate update) {
    boolean blameless =
        update.reason().equals(TaskUpdate.REASON_AGENT_REBOOTED)
            || update.reason().equals(TaskUpdate.REASON_AGENT_DRAINING)
            || task.killRequestedAt().isPresent();
    if (update.reason().equals(TaskUpdate.REASON_VOLUME_IN_USE)) {
      Instant until = draft.now().plus(REFUSAL_PAUSE);
      draft.change(
          new Change.LaunchRefused(
              instance.id(), Optional.of(new Change.Refusal(update.message(), until))));
      return;
    }
    switch (task.condition()) {
      case FAILED, FINISHED, ERROR, DROPPED -> {
        if (!blameless) {
          delay(draft, instance);
        }
      }
      case SCHEDULED,
          PROVISIONED,
          STAGING,
          STARTING,
          RUNNING,
          KILLING,
          UNREACHABLE,
          KILLED,
          GONE,
          GONE_BY_OPERATOR,
          UNKNOWN -> {}
    }
  }

  /** A delay that ended longer ago than the longest one counts as overcome. */
  private static void delay(Draft draft, Instance instance) {
    App app = draft.durable().apps().get(instance.appId());
    if (app == null) {
      return;
    }
    BackoffStrategy backoff = app.definition().backoff();
    Change.LaunchDelay before = draft.present().delays().get(app.id());
    boolean goesOn =
        before != null && !before.until().plus(backoff.maximum()).isBefore(draft.now());
    Duration delay = backoff.next(goesOn && before != null ? before.delay() : Duration.ZERO);
    draft.change(
        new Change.DelayChanged(
            app.id(), Optional.of(new Change.LaunchDelay(delay, draft.now().plus(delay)))));
  }

  /** The task of an instance is over, as something else than an update of it proves. */
  static void conclude(Draft draft, Instance instance, Task task, TaskState state, String why) {
    TaskUpdate proof =
        new TaskUpdate(
            task.id(),
            Optional.of(task.agent()),
            state,
            "",
            why,
            Optional.empty(),
            draft.now(),
            Optional.empty(),
            List.of());
    learnOfCurrent(draft, instance, task, proof, proof.condition());
  }
}
