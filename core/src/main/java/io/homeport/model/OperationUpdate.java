package io.homeport.model;

import java.util.Optional;

/**
 * What became of an offer operation (Mesos: {@code OperationStatus}).
 *
 * @param operation the operation
 * @param agent the agent it was for; absent when the engine does not know
 * @param state its state
 * @param message a sentence for people; may be empty
 * @param uuid to be acknowledged with; absent if there is nothing to acknowledge
 */
public record OperationUpdate(
    OperationId operation,
    Optional<AgentId> agent,
    State state,
    String message,
    Optional<String> uuid) {
  /** Mesos's operation states, as far as they differ for us. */
  public enum State {
    /** Under way. */
    PENDING,
    /** Done. */
    FINISHED,
    /** Not done (Mesos: FAILED and ERROR). */
    FAILED,
    /** Never reached its agent, and never will. */
    DROPPED,
    /** Its agent is out of reach. */
    UNREACHABLE,
    /** Its agent is gone for good. */
    GONE,
    /** Nobody knows it: it never was, or was forgotten long ago. */
    UNKNOWN;

    /** Whether the operation did not happen and will not. */
    public boolean isGivenUp() {
      return switch (this) {
        case FAILED, DROPPED, UNKNOWN, GONE -> true;
        case PENDING, FINISHED, UNREACHABLE -> false;
      };
    }
  }
}
