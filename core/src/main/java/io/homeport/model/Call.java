package io.homeport.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is asked of an engine (Mesos: scheduler calls). */
public sealed interface Call {
  /**
   * Uses offers of one agent; what the operations leave over goes back.
   *
   * @param offers the offers, each answered only here
   * @param agent whose they are
   * @param operations what is done, in order
   * @param refuse for how long what is left over shall not be offered again
   */
  record Accept(List<OfferId> offers, AgentId agent, List<Operation> operations, Duration refuse)
      implements Call {}

  /**
   * Gives offers back.
   *
   * @param offers the offers
   * @param refuse for how long the same resources shall not be offered again; a revive ends it
   */
  record Decline(List<OfferId> offers, Duration refuse) implements Call {}

  /**
   * Ends a task. Engines forget it when the task is out of reach, so it is repeated on return.
   *
   * @param task the task
   * @param agent where it is
   * @param grace between the polite signal and the forced one; the engine's default if absent
   */
  record Kill(TaskId task, AgentId agent, Optional<Duration> grace) implements Call {}

  /**
   * Confirms that an update is on disk here, so that it need not be repeated.
   *
   * @param task the task
   * @param agent where it is
   * @param uuid the update's
   */
  record Acknowledge(TaskId task, AgentId agent, String uuid) implements Call {}

  /**
   * Confirms that an operation's outcome is on disk here.
   *
   * @param operation the operation
   * @param agent where it was
   * @param uuid the update's
   */
  record AcknowledgeOperation(OperationId operation, AgentId agent, String uuid) implements Call {}

  /**
   * Asks for the state of tasks; answered by updates without uuid.
   *
   * @param tasks those in question; none means all that the engine knows of us
   */
  record Reconcile(List<KnownTask> tasks) implements Call {}

  /**
   * Asks what became of operations; answered by updates.
   *
   * @param operations those in question
   */
  record ReconcileOperations(List<KnownOperation> operations) implements Call {}

  /** Wants offers again, and forgets all refusals. */
  record Revive() implements Call {}

  /** Wants no offers for now. */
  record Suppress() implements Call {}

  /**
   * A task and where we believe it is.
   *
   * @param task the task
   * @param agent its agent
   */
  record KnownTask(TaskId task, AgentId agent) {}

  /**
   * An operation and where it was sent.
   *
   * @param operation the operation
   * @param agent its agent
   */
  record KnownOperation(OperationId operation, AgentId agent) {}
}
