package io.homeport.state;

import io.homeport.model.OperationId;
import io.homeport.model.TaskId;
import java.time.Instant;
import java.util.Optional;
import org.pcollections.PSortedSet;
import org.pcollections.TreePSet;

/**
 * Which tasks and operations the engine has yet to tell us about, and when it is asked next. Asking
 * again matters: a master that has just started answers nothing until its agents are back (Mesos
 * tape 04).
 *
 * @param tasks tasks in doubt
 * @param operations operations in doubt
 * @param rounds how often was asked since everything had answered
 * @param nextAt when is asked next; absent before the first connection
 */
public record Reconciliation(
    PSortedSet<TaskId> tasks,
    PSortedSet<OperationId> operations,
    int rounds,
    Optional<Instant> nextAt) {
  /** Nothing in doubt. */
  public static final Reconciliation NONE =
      new Reconciliation(TreePSet.empty(), TreePSet.empty(), 0, Optional.empty());

  /** Whether everything has answered. */
  public boolean isComplete() {
    return tasks.isEmpty() && operations.isEmpty();
  }

  /**
   * The same with a further task in doubt.
   *
   * @param task the task
   * @param at when is asked at the latest
   */
  public Reconciliation with(TaskId task, Instant at) {
    return new Reconciliation(tasks.plus(task), operations, rounds, nextBy(at));
  }

  /**
   * The same with a further operation in doubt.
   *
   * @param operation the operation
   * @param at when is asked at the latest
   */
  public Reconciliation with(OperationId operation, Instant at) {
    return new Reconciliation(tasks, operations.plus(operation), rounds, nextBy(at));
  }

  private Optional<Instant> nextBy(Instant at) {
    return nextAt.filter(at::isAfter).or(() -> Optional.of(at));
  }

  /**
   * The same without a task.
   *
   * @param task the task that was answered for
   */
  public Reconciliation without(TaskId task) {
    return new Reconciliation(tasks.minus(task), operations, rounds, nextAt);
  }

  /**
   * The same without an operation.
   *
   * @param operation the operation that was answered for
   */
  public Reconciliation without(OperationId operation) {
    return new Reconciliation(tasks, operations.minus(operation), rounds, nextAt);
  }
}
