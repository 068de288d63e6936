package io.homeport.runtime;

/** An agent could not be operated; the message says why, for people. */
public final class AgentOperationException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** The kinds of failure. */
  public enum Kind {
    /** There is no such agent. */
    UNKNOWN_AGENT,
    /** The engine cannot do this, or not to an agent in this status. */
    NOT_POSSIBLE,
    /** It was tried and failed. */
    FAILED
  }

  /**
   * A failure.
   *
   * @param kind its kind
   * @param message what was expected, what was found, and what to do
   */
  public AgentOperationException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** The kind of failure. */
  public Kind kind() {
    return kind;
  }
}
