package io.homeport.state;

/**
 * Something in the state that contradicts something else.
 *
 * @param code which rule is broken
 * @param sentence what was expected and what was found, with ids, for people
 */
public record Violation(Code code, String sentence) {
  /** The rules. Their names are stable. */
  public enum Code {
    /** A home must be a reservation that exists. */
    HOME_UNKNOWN,
    /** A reservation's owner and that instance's home name each other, and the same app. */
    OWNER_MISMATCH,
    /** A reservation that is requested or held has an owner, one left behind or releasing none. */
    OWNER_UNEXPECTED,
    /** A volume lies in one reservation only, and only once. */
    VOLUME_SHARED,
    /** Volumes are destroyed only in reservations whose release was requested. */
    VOLUME_DESTROYED_UNASKED,
    /** At most one instance of an app that is to run has a given ordinal. */
    ORDINAL_SHARED,
    /** A live task runs where its instance's home is. */
    TASK_ELSEWHERE,
    /** A task's id names its instance and its run, and it has a condition that tasks have. */
    TASK_MISNAMED,
    /** The apps of a deployment exist, except those it stops. */
    DEPLOYMENT_APP_UNKNOWN,
    /** A deployment's current step is one of its steps. */
    DEPLOYMENT_STEP_UNKNOWN,
    /** No two deployments are about the same app. */
    DEPLOYMENTS_OVERLAP,
    /** Things are kept under their own ids, in their own shapes. */
    MISFILED,
    /** What is derived is what deriving it anew gives. */
    INDEX_WRONG
  }

  @Override
  public String toString() {
    return code + ": " + sentence;
  }
}
