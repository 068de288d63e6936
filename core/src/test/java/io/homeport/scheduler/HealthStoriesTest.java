package io.homeport.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.model.AppDefinition;
import io.homeport.model.ClusterEvent;
import io.homeport.model.HealthCheck;
import io.homeport.model.Task;
import io.homeport.model.TaskState;
import io.homeport.model.TaskUpdate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who ends a task that does not work: its executor on Mesos, Homeport elsewhere. */
final class HealthStoriesTest {
  private static AppDefinition checked() {
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
    AppDefinition app = Story.stateless("/web", 1);
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
    Task task = task(story);
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
                    Optional.of(false),
                    List.of()))));
    story.settle();
  }

  @Test
  void aSingleFailureThatAnExecutorReportsIsShownAndEndsNothing() {
    Story story = Story.onAgents("a");
    story.put(checked());
    Task before = task(story);

    unhealthy(story, "REASON_TASK_HEALTH_CHECK_STATUS_UPDATED");

    assertThat(story.state.present().health().get(before.id()))
        .satisfies(health -> assertThat(health.healthy()).isFalse());
    assertThat(task(story).killRequestedAt()).isEmpty();
    assertThat(task(story).id()).isEqualTo(before.id());
  }

  @Test
  void aTaskAtItsThresholdIsEndedEvenIfItWasSeenUnhealthyBefore() {
    Story story = Story.onAgents("a");
    story.put(checked());
    Task before = task(story);
    unhealthy(story, "REASON_RECONCILIATION");

    unhealthy(story, TaskUpdate.REASON_UNHEALTHY);
    story.pass(Duration.ofSeconds(5));

    assertThat(task(story).id()).isNotEqualTo(before.id());
  }
}
