package io.homeport.local;

import io.homeport.model.AgentId;
import io.homeport.model.TaskState;
import io.homeport.model.TaskUpdate;
import io.homeport.runtime.HealthProbes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A task that has not ended, or whose end is not acknowledged. Lives on the engine's thread. */
final class LocalTask {
  private static final List<String> LOOPBACK = List.of("127.0.0.1");

  /** How far a task is. */
  enum Stage {
    /** Its launch is on record; its supervisor is being started. */
    LAUNCHING,
    /** It runs. */
    RUNNING,
    /** Its supervisor was killed; what is left of it is being ended. */
    ORPHANED,
    /** Nothing of it is left. */
    ENDED
  }

  /** What the agent remembers of it. */
  TaskRecord record;

  /** How far it is. */
  Stage stage;

  /** Its health, as far as its checks have found out. */
  Optional<Boolean> healthy = Optional.empty();

  /** Words about its present state, for people. */
  String message = "";

  /** When the status file was last changed, to see when it changes again. */
  long statusStamp;

  /** What its supervisor last recorded. */
  @Nullable SupervisorStatus status;

  /** Its running health checks. */
  @Nullable HealthProbes probes;

  LocalTask(TaskRecord record, Stage stage) {
    this.record = record;
    this.stage = stage;
  }

  /** Whether something of it may run. */
  boolean isLive() {
    return stage != Stage.ENDED;
  }

  /** Its state in Mesos's terms. */
  TaskState state() {
    if (stage == Stage.ENDED) {
      return record.outcome().map(TaskRecord.Outcome::state).orElse(TaskState.TASK_LOST);
    }
    if (record.killReason().isPresent() || stage == Stage.ORPHANED) {
      return TaskState.TASK_KILLING;
    }
    return stage == Stage.LAUNCHING ? TaskState.TASK_STARTING : TaskState.TASK_RUNNING;
  }

  /**
   * An update about its present state.
   *
   * @param agent the agent
   * @param reason Mesos's reason, or empty
   */
  TaskUpdate update(AgentId agent, String reason) {
    return update(agent, state(), reason, message, Optional.of(UUID.randomUUID().toString()));
  }

  /** An update about its present state that answers a question, and is not acknowledged. */
  TaskUpdate answer(AgentId agent, TaskState state, String reason, String words) {
    return update(agent, state, reason, words, Optional.empty());
  }

  /**
   * The update about its end.
   *
   * @param agent the agent
   * @param outcome how it ended
   */
  TaskUpdate lastUpdate(AgentId agent, TaskRecord.Outcome outcome) {
    return new TaskUpdate(
        record.taskId(),
        Optional.of(agent),
        outcome.state(),
        outcome.reason(),
        outcome.message(),
        Optional.of(outcome.uuid()),
        outcome.at(),
        Optional.empty(),
        List.of());
  }

  private TaskUpdate update(
      AgentId agent, TaskState state, String reason, String words, Optional<String> uuid) {
    return new TaskUpdate(
        record.taskId(),
        Optional.of(agent),
        state,
        reason,
        words,
        uuid,
        Instant.now(),
        isLive() ? healthy : Optional.empty(),
        stage == Stage.RUNNING ? LOOPBACK : List.of());
  }
}
