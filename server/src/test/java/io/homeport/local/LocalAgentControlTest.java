package io.homeport.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeport.model.AgentId;
import io.homeport.model.AgentStatus;
import io.homeport.model.TaskId;
import io.homeport.model.TaskState;
import io.homeport.model.TaskUpdate;
import io.homeport.runtime.AgentControl;
import io.homeport.runtime.AgentOperationException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents that are drained, stopped, brought back and declared gone. */
class LocalAgentControlTest {
  private static final AgentId TWO = new AgentId("local-2");

  @TempDir Path directory;
  private TestScheduler scheduler;
  private AgentControl control;
  private TestScheduler.Stateful db;

  @BeforeEach
  void start() throws Exception {
    scheduler = new TestScheduler(TestScheduler.options(directory, 3));
    control = scheduler.engine().agents();
    db = scheduler.launchStateful("db", Apps.app().volumes("data"), TWO);
    scheduler.await(db.task(), TaskState.TASK_RUNNING);
  }

  @AfterEach
  void end() throws Exception {
    Leftovers.end(directory);
    scheduler.close();
  }

  private boolean offersHome(io.homeport.model.Offer offer) {
    return offer.reservations().stream().anyMatch(part -> part.id().equals(db.home().id()));
  }

  @Test
  void agentsShareTheMachine() throws Exception {
    var one = scheduler.await(new AgentId("local-1"), AgentStatus.ACTIVE).total();
    var two = scheduler.await(TWO, AgentStatus.ACTIVE).total();
    assertThat(one.resources().cpus()).isEqualTo(4).isEqualTo(two.resources().cpus());
    assertThat(one.resources().mem()).isEqualTo(1365);
    assertThat(one.ports().ports()).doesNotContainAnyElementsOf(two.ports().ports());
    assertThat(scheduler.engine().limitations())
        .anyMatch(sentence -> sentence.startsWith("All 3 agents are this one machine"));
  }

  @Test
  void aStoppedAgentKeepsItsDiskAndComesBackWithIt() throws Exception {
    control.stop(TWO);
    scheduler.await(TWO, AgentStatus.UNREACHABLE);
    assertThat(scheduler.await(db.task(), TaskState.TASK_UNREACHABLE).uuid()).isEmpty();
    TestScheduler.await("the end", () -> Leftovers.of(db.task()).isEmpty());
    assertThat(scheduler.hasOffer(TWO)).isFalse();
    scheduler.send(new io.homeport.model.Call.Revive());
    restart();
    scheduler.await(TWO, AgentStatus.UNREACHABLE);
    activate(TWO);
    assertThat(scheduler.await(db.task(), TaskState.TASK_FAILED).reason())
        .isEqualTo(TaskUpdate.REASON_AGENT_REBOOTED);
    scheduler.offer(TWO, this::offersHome);
    scheduler.await(scheduler.relaunch(db, 2), TaskState.TASK_RUNNING);
  }

  private void restart() throws IOException {
    scheduler.close();
    scheduler = new TestScheduler(TestScheduler.options(directory, 1)); // fewer than before
    control = scheduler.engine().agents();
  }

  private void activate(AgentId agent) throws InterruptedException {
    TestScheduler.await(
        "an agent that is brought back",
        () -> {
          try {
            control.activate(agent);
            return true;
          } catch (AgentOperationException e) {
            assertThat(e.kind()).isEqualTo(AgentOperationException.Kind.NOT_POSSIBLE);
            return false;
          }
        });
  }

  @Test
  void aDrainedAgentEndsItsTasksWithAReason() throws Exception {
    control.drain(TWO);
    scheduler.await(TWO, AgentStatus.DRAINING);
    assertThat(scheduler.await(db.task(), TaskState.TASK_KILLED).reason())
        .isEqualTo(TaskUpdate.REASON_AGENT_DRAINING);
    scheduler.await(TWO, AgentStatus.DRAINED);
    assertThat(scheduler.hasOffer(TWO)).isFalse();
    control.activate(TWO);
    scheduler.offer(TWO, this::offersHome);
  }

  @Test
  void anAgentThatWasDeclaredGoneComesBackAsAnotherOneWithItsVolumes() throws Exception {
    assertThatThrownBy(() -> control.markGone(TWO))
        .isInstanceOf(AgentOperationException.class)
        .hasMessageContaining("stop it before");
    control.stop(TWO);
    control.markGone(TWO);
    scheduler.await(db.task(), TaskState.TASK_GONE_BY_OPERATOR);
    scheduler.await(TWO, AgentStatus.GONE);
    activate(TWO);
    AgentId reborn = new AgentId("local-2.2");
    scheduler.await(reborn, AgentStatus.ACTIVE);
    scheduler.offer(reborn, this::offersHome);
  }

  @Test
  void anUnknownAgentIsAnError() {
    assertThatThrownBy(() -> control.drain(new AgentId("local-9")))
        .isInstanceOf(AgentOperationException.class)
        .hasMessageContaining("there is no agent 'local-9'");
  }

  @Test
  void sandboxesOfEndedTasksAreKeptByTheStatedPolicy() throws Exception {
    List<TaskRecord> tasks =
        java.util.stream.IntStream.rangeClosed(1, 8)
            .mapToObj(LocalAgentControlTest::ended)
            .toList();
    LocalEngineOptions options =
        TestScheduler.options(directory, 1)
            .withRetention(1 << 20, 2, 5, java.time.Duration.ofDays(1));
    assertThat(SandboxRetention.superfluous(tasks, options, java.time.Instant.ofEpochSecond(9)))
        .extracting(TaskRecord::id)
        .containsExactly("a.instance-x._app.2", "a.instance-x._app.1");
    assertThat(
            SandboxRetention.superfluous(
                tasks, options, java.time.Instant.ofEpochSecond(4 + 24 * 3600)))
        .extracting(TaskRecord::id)
        .containsExactly("a.instance-x._app.3", "a.instance-x._app.2", "a.instance-x._app.1");
  }

  private static TaskRecord ended(int incarnation) {
    java.time.Instant at = java.time.Instant.ofEpochSecond(incarnation);
    return new TaskRecord(
        1,
        new TaskId("a.instance-x._app." + incarnation).value(),
        "boot",
        Optional.empty(),
        io.homeport.model.Resources.NONE,
        List.of(),
        List.of(),
        java.time.Duration.ZERO,
        List.of(),
        Optional.empty(),
        at,
        Optional.empty(),
        Optional.of(new TaskRecord.Outcome(TaskState.TASK_FAILED, "", "", "uuid", at)),
        incarnation != 8);
  }
}
