package io.homeport.scheduler;

import io.homeport.model.Condition;
import io.homeport.model.Task;

/** Tasks as tests need them. */
final class Tasks {
  private Tasks() {}

  /** The same task, of which something else is known. */
  static Task in(Task task, Condition condition) {
    return new Task(
        task.id(),
        task.agent(),
        task.hostname(),
        task.version(),
        condition,
        task.stagedAt(),
        task.startedAt(),
        task.changedAt(),
        task.ports(),
        task.ipAddresses(),
        task.killRequestedAt(),
        task.killGracePeriod(),
        task.message());
  }
}
