package io.homeport.api.definition;

/**
 * A place in a JSON text in Marathon's notation: names after slashes, positions in parentheses
 * ({@code /container/volumes(0)/containerPath}).
 */
final class FieldPath {
  /** The whole text, written {@code /}. */
  static final FieldPath ROOT = new FieldPath("");

  /** Longer names are cut, because they may fill the whole text. */
  private static final int LONGEST_NAME = 120;

  private final String text;

  private FieldPath(String text) {
    this.text = text;
  }

  /**
   * A field of the object at this place.
   *
   * @param name its name
   */
  FieldPath field(String name) {
    return new FieldPath(text + "/" + (name.length() <= LONGEST_NAME ? name : start(name)));
  }

  /** The start of a long name, without half of a surrogate pair at its end. */
  private static String start(String name) {
    boolean halved = Character.isHighSurrogate(name.charAt(LONGEST_NAME - 1));
    return name.substring(0, halved ? LONGEST_NAME - 1 : LONGEST_NAME) + "...";
  }

  /**
   * A place given as text, such as {@code /container/volumes}, within this one.
   *
   * @param path starts with a slash
   */
  FieldPath within(String path) {
    return new FieldPath(text + path);
  }

  /**
   * An item of the array at this place.
   *
   * @param position counted from 0
   */
  FieldPath item(int position) {
    return new FieldPath((text.isEmpty() ? "/" : text) + "(" + position + ")");
  }

  @Override
  public String toString() {
    return text.isEmpty() ? "/" : text;
  }
}
