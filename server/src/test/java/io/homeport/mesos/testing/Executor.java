package io.homeport.mesos.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;
import org.apache.mesos.v1.Protos.HealthCheck;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;

/** A task on an agent, with its command executor, its health, and its updates on their way. */
final class Executor {
  private static final Duration DEFAULT_GRACE = Duration.ofSeconds(3);

  /** How long an executor lives on that has nothing to run. */
  private static final Duration LAST_BREATH = Duration.ofMillis(700);

  private static final Duration QUOTA_PERIOD = Duration.ofSeconds(1);

  private final Turns turns;
  private final Agent agent;
  private final String framework;
  private final TaskInfo task;
  private final String container = UUID.randomUUID().toString();
  private final Deque<TaskStatus> unacknowledged = new ArrayDeque<>();
  private Optional<TaskProcess> process = Optional.empty();
  private Optional<TaskStatus.Reason> killedFor = Optional.empty();
  private Optional<Boolean> healthy = Optional.empty();
  private Optional<String> overQuota = Optional.empty();
  private TaskState state = TaskState.TASK_STAGING;
  private boolean killing;
  private boolean lost;
  private int failures;
  private long runningSince;

  Executor(Turns turns, Agent agent, String framework, TaskInfo task) {
    this.turns = turns;
    this.agent = agent;
    this.framework = framework;
    this.task = task;
  }

  String framework() {
    return framework;
  }

  TaskInfo task() {
    return task;
  }

  String id() {
    return task.getTaskId().getValue();
  }

  String container() {
    return container;
  }

  TaskState state() {
    return state;
  }

  Optional<Boolean> healthy() {
    return healthy;
  }

  boolean hasEnded() {
    return Statuses.isTerminal(state);
  }

  Deque<TaskStatus> unacknowledged() {
    return unacknowledged;
  }

  void start(Path sandbox) {
    try {
      TaskProcess started = TaskProcess.start(task, sandbox);
      process = Optional.of(started);
      become(TaskState.TASK_STARTING, Optional.empty(), "");
      turns.soon(() -> running(started));
      var _ = started.ended().thenAccept(exit -> turns.now(() -> ended(exit)));
    } catch (IOException e) {
      become(TaskState.TASK_STARTING, Optional.empty(), "");
      turns.after(LAST_BREATH, this::terminated);
    }
  }

  private void running(TaskProcess started) {
    if (hasEnded()) {
      return;
    }
    become(TaskState.TASK_RUNNING, Optional.empty(), "");
    runningSince = System.nanoTime();
    if (task.hasHealthCheck()) {
      HealthCheck check = task.getHealthCheck();
      turns.after(seconds(check.getDelaySeconds() + check.getIntervalSeconds()), this::check);
    }
    if (agent.enforcesQuota()) {
      turns.after(QUOTA_PERIOD, () -> measure(started));
    }
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis((long) (seconds * 1000));
  }

  private void measure(TaskProcess started) {
    if (hasEnded() || lost) {
      return;
    }
    Optional<String> over = agent.overQuota(task);
    if (over.isPresent()) {
      overQuota = over;
      started.kill();
    } else {
      turns.after(QUOTA_PERIOD, () -> measure(started));
    }
  }

  /** The check itself runs outside the turn: it may take its time. */
  private void check() {
    if (hasEnded() || killing || lost || process.isEmpty()) {
      return;
    }
    TaskProcess run = process.get();
    Thread.ofVirtual()
        .start(
            () -> {
              boolean good = run.isHealthy();
              turns.now(() -> judge(good));
            });
  }

  private void judge(boolean good) {
    if (hasEnded() || killing || lost) {
      return;
    }
    HealthCheck check = task.getHealthCheck();
    double age = (System.nanoTime() - runningSince) / 1e9;
    if (!good && healthy.isEmpty() && age < check.getGracePeriodSeconds()) {
      turns.after(seconds(check.getIntervalSeconds()), this::check); // it may still be starting
      return;
    }
    failures = good ? 0 : failures + 1;
    boolean news = !healthy.equals(Optional.of(good));
    healthy = Optional.of(good);
    if (news || !good) {
      become(
          TaskState.TASK_RUNNING,
          Optional.of(TaskStatus.Reason.REASON_TASK_HEALTH_CHECK_STATUS_UPDATED),
          "");
    }
    if (failures >= check.getConsecutiveFailures()) {
      kill(Optional.empty(), Optional.empty());
    } else {
      turns.after(seconds(check.getIntervalSeconds()), this::check);
    }
  }

  /** Ends the task politely, and after its grace by force. */
  void kill(Optional<Duration> grace, Optional<TaskStatus.Reason> why) {
    if (killing || hasEnded() || lost) {
      return;
    }
    killing = true;
    killedFor = why;
    Optional<Boolean> last = healthy;
    healthy = Optional.empty();
    become(TaskState.TASK_KILLING, why, "");
    healthy = last;
    process.ifPresent(
        run -> {
          run.terminate();
          turns.after(grace.orElseGet(this::grace), run::kill);
        });
  }

  private Duration grace() {
    return task.hasKillPolicy()
        ? Duration.ofNanos(task.getKillPolicy().getGracePeriod().getNanoseconds())
        : DEFAULT_GRACE;
  }

  /** The executor dies with its task, as when the machine is switched off. */
  void crash() {
    if (!hasEnded()) {
      lost = true;
      process.ifPresent(TaskProcess::kill);
    }
  }

  /** The agent is back, and finds an executor that died, if it did. */
  void recover() {
    if (lost && !hasEnded()) {
      terminated();
    }
  }

  private void terminated() {
    push(
        agent
            .status(this, TaskState.TASK_FAILED)
            .setSource(TaskStatus.Source.SOURCE_AGENT)
            .setReason(TaskStatus.Reason.REASON_EXECUTOR_TERMINATED)
            .setMessage("Executor terminated")
            .clearContainerStatus()
            .build());
  }

  private void ended(int exit) {
    if (hasEnded() || lost) {
      return;
    }
    if (overQuota.isPresent()) {
      TaskStatus.Builder status =
          agent
              .status(this, TaskState.TASK_FAILED)
              .setSource(TaskStatus.Source.SOURCE_AGENT)
              .setReason(TaskStatus.Reason.REASON_CONTAINER_LIMITATION_DISK)
              .setMessage(overQuota.get())
              .clearContainerStatus();
      status.getLimitationBuilder().addAllResources(agent.volumes(task));
      push(status.build());
    } else if (killing) {
      become(TaskState.TASK_KILLED, killedFor, TaskProcess.describe(exit));
    } else {
      TaskState end = exit == 0 ? TaskState.TASK_FINISHED : TaskState.TASK_FAILED;
      become(end, Optional.empty(), TaskProcess.describe(exit));
    }
  }

  private void become(TaskState next, Optional<TaskStatus.Reason> reason, String message) {
    TaskStatus.Builder status =
        agent.status(this, next).setSource(TaskStatus.Source.SOURCE_EXECUTOR);
    reason.ifPresent(status::setReason);
    healthy.ifPresent(status::setHealthy);
    if (!message.isEmpty()) {
      status.setMessage(message);
    }
    push(status.build());
  }

  private void push(TaskStatus status) {
    state = status.getState();
    unacknowledged.addLast(status);
    if (unacknowledged.size() == 1) {
      agent.send(this);
    }
  }

  long pid() {
    return process.map(TaskProcess::pid).orElse(0L);
  }

  /** Whatever is left of it is ended; for the end of a test. */
  void destroy() {
    lost = true;
    process.ifPresent(TaskProcess::kill);
  }
}
