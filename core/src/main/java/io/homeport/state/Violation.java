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
    /** A reservation's owner and an instance's home must name each other. */
    OWNER_MISMATCH,
    /** A home must be a reservation that exists. */
    HOME_UNKNOWN,
    /** A reservation is the home of one instance at most. */
    HOME_SHARED,
    /** A reservation that is left behind or releasing has no owner, any other one has. */
    OWNER_UNEXPECTED,
    /** A volume lies in one reservation only. */
    VOLUME_SHARED,
    /** At most one instance of an app that is to run has a given ordinal. */
    ORDINAL_SHARED,
    /** A live task runs where its instance's home is. */
    TASK_ELSEWHERE,
    /** A task's id names its instance and its run. */
    TASK_MISNAMED,
    /** A deployment's apps exist, or are being stopped. */
    DEPLOYMENT_APP_UNKNOWN,
    /** A deployment's current step is one of its steps. */
    DEPLOYMENT_STEP_UNKNOWN,
    /** Two deployments are not about the same app. */
    DEPLOYMENTS_OVERLAP,
    /** An instance belongs to an app that exists, or is on its way out. */
    INSTANCE_APP_UNKNOWN,
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
