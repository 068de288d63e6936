package io.homeport.model;

import java.time.Instant;
import java.util.Optional;

/**
 * One of the instances of an app.
 *
 * @param id its identity
 * @param appId the app
 * @param ordinal its number within the app, from 0; stable for the life of its volumes
 * @param goal what is wanted of it
 * @param reservation its home, if it has one
 * @param incarnation how many tasks it has had, at most: a restored state counts on from a number
 *     that no task had. The next task gets the one above
 * @param task its current task or its last one
 * @param createdAt when it was made
 */
public record Instance(
    InstanceId id,
    AppId appId,
    int ordinal,
    Goal goal,
    Optional<ReservationId> reservation,
    int incarnation,
    Optional<Task> task,
    Instant createdAt) {

  /** What is known of it: its last task's condition, or scheduled when it waits for a task. */
  public Condition condition() {
    return task.map(Task::condition).orElse(Condition.SCHEDULED);
  }

  /** Whether a process of it may exist. */
  public boolean isLive() {
    return task.isPresent() && task.get().isLive();
  }

  /** Whether it is to run and needs a launch for that. */
  public boolean needsLaunch() {
    return goal == Goal.RUNNING && !isLive();
  }

  /** Whether its volumes lie idle because it is not wanted to run now. */
  public boolean isDetached() {
    return goal == Goal.STOPPED && !isLive();
  }

  /**
   * The same with a higher count of tasks.
   *
   * @param least the next task's incarnation is above this
   */
  public Instance countingFrom(int least) {
    return new Instance(
        id, appId, ordinal, goal, reservation, Math.max(incarnation, least), task, createdAt);
  }

  /**
   * The same with another goal.
   *
   * @param next the goal
   */
  public Instance withGoal(Goal next) {
    return new Instance(id, appId, ordinal, next, reservation, incarnation, task, createdAt);
  }

  /**
   * The same with another task.
   *
   * @param next the task
   */
  public Instance withTask(Task next) {
    return new Instance(
        id,
        appId,
        ordinal,
        goal,
        reservation,
        Math.max(incarnation, next.id().incarnation()),
        Optional.of(next),
        createdAt);
  }

  /**
   * The same with another home or none.
   *
   * @param next the reservation
   */
  public Instance withReservation(Optional<ReservationId> next) {
    return new Instance(id, appId, ordinal, goal, next, incarnation, task, createdAt);
  }
}
