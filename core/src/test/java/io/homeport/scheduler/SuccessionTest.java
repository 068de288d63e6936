package io.homeport.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.model.AgentId;
import io.homeport.model.AgentStatus;
import io.homeport.model.AppId;
import io.homeport.model.ClusterEvent;
import io.homeport.model.Condition;
import io.homeport.model.Instance;
import io.homeport.model.Pool;
import io.homeport.model.Task;
import io.homeport.model.TaskId;
import io.homeport.model.TaskState;
import io.homeport.model.TaskUpdate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An agent comes back under another id, with its disk (Mesos tape 13). */
class SuccessionTest {
  private static final AgentId FORMER = new AgentId("a");

  private final Story story = Story.onAgents("a");

  private void comeBackAsAnother() {
    story.cluster.cutOff("a");
    story.settle();
    story.cluster.bringBackAs("a", "a2");
    story.settle();
    story.pass(Duration.ofSeconds(10));
  }

  private static Task task(Instance instance) {
    return instance.task().orElseThrow();
  }

  @Test
  void whatLivesThereComesHomeAndTheFormerAgentIsForgotten() {
    story.put(Story.stateful("/db", 2));
    comeBackAsAnother();

    assertThat(story.instances("/db"))
        .hasSize(2)
        .allSatisfy(
            instance -> {
              assertThat(instance.condition()).isEqualTo(Condition.RUNNING);
              assertThat(task(instance).agent().value()).isEqualTo("a2");
              assertThat(task(instance).id().incarnation()).isEqualTo(2);
            });
    assertThat(story.state.durable().agents()).doesNotContainKey(FORMER);
    assertThat(story.cluster.destroyed).isEmpty();
  }

  @Test
  void anAppThatWasDeletedMeanwhileIsGone() {
    story.put(Story.stateful("/db", 1));
    story.cluster.cutOff("a");
    story.settle();
    story.ask(new Command.DeleteApp(new AppId("/db"), true, Optional.empty()));
    assertThat(story.instances("/db")).hasSize(1);

    story.cluster.bringBackAs("a", "a2");
    story.settle();

    assertThat(story.instances("/db")).isEmpty();
    assertThat(story.cluster.destroyed).hasSize(1);
  }

  /** Only the volumes of others show that its agent is another one. */
  @Test
  void aTaskWithoutAVolumeIsOverToo() {
    story.put(Story.stateful("/db", 1));
    story.put(Story.stateless("/web", 1));
    TaskId former = task(story.instances("/web").getFirst()).id();
    comeBackAsAnother();

    assertThat(story.instances("/web"))
        .singleElement()
        .satisfies(
            instance -> {
              assertThat(instance.condition()).isEqualTo(Condition.RUNNING);
              assertThat(task(instance).id()).isNotEqualTo(former);
            });
  }

  /** As a master does that is asked, or that notices late. */
  @Test
  void whatIsSaidOfTheFormerAgentLaterChangesNothing() {
    story.put(Story.stateful("/db", 1));
    Instance before = story.instances("/db").getFirst();
    AgentId agent = task(before).agent();
    var record = Objects.requireNonNull(story.state.durable().agents().get(agent));
    comeBackAsAnother();
    Instance after = story.instances("/db").getFirst();

    story.give(
        new Input.Observed(
            new ClusterEvent.AgentReported(record, AgentStatus.UNREACHABLE, Pool.EMPTY)));
    for (TaskId task : List.of(task(before).id(), new TaskId("other.instance-x-1._app.1"))) {
      story.give(
          new Input.Observed(
              new ClusterEvent.TaskUpdated(
                  new TaskUpdate(
                      task,
                      Optional.of(agent),
                      TaskState.TASK_UNREACHABLE,
                      "REASON_RECONCILIATION",
                      "",
                      Optional.empty(),
                      story.now,
                      Optional.empty(),
                      List.of()))));
    }
    story.settle();

    assertThat(story.instances("/db")).containsExactly(after);
    assertThat(story.state.durable().agents()).doesNotContainKey(agent);
    assertThat(story.state.present().unknownTasks()).isEmpty();
  }

  /** The agent lost its identity before it had made the second reservation durable. */
  @Test
  void aReservationThatDidNotComeAlongIsMadeAnew() {
    story.put(Story.stateful("/db", 1));
    story.cluster.operationsDone = 0;
    story.put(Story.stateful("/late", 1));
    story.cluster.operationsDone = Integer.MAX_VALUE;
    String unmade = story.instances("/late").getFirst().reservation().orElseThrow().value();
    comeBackAsAnother();

    assertThat(story.instances("/late"))
        .singleElement()
        .satisfies(
            instance -> {
              assertThat(instance.condition()).isEqualTo(Condition.RUNNING);
              assertThat(instance.reservation().orElseThrow().value()).isNotEqualTo(unmade);
            });
  }
}
