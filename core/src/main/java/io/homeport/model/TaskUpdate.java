package io.homeport.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an engine reports of a task (Mesos: {@code TaskStatus}).
 *
 * @param task the task
 * @param agent the agent it is or was on; absent when the engine does not know
 * @param state its state
 * @param reason Mesos's reason, such as {@code REASON_COMMAND_EXECUTOR_FAILED}; empty if none.
 *     {@link #REASON_AGENT_REBOOTED} is ours
 * @param message a sentence for people; may be empty
 * @param uuid to be acknowledged with; absent for updates the engine made up itself
 *     (reconciliation), which must not be acknowledged
 * @param timestamp when it happened
 * @param healthy the outcome of the task's health checks; absent while there is none
 * @param ipAddresses the task's addresses, as far as known
 */
public record TaskUpdate(
    TaskId task,
    Optional<AgentId> agent,
    TaskState state,
    String reason,
    String message,
    Optional<String> uuid,
    Instant timestamp,
    Optional<Boolean> healthy,
    List<String> ipAddresses) {
  /** The task ended because its machine was restarted: no fault of the task, so no back-off. */
  public static final String REASON_AGENT_REBOOTED = "REASON_AGENT_REBOOTED";

  /** The task ended because its agent was drained: no fault of the task, so no back-off. */
  public static final String REASON_AGENT_DRAINING = "REASON_AGENT_DRAINING";

  /**
   * The task failed its health checks as often in a row as its app allows, and the engine leaves
   * the killing to us. Mesos's executors kill by themselves, and report every single failure under
   * another reason.
   */
  public static final String REASON_UNHEALTHY = "REASON_UNHEALTHY";

  /** The volume was not vacant, so the launch was refused; the message names who holds it. */
  public static final String REASON_VOLUME_IN_USE = "REASON_VOLUME_IN_USE";

  /** The condition that it stands for. */
  public Condition condition() {
    return Condition.of(state, reason);
  }
}
