package io.homeport.local;

import io.homeport.model.AgentId;
import io.homeport.model.TaskId;
import io.homeport.model.TaskLaunch;
import io.homeport.model.TaskState;
import io.homeport.model.TaskUpdate;
import io.homeport.runtime.HealthProbes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/** The tasks of one agent: launched, watched, ended, and found again. Engine's thread only. */
final class AgentTasks {
  /** Reason of a kill that stands for the machine being switched off. */
  static final String SWITCHED_OFF = TaskUpdate.REASON_AGENT_REBOOTED;

  private static final int POLLS_PER_LIFE_CHECK = 5;
  private final Supplier<AgentId> agent;
  private final AgentDirectories directories;
  private final AgentLedger ledger;
  private final TaskLauncher launcher;
  private final Machine machine;
  private final EngineThread thread;
  private final UpdateOutbox outbox;
  private final Runnable freed;
  private final SortedMap<TaskId, LocalTask> tasks = new TreeMap<>();
  private long polls;

  AgentTasks(
      Supplier<AgentId> agent,
      AgentDirectories directories,
      AgentLedger ledger,
      TaskLauncher launcher,
      Machine machine,
      EngineThread thread,
      UpdateOutbox outbox,
      Runnable freed) {
    this.agent = agent;
    this.directories = directories;
    this.ledger = ledger;
    this.launcher = launcher;
    this.machine = machine;
    this.thread = thread;
    this.outbox = outbox;
    this.freed = freed;
  }

  /** Those that have not ended, and those whose end is not acknowledged. */
  Collection<LocalTask> all() {
    return tasks.values();
  }

  /** Those that have not ended. */
  List<LocalTask> live() {
    return tasks.values().stream().filter(LocalTask::isLive).toList();
  }

  /** A task, also one that has ended, as long as its sandbox is kept. */
  Optional<LocalTask> find(TaskId task) {
    LocalTask known = tasks.get(task);
    if (known != null) {
      return Optional.of(known);
    }
    try {
      return ledger.task(task).map(record -> new LocalTask(record, LocalTask.Stage.ENDED));
    } catch (IOException e) {
      Log.LOGGER.warn("the record of {} cannot be read", task, e);
      return Optional.empty();
    }
  }

  /** Finds the tasks of an earlier server again, and learns what became of them meanwhile. */
  void recover() throws IOException {
    for (TaskRecord record : ledger.tasks()) {
      LocalTask task = new LocalTask(record, LocalTask.Stage.LAUNCHING);
      if (record.outcome().isPresent()) {
        task.stage = LocalTask.Stage.ENDED;
        if (!record.acknowledged()) {
          tasks.put(record.taskId(), task);
          outbox.send(task.lastUpdate(agent.get(), record.outcome().get()));
        }
      } else {
        tasks.put(record.taskId(), task);
        resume(task);
      }
    }
  }

  private void resume(LocalTask task) throws IOException {
    if (!task.record.boot().equals(machine.boot())) {
      end(
          task,
          TaskState.TASK_FAILED,
          TaskUpdate.REASON_AGENT_REBOOTED,
          "The machine was restarted");
      return;
    }
    Path run = directories.run(task.record.taskId());
    if (SupervisorStatus.read(run).isPresent()) {
      running(task);
    } else if (!Supervisor.isAlive(run)) {
      // Without its spec, a supervisor that might still be on its way starts nothing.
      Files.deleteIfExists(run.resolve("spec"));
      if (!Supervisor.isAlive(run) && SupervisorStatus.read(run).isEmpty()) {
        end(task, TaskState.TASK_DROPPED, "", "The server ended before the task was started");
      }
    } // else its supervisor is just starting; the next look will tell
  }

  /**
   * Launches a task. The intent is on disk before anything is started.
   *
   * @throws IOException when it cannot be recorded, and therefore was not launched
   */
  void launch(TaskLaunch launch, TaskRecord record) throws IOException {
    ledger.put(record);
    LocalTask task = new LocalTask(record, LocalTask.Stage.LAUNCHING);
    tasks.put(record.taskId(), task);
    outbox.send(task.update(agent.get(), ""));
    thread.background(
        () -> {
          try {
            Supervisor.Start start = launcher.launch(launch, record);
            thread.execute(() -> launched(task, start));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the engine closes; the next one finds out
          }
        });
  }

  private void launched(LocalTask task, Supervisor.Start start) {
    if (task.stage != LocalTask.Stage.LAUNCHING) {
      return;
    }
    switch (start) {
      case Supervisor.Start.Started _ -> running(task);
      case Supervisor.Start.VolumeInUse(String why) ->
          end(task, TaskState.TASK_DROPPED, TaskUpdate.REASON_VOLUME_IN_USE, why);
      case Supervisor.Start.Refused(String why) -> {
        Optional<String> killed = task.record.killReason();
        end(
            task,
            killed.isPresent() ? TaskState.TASK_KILLED : TaskState.TASK_FAILED,
            killed.orElse("REASON_CONTAINER_LAUNCH_FAILED"),
            why);
      }
    }
  }

  private void running(LocalTask task) {
    task.stage = LocalTask.Stage.RUNNING;
    outbox.send(task.update(agent.get(), ""));
    if (!task.record.healthChecks().isEmpty() && task.record.killReason().isEmpty()) {
      HealthProbe probe = new HealthProbe(task.record.ports(), line -> shell(task, line));
      task.probes =
          new HealthProbes(
              task.record.healthChecks(),
              probe,
              (healthy, why) -> thread.execute(() -> healthChanged(task, healthy, why)));
      task.probes.start();
    }
    look(task, true);
  }

  private Process shell(LocalTask task, String line) {
    return TaskShell.start(
        machine,
        task.record,
        directories.sandbox(task.record.taskId()),
        directories.run(task.record.taskId()),
        line);
  }

  private void healthChanged(LocalTask task, boolean healthy, String why) {
    if (task.stage == LocalTask.Stage.RUNNING && task.record.killReason().isEmpty()) {
      task.healthy = Optional.of(healthy);
      task.message = healthy ? "" : "Health check failed: " + why;
      outbox.send(
          task.update(
              agent.get(),
              healthy ? "REASON_TASK_HEALTH_CHECK_STATUS_UPDATED" : TaskUpdate.REASON_UNHEALTHY));
    }
  }

  /**
   * Ends a task.
   *
   * @param task one that lives
   * @param grace between the polite signal and the forced one; its own when absent
   * @param reason Mesos's reason, or empty
   */
  void kill(LocalTask task, Optional<Duration> grace, String reason) {
    Path run = directories.run(task.record.taskId());
    try {
      if (task.record.killReason().isEmpty()) {
        TaskRecord killed = task.record.killed(reason);
        ledger.put(killed);
        task.record = killed;
        stopProbes(task);
        outbox.send(task.update(agent.get(), reason));
      }
      DurableFiles.makeDirectory(run, "rwx------");
      Supervisor.requestEnd(run, grace.orElse(task.record.grace()));
    } catch (IOException e) {
      Log.LOGGER.error("{} cannot be ended now", task.record.id(), e);
    }
  }

  /** Looks after every task. */
  void poll() {
    boolean thorough = polls++ % POLLS_PER_LIFE_CHECK == 0;
    for (LocalTask task : List.copyOf(tasks.values())) {
      if (task.stage == LocalTask.Stage.RUNNING) {
        look(task, thorough);
      }
    }
  }

  /** Tasks found while their supervisor was starting. Called seldom. */
  void lookForLateStarters() {
    for (LocalTask task : List.copyOf(tasks.values())) {
      Path run = directories.run(task.record.taskId());
      try {
        if (task.stage == LocalTask.Stage.LAUNCHING && SupervisorStatus.read(run).isPresent()) {
          running(task);
        }
      } catch (IOException e) {
        Log.LOGGER.warn("{} cannot be looked at", task.record.id(), e);
      }
    }
  }

  private void look(LocalTask task, boolean thorough) {
    Path run = directories.run(task.record.taskId());
    try {
      long stamp =
          Files.getLastModifiedTime(run.resolve("status"))
              .to(java.util.concurrent.TimeUnit.NANOSECONDS);
      SupervisorStatus status = task.status;
      if (status == null || stamp != task.statusStamp) {
        status = SupervisorStatus.read(run).orElseThrow(() -> new IOException("no status"));
        task.status = status;
        task.statusStamp = stamp;
      }
      if (status.phase() == SupervisorStatus.Phase.ENDED) {
        ended(task, status);
      } else if (thorough && !status.supervisor().isAlive()) {
        // It may have ended well just now.
        SupervisorStatus last = SupervisorStatus.read(run).orElse(status);
        if (last.phase() == SupervisorStatus.Phase.ENDED) {
          ended(task, last);
        } else {
          orphaned(task, last);
        }
      }
    } catch (IOException e) {
      Log.LOGGER.warn("{} cannot be looked at", task.record.id(), e);
    }
  }

  private void orphaned(LocalTask task, SupervisorStatus status) {
    task.stage = LocalTask.Stage.ORPHANED;
    stopProbes(task);
    String id = task.record.id();
    Optional<ProcessIdentity> main = Optional.of(status.main());
    Duration grace = task.record.grace();
    thread.background(
        () -> {
          try {
            List<ProcessIdentity> left = OrphanReaper.find(id, main);
            if (!left.isEmpty()) {
              thread.execute(() -> showOrphans(task, left));
              OrphanReaper.end(id, main, grace);
            }
            thread.execute(() -> orphansGone(task, status));
          } catch (IOException e) {
            Log.LOGGER.error("what is left of {} cannot be ended", id, e);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the engine closes; the next one goes on
          }
        });
  }

  private void showOrphans(LocalTask task, List<ProcessIdentity> left) {
    task.message =
        "Its supervisor was killed; what is left of it is being ended: "
            + String.join(
                ", ", left.stream().limit(5).map(process -> "process " + process.pid()).toList());
    Log.LOGGER.warn("{}: {}", task.record.id(), task.message);
    outbox.send(task.update(agent.get(), "REASON_EXECUTOR_TERMINATED"));
  }

  private void orphansGone(LocalTask task, SupervisorStatus status) {
    Optional<String> killed = task.record.killReason();
    TaskRecord.Outcome how =
        killed.isPresent() || status.exit().isPresent()
            ? Outcomes.of(task.record, status)
            : Outcomes.of(
                TaskState.TASK_FAILED,
                "REASON_EXECUTOR_TERMINATED",
                "Its supervisor was killed, and what was left of it was ended");
    end(task, how);
  }

  private void ended(LocalTask task, SupervisorStatus status) {
    end(task, Outcomes.of(task.record, status));
  }

  private void end(LocalTask task, TaskState state, String reason, String message) {
    end(
        task,
        new TaskRecord.Outcome(
            state, reason, message, UUID.randomUUID().toString(), Instant.now()));
  }

  private void end(LocalTask task, TaskRecord.Outcome outcome) {
    TaskRecord ended = task.record.ended(outcome);
    try {
      ledger.put(ended);
    } catch (IOException e) {
      // Nobody may hear of it before it is safe. With no room on the disk this is tried again.
      Log.LOGGER.error("the end of {} cannot be recorded now", task.record.id(), e);
      task.stage = LocalTask.Stage.RUNNING;
      return;
    }
    task.record = ended;
    task.stage = LocalTask.Stage.ENDED;
    stopProbes(task);
    machine.controlGroups().remove(FileNames.of(ended.id()));
    outbox.forget(ended.taskId());
    outbox.send(task.lastUpdate(agent.get(), outcome));
    freed.run();
  }

  private static void stopProbes(LocalTask task) {
    HealthProbes probes = task.probes;
    if (probes != null) {
      probes.stop();
      task.probes = null;
    }
  }

  /** An update's acknowledgement came. */
  void acknowledge(TaskId id, String uuid) {
    outbox.acknowledged(id, uuid);
    LocalTask task = tasks.get(id);
    Optional<TaskRecord.Outcome> outcome = task == null ? Optional.empty() : task.record.outcome();
    if (task == null || outcome.filter(how -> how.uuid().equals(uuid)).isEmpty()) {
      return;
    }
    try {
      ledger.put(task.record.settled());
      tasks.remove(id);
    } catch (IOException e) {
      Log.LOGGER.warn("{}: its acknowledgement cannot be recorded", id, e);
    }
  }

  /** Says again how each task is. */
  void reportAll(String reason) {
    for (LocalTask task : new ArrayList<>(tasks.values())) {
      if (task.isLive()) {
        outbox.send(task.update(agent.get(), reason));
      }
    }
  }

  /** Stops looking after the tasks; they go on. */
  void close() {
    tasks.values().forEach(AgentTasks::stopProbes);
  }
}
