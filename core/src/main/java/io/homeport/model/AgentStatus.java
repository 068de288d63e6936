package io.homeport.model;

/** Whether an agent can be used. */
public enum AgentStatus {
  /** In reach and offering. */
  ACTIVE,
  /** In reach; its tasks are being ended and nothing is offered. */
  DRAINING,
  /** In reach; no task is left and nothing is offered. */
  DRAINED,
  /** Out of reach: stopped, crashed, or cut off. What runs there may still run. */
  UNREACHABLE,
  /** An operator declared that it will not come back. */
  GONE;

  /** Whether it hears and is heard. */
  public boolean isInReach() {
    return switch (this) {
      case ACTIVE, DRAINING, DRAINED -> true;
      case UNREACHABLE, GONE -> false;
    };
  }
}
