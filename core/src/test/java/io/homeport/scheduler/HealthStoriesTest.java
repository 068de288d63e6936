package io.homeport.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.ClusterEvent;
import io.homeport.model.Condition;
import io.homeport.model.HealthCheck;
import io.homeport.model.Task;
import io.homeport.model.TaskId;
import io.homeport.model.TaskState;
import io.homeport.model.TaskUpdate;
import io.homeport.state.ClusterState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Who ends a task that does not work: its executor on Mesos, Homeport elsewhere. And what an
 * upgrade does to tasks of which it is not known whether they work.
 */
final class HealthStoriesTest {
  private static final String CHECKED = "REASON_TASK_HEALTH_CHECK_STATUS_UPDATED";

  private static AppDefinition checked(AppDefinition app) {
    HealthCheck check =
        new HealthCheck(
            HealthCheck.Protocol.COMMAND,
            Optional.empty(),
            Optional.of("true"),
            Optional.empty(),
            Optional.empty(),
            Duration.ZERO,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            3,
            Duration.ZERO,
            false,
            false);
    return new AppDefinition(
        app.id(),
        app.command(),
        app.user(),
        app.env(),
        app.instances(),
        app.resources(),
        app.container(),
        app.networks(),
        app.portDefinitions(),
        app.requirePorts(),
        app.constraints(),
        app.fetch(),
        List.of(check),
        app.upgradeStrategy(),
        app.backoff(),
        app.labels(),
        app.acceptedResourceRoles(),
        app.role(),
        app.unreachableStrategy(),
        app.killSelection(),
        app.killGracePeriod(),
        app.residency(),
        app.version(),
        app.lastScalingAt(),
        app.lastConfigChangeAt());
  }

  private static Task task(Story story) {
    return story.instances("/web").getFirst().task().orElseThrow();
  }

  private static void unhealthy(Story story, String reason) {
    report(story, task(story), reason, false);
  }

  /** Their health checks are content. */
  private static void prove(Story story, List<Task> tasks) {
    tasks.forEach(task -> report(story, task, CHECKED, true));
  }

  private static void report(Story story, Task task, String reason, boolean healthy) {
    story.give(
        new Input.Observed(
            new ClusterEvent.TaskUpdated(
                new TaskUpdate(
                    task.id(),
                    Optional.of(task.agent()),
                    TaskState.TASK_RUNNING,
                    reason,
                    "",
                    Optional.empty(),
                    story.now,
                    Optional.of(healthy),
                    List.of()))));
    story.settle();
  }

  /** The tasks that still run as they did. */
  private static List<Task> unchanged(Story story, String app, List<Task> before) {
    List<TaskId> live =
        story.instances(app).stream()
            .flatMap(instance -> instance.task().stream())
            .filter(task -> task.condition() == Condition.RUNNING)
            .filter(task -> task.killRequestedAt().isEmpty())
            .map(Task::id)
            .toList();
    return before.stream().filter(task -> live.contains(task.id())).toList();
  }

  private static List<Task> tasks(Story story, String app) {
    return story.instances(app).stream().flatMap(i -> i.task().stream()).toList();
  }

  private static List<Task> without(List<Task> all, List<Task> some) {
    List<TaskId> left = some.stream().map(Task::id).toList();
    return all.stream().filter(task -> !left.contains(task.id())).toList();
  }

  private void upgradesInPlace(Story story, List<Task> old) {
    assertThat(unchanged(story, "/db", old)).hasSize(2);
    List<Task> fresh = without(tasks(story, "/db"), old);
    assertThat(fresh).hasSize(2);

    prove(story, fresh);
    story.pass(Duration.ofSeconds(10));
    assertThat(unchanged(story, "/db", old)).isEmpty();
    assertThat(tasks(story, "/db")).hasSize(4);
  }

  @Test
  void aSingleFailureThatAnExecutorReportsIsShownAndEndsNothing() {
    Story story = Story.onAgents("a");
    story.put(checked(Story.stateless("/web", 1)));
    Task before = task(story);

    unhealthy(story, CHECKED);

    assertThat(story.state.present().health().get(before.id()))
        .satisfies(health -> assertThat(health.healthy()).isFalse());
    assertThat(task(story).killRequestedAt()).isEmpty();
    assertThat(task(story).id()).isEqualTo(before.id());
  }

  @Test
  void aTaskAtItsThresholdIsEndedEvenIfItWasSeenUnhealthyBefore() {
    Story story = Story.onAgents("a");
    story.put(checked(Story.stateless("/web", 1)));
    Task before = task(story);
    unhealthy(story, "REASON_RECONCILIATION");

    unhealthy(story, TaskUpdate.REASON_UNHEALTHY);
    story.pass(Duration.ofSeconds(5));

    assertThat(task(story).id()).isNotEqualTo(before.id());
  }

  @Test
  void tasksWhoseHealthWasNeverCheckedAreNotAllEndedAtOnce() {
    Story story = Story.onAgents("a", "b");
    story.put(Story.stateful("/db", 4));
    List<Task> old = tasks(story, "/db");

    story.put(checked(Story.stateful("/db", 4)));
    story.pass(Duration.ofSeconds(10));

    upgradesInPlace(story, old);
  }

  @Test
  void tasksWhoseHealthIsNotKnownAfterAStartOfTheServerAreNotAllEndedAtOnce() {
    Story story = Story.onAgents("a", "b");
    story.put(checked(Story.stateful("/db", 4)));
    List<Task> old = tasks(story, "/db");
    prove(story, old);

    story.state = new ClusterState(story.state.durable(), ClusterState.EMPTY.present());
    story.give(new Input.Led("term2", "installation"));
    story.cluster.connect();
    story.settle();
    story.ask(new Command.RestartApp(new AppId("/db"), false));
    story.pass(Duration.ofSeconds(10));

    upgradesInPlace(story, old);
  }

  @Test
  void oneThatWorksIsNotEndedForOneWhoseHealthIsNotKnown() {
    Story story = Story.onAgents("a", "b");
    story.put(checked(Story.stateful("/db", 4)));
    List<Task> old = tasks(story, "/db");
    prove(story, old.subList(0, 2));

    story.ask(new Command.RestartApp(new AppId("/db"), true));
    story.pass(Duration.ofSeconds(10));

    assertThat(unchanged(story, "/db", old)).isEqualTo(old.subList(0, 2));
  }

  @Test
  void oldTasksOfUnknownHealthStayWhileNewOnesBesideThemProveThemselves() {
    Story story = Story.onAgents("a", "b");
    story.put(Story.stateless("/web", 2));
    List<Task> old = tasks(story, "/web");

    story.put(checked(Story.stateless("/web", 2)));
    story.pass(Duration.ofSeconds(10));
    assertThat(unchanged(story, "/web", old)).hasSize(2);

    prove(story, without(tasks(story, "/web"), old));
    story.pass(Duration.ofSeconds(10));
    assertThat(unchanged(story, "/web", old)).isEmpty();
    assertThat(tasks(story, "/web")).hasSize(2);
  }
}
