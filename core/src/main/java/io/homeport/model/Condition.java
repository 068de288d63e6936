package io.homeport.model;

/** Marathon's condition of an instance, derived from its last task. */
public enum Condition {
  /** It has no task and waits for a place. */
  SCHEDULED("Scheduled", "TASK_STAGING"),
  /** Its launch is committed; nothing was heard of it yet. */
  PROVISIONED("Provisioned", "TASK_STAGING"),
  /** The agent has the task. */
  STAGING("Staging", "TASK_STAGING"),
  /** The executor has the task. */
  STARTING("Starting", "TASK_STARTING"),
  /** The task runs. */
  RUNNING("Running", "TASK_RUNNING"),
  /** The task is ending on request. */
  KILLING("Killing", "TASK_KILLING"),
  /** The agent is out of reach; the task may well be running. */
  UNREACHABLE("Unreachable", "TASK_UNREACHABLE"),
  /** The task ended well by itself. */
  FINISHED("Finished", "TASK_FINISHED"),
  /** The task ended badly by itself. */
  FAILED("Failed", "TASK_FAILED"),
  /** The task was ended on request. */
  KILLED("Killed", "TASK_KILLED"),
  /** The engine refused the task's description. */
  ERROR("Error", "TASK_ERROR"),
  /** The agent lost the task. */
  GONE("Gone", "TASK_GONE"),
  /** An operator declared the agent gone for good. */
  GONE_BY_OPERATOR("Gone", "TASK_GONE_BY_OPERATOR"),
  /** The task was never launched. */
  DROPPED("Dropped", "TASK_DROPPED"),
  /** The engine has no knowledge of the task. */
  UNKNOWN("Unknown", "TASK_UNKNOWN");

  private final String marathonName;
  private final String taskState;

  Condition(String marathonName, String taskState) {
    this.marathonName = marathonName;
    this.taskState = taskState;
  }

  /** The name in Marathon's {@code instance_changed_event}. */
  public String marathonName() {
    return marathonName;
  }

  /** The {@code state} that Marathon's task objects show. */
  public String taskState() {
    return taskState;
  }

  /** Whether the task has ended, or never was, and nothing of it runs any more. */
  public boolean isTerminal() {
    return switch (this) {
      case FINISHED, FAILED, KILLED, ERROR, GONE, GONE_BY_OPERATOR, DROPPED, UNKNOWN -> true;
      case SCHEDULED, PROVISIONED, STAGING, STARTING, RUNNING, KILLING, UNREACHABLE -> false;
    };
  }

  /**
   * Whether a process of the task may exist: launched (or about to be), and not known to be over.
   */
  public boolean isLive() {
    return this != SCHEDULED && !isTerminal();
  }

  /**
   * The condition a task update stands for.
   *
   * @param state what the engine says
   * @param reason Mesos's reason, such as {@code REASON_AGENT_REMOVED}; may be empty. It decides
   *     about {@link TaskState#TASK_LOST} alone, as in Marathon's TaskConditionMapping
   */
  public static Condition of(TaskState state, String reason) {
    return switch (state) {
      case TASK_STAGING -> STAGING;
      case TASK_STARTING -> STARTING;
      case TASK_RUNNING -> RUNNING;
      case TASK_KILLING -> KILLING;
      case TASK_FINISHED -> FINISHED;
      case TASK_FAILED -> FAILED;
      case TASK_KILLED -> KILLED;
      case TASK_ERROR -> ERROR;
      case TASK_DROPPED -> DROPPED;
      case TASK_UNREACHABLE -> UNREACHABLE;
      case TASK_GONE -> GONE;
      case TASK_GONE_BY_OPERATOR -> GONE_BY_OPERATOR;
      case TASK_UNKNOWN -> UNKNOWN;
      case TASK_LOST ->
          switch (reason) {
            case "REASON_RECONCILIATION",
                "REASON_SLAVE_DISCONNECTED",
                "REASON_AGENT_DISCONNECTED",
                "REASON_SLAVE_REMOVED",
                "REASON_AGENT_REMOVED" ->
                UNREACHABLE;
            default -> GONE;
          };
    };
  }
}
