package io.homeport.cli.client;

import java.util.List;

/** A command cannot do what it was asked; people see the message and the details. */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitStatus status;
  private final transient List<String> details;

  /**
   * A failure.
   *
   * @param status how the process ends
   * @param message what was expected, what was found, and what to do
   * @param details more lines, such as each problem with its path
   */
  public CommandFailure(ExitStatus status, String message, List<String> details) {
    super(message);
    this.status = status;
    this.details = List.copyOf(details);
  }

  /**
   * A failure without details.
   *
   * @param status how the process ends
   * @param message what was expected, what was found, and what to do
   */
  public CommandFailure(ExitStatus status, String message) {
    this(status, message, List.of());
  }

  /** How the process ends. */
  public ExitStatus status() {
    return status;
  }

  /** More lines, such as each problem with its path. */
  public List<String> details() {
    return details;
  }
}
