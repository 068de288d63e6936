package io.homeport.local;

import io.homeport.model.HealthCheck;
import io.homeport.model.PortRanges;
import io.homeport.model.Resources;
import io.homeport.model.TaskId;
import io.homeport.model.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A task, as the agent remembers it: the intent to launch it is written before anything is started,
 * and how it ended before anybody is told. No environment is in here: it may hold secrets.
 *
 * @param format the version of this record's format
 * @param id the task
 * @param boot the boot of the machine during which it was launched
 * @param reservation whose resources it uses; unreserved ones when absent
 * @param resources what it uses of unreserved resources
 * @param ports its host ports, in order
 * @param mounts its volumes
 * @param grace between the polite signal and the forced one
 * @param healthChecks how it is found out whether it works
 * @param container its container's name, when it runs an image
 * @param launchedAt when its launch was accepted
 * @param killReason why its end was requested (Mesos's reason, or empty); absent when it was not
 * @param outcome how it ended
 * @param acknowledged whether its outcome has been acknowledged
 */
record TaskRecord(
    int format,
    String id,
    String boot,
    Optional<String> reservation,
    Resources resources,
    List<Integer> ports,
    List<Mount> mounts,
    Duration grace,
    List<HealthCheck> healthChecks,
    Optional<String> container,
    Instant launchedAt,
    Optional<String> killReason,
    Optional<Outcome> outcome,
    boolean acknowledged) {
  /**
   * A volume in a task.
   *
   * @param volume the volume
   * @param containerPath where the task sees it
   */
  record Mount(String volume, String containerPath) {}

  /**
   * How a task ended.
   *
   * @param state a terminal state
   * @param reason Mesos's reason, or empty
   * @param message for people
   * @param uuid the update's, to be acknowledged with
   * @param at when
   */
  record Outcome(TaskState state, String reason, String message, String uuid, Instant at) {}

  /** The task's id. */
  TaskId taskId() {
    return new TaskId(id);
  }

  /** The unreserved ports it uses. */
  PortRanges unreservedPorts() {
    return reservation.isPresent() ? PortRanges.NONE : PortRanges.ofPorts(ports);
  }

  /** The same, whose end is requested. */
  TaskRecord killed(String reason) {
    return with(Optional.of(reason), outcome, acknowledged);
  }

  /** The same, ended. */
  TaskRecord ended(Outcome how) {
    return with(killReason, Optional.of(how), acknowledged);
  }

  /** The same, whose outcome was acknowledged. */
  TaskRecord settled() {
    return with(killReason, outcome, true);
  }

  private TaskRecord with(
      Optional<String> nextKillReason, Optional<Outcome> nextOutcome, boolean nextAcknowledged) {
    return new TaskRecord(
        format,
        id,
        boot,
        reservation,
        resources,
        ports,
        mounts,
        grace,
        healthChecks,
        container,
        launchedAt,
        nextKillReason,
        nextOutcome,
        nextAcknowledged);
  }
}
