package io.homeport.runtime;

/**
 * Deciding about a command failed, which is a defect of the server and no fault of whoever asked.
 * Nothing was changed, and the server goes on.
 */
public final class DecisionFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * A failure.
   *
   * @param message for people
   * @param cause the defect
   */
  public DecisionFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
