package io.homeport.runtime;

/**
 * The server leads no more and has to stop. Replies that were under way fail with it: whether what
 * they asked for was stored is not known to those who asked.
 */
public final class SteppedDownException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  /**
   * A step down.
   *
   * @param exitCode what the process ends with
   * @param message why, for people
   */
  public SteppedDownException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /**
   * A step down with its cause.
   *
   * @param exitCode what the process ends with
   * @param message why, for people
   * @param cause what lies behind it
   */
  public SteppedDownException(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** What the process ends with. */
  public ExitCode exitCode() {
    return exitCode;
  }
}
