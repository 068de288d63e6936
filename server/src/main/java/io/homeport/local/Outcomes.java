package io.homeport.local;

import io.homeport.model.TaskState;
import io.homeport.model.TaskUpdate;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What the end of a process means for its task, in the words of Mesos's command executor. */
final class Outcomes {
  private static final String[] SIGNALS = {
    "",
    "Hangup",
    "Interrupt",
    "Quit",
    "Illegal instruction",
    "Trace/breakpoint trap",
    "Aborted",
    "Bus error",
    "Floating point exception",
    "Killed",
    "User defined signal 1",
    "Segmentation fault",
    "User defined signal 2",
    "Broken pipe",
    "Alarm clock",
    "Terminated"
  };

  private Outcomes() {}

  /** How a run ended, as its supervisor recorded it. */
  static TaskRecord.Outcome of(TaskRecord task, SupervisorStatus status) {
    String words = words(status);
    Optional<String> killed = task.killReason();
    if (killed.isPresent() && killed.get().equals(AgentTasks.SWITCHED_OFF)) {
      return of(
          TaskState.TASK_FAILED, TaskUpdate.REASON_AGENT_REBOOTED, "Its agent was switched off");
    }
    if (killed.isPresent()) {
      return of(TaskState.TASK_KILLED, killed.get(), words);
    }
    if (status.signalled()) {
      return of(
          TaskState.TASK_FAILED,
          "",
          words + ", after somebody else than Homeport asked its supervisor to end it");
    }
    boolean well = status.exit().isPresent() && status.exit().getAsInt() == 0;
    return of(well ? TaskState.TASK_FINISHED : TaskState.TASK_FAILED, "", words);
  }

  /** An outcome of now. */
  static TaskRecord.Outcome of(TaskState state, String reason, String message) {
    return new TaskRecord.Outcome(
        state, reason, message, UUID.randomUUID().toString(), Instant.now());
  }

  private static String words(SupervisorStatus status) {
    String words = "Command ended";
    if (status.exit().isPresent()) {
      words = "Command exited with status " + status.exit().getAsInt();
    } else if (status.signal().isPresent()) {
      words = "Command terminated with signal " + signal(status.signal().getAsInt());
    }
    return status.message().isEmpty() ? words : words + ": " + status.message();
  }

  private static String signal(int number) {
    return number > 0 && number < SIGNALS.length ? SIGNALS[number] : Integer.toString(number);
  }
}
