package io.homeport.cli.client;

/** The exit statuses of the command line. Their numbers are stable: scripts may rely on them. */
public enum ExitStatus {
  /** Done. */
  OK(0),
  /** The server refused, or something else went wrong; the message says what. */
  FAILED(1),
  /** The command line was not understood. */
  USAGE(2),
  /** There is no such app, task, volume, agent, deployment or file. */
  NOT_FOUND(3),
  /**
   * Something stands in the way for now: another deployment, a volume in use, a version that is not
   * the current one any more. (HTTP 409 and 412.)
   */
  CONFLICT(4),
  /** The app definition, or another input, is not valid. (HTTP 400 and 422.) */
  INVALID(5),
  /** The server wants a token, or another one. (HTTP 401 and 403.) */
  NOT_ALLOWED(6),
  /** A short name stands for several things. */
  AMBIGUOUS(7),
  /** The question was not answered with what was asked for; nothing was done. */
  NOT_CONFIRMED(8),
  /** No server answers, or it cannot serve now. (HTTP 502, 503, 507.) */
  UNAVAILABLE(69);

  private final int number;

  ExitStatus(int number) {
    this.number = number;
  }

  /** The process's exit status. */
  public int number() {
    return number;
  }

  /**
   * What an answer that is not a success amounts to.
   *
   * @param httpStatus from 400 on
   */
  public static ExitStatus ofHttp(int httpStatus) {
    return switch (httpStatus) {
      case 400, 422 -> INVALID;
      case 401, 403 -> NOT_ALLOWED;
      case 404 -> NOT_FOUND;
      case 409, 412 -> CONFLICT;
      case 502, 503, 504, 507 -> UNAVAILABLE;
      default -> FAILED;
    };
  }
}
