package io.homeport.model;

import java.util.Optional;

/**
 * The identity of an instance, written {@code sesame_samson.instance-<term>-<n>} as Marathon does.
 *
 * @param value the id as it is written
 */
public record InstanceId(String value) implements Comparable<InstanceId> {
  private static final String INFIX = ".instance-";

  /** Checks the shape. */
  public InstanceId {
    if (infixOf(value) < 0) {
      throw new IllegalArgumentException("not an instance id: " + value);
    }
  }

  /**
   * The id of a new instance.
   *
   * @param app the app it belongs to
   * @param unique a token never used before, without dots
   */
  public static InstanceId of(AppId app, String unique) {
    return new InstanceId(app.safePath() + INFIX + unique);
  }

  /**
   * Reads an id.
   *
   * @param text any text
   * @return the id, or empty when the text has another shape
   */
  public static Optional<InstanceId> parse(String text) {
    int infix = infixOf(text);
    return infix > 0 && AppId.isValid("/" + text.substring(0, infix).replace('_', '/'))
        ? Optional.of(new InstanceId(text))
        : Optional.empty();
  }

  /** The app this instance was made for. */
  public AppId appId() {
    return AppId.fromSafePath(value.substring(0, value.lastIndexOf(INFIX)));
  }

  /**
   * Where the app's part of an id ends; below zero when the text has another shape. Ids are made
   * again and again from others, so this is done by hand rather than by a regular expression.
   *
   * @param text any text
   */
  static int infixOf(String text) {
    int infix = text.lastIndexOf(INFIX);
    int unique = infix + INFIX.length();
    return infix > 0 && unique < text.length() && text.indexOf('.', unique) < 0 ? infix : -1;
  }

  @Override
  public int compareTo(InstanceId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
