package io.homeport.api.definition;

/** The text is no JSON, or not strict JSON. */
public final class MalformedJsonException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String path;

  /**
   * A text that cannot be read.
   *
   * @param path the place reached, as in {@link Problem}
   * @param message what is wrong there, and at which line and column
   */
  public MalformedJsonException(String path, String message) {
    super(message);
    this.path = path;
  }

  /** What is wrong, with line and column. */
  public String explanation() {
    return String.valueOf(getMessage());
  }

  /** The place reached, as in {@link Problem}. */
  public String path() {
    return path;
  }
}
