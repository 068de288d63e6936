package io.homeport.simulation.world;

/**
 * A promise that was broken. It is an error, so that no part of the product takes it for a failure.
 */
public final class InvariantViolation extends AssertionError {
  private static final long serialVersionUID = 1L;

  private final Invariant invariant;

  /**
   * A violation.
   *
   * @param invariant what does not hold
   * @param message what was expected and what was found
   */
  public InvariantViolation(Invariant invariant, String message) {
    super(invariant + ": " + message);
    this.invariant = invariant;
  }

  /** What does not hold. */
  public Invariant invariant() {
    return invariant;
  }
}
