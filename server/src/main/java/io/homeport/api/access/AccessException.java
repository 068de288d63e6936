package io.homeport.api.access;

/** The server cannot be opened to its callers in the way it was asked to; the message says why. */
public final class AccessException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * A refusal to start.
   *
   * @param message what was expected, what was found, and what to do
   */
  public AccessException(String message) {
    super(message);
  }

  /**
   * A refusal to start with its cause.
   *
   * @param message what was expected, what was found, and what to do
   * @param cause what lies behind it
   */
  public AccessException(String message, Throwable cause) {
    super(message, cause);
  }
}
