package io.homeport.model;

/** What an engine says of a task, in Mesos's terms (mesos.proto, {@code TaskState}). */
public enum TaskState {
  /** Accepted by the agent, not started. */
  TASK_STAGING,
  /** Its executor has it. */
  TASK_STARTING,
  /** It runs. */
  TASK_RUNNING,
  /** It was told to end and has not yet. */
  TASK_KILLING,
  /** Ended by itself, well. Terminal. */
  TASK_FINISHED,
  /** Ended by itself, badly. Terminal. */
  TASK_FAILED,
  /** Ended by us. Terminal. */
  TASK_KILLED,
  /** Its description was refused. Terminal. */
  TASK_ERROR,
  /** Lost, said to frameworks that are not partition aware. See {@link Condition#of}. */
  TASK_LOST,
  /** Never launched. Terminal. */
  TASK_DROPPED,
  /** Its agent is out of reach; it may well be running. */
  TASK_UNREACHABLE,
  /** Its agent is in reach and does not know it. Terminal. */
  TASK_GONE,
  /** An operator declared its agent gone for good. Terminal. */
  TASK_GONE_BY_OPERATOR,
  /** Nobody knows it. */
  TASK_UNKNOWN;

  /**
   * Whether nothing more is to come, taken literally; what it means to the core says {@link
   * Condition#of}.
   */
  public boolean hasEnded() {
    return switch (this) {
      case TASK_STAGING, TASK_STARTING, TASK_RUNNING, TASK_KILLING, TASK_UNREACHABLE -> false;
      case TASK_FINISHED,
          TASK_FAILED,
          TASK_KILLED,
          TASK_ERROR,
          TASK_LOST,
          TASK_DROPPED,
          TASK_GONE,
          TASK_GONE_BY_OPERATOR,
          TASK_UNKNOWN ->
          true;
    };
  }
}
