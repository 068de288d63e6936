package io.homeport.runtime;

/** The store cannot be used; the message says why and what to do. */
public final class StoreException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * A failure.
   *
   * @param message for people
   */
  public StoreException(String message) {
    super(message);
  }

  /**
   * A failure with its cause.
   *
   * @param message for people
   * @param cause what lies behind it
   */
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
