package io.homeport.simulation;

/**
 * A promise that was broken. It is an error, so that no part of the product takes it for a failure.
 */
public final class InvariantViolation extends AssertionError {
  private static final long serialVersionUID = 1L;

  private final String invariant;

  /**
   * A violation.
   *
   * @param invariant the invariant's name
   * @param message what was expected and what was found
   */
  public InvariantViolation(String invariant, String message) {
    super(invariant + ": " + message);
    this.invariant = invariant;
  }

  /** The invariant's name. */
  public String invariant() {
    return invariant;
  }

  /** Throws unless the condition holds. */
  static void check(boolean holds, String invariant, String message) {
    if (!holds) {
      throw new InvariantViolation(invariant, message);
    }
  }
}
