package io.homeport.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The identity of an instance, written {@code sesame_samson.instance-<term>-<n>} as Marathon does.
 *
 * @param value the id as it is written
 */
public record InstanceId(String value) implements Comparable<InstanceId> {
  private static final Pattern SHAPE = Pattern.compile("(.+)\\.instance-([^.]+)");

  /** Checks the shape. */
  public InstanceId {
    if (!SHAPE.matcher(value).matches()) {
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
    return new InstanceId(app.safePath() + ".instance-" + unique);
  }

  /**
   * Reads an id.
   *
   * @param text any text
   * @return the id, or empty when the text has another shape
   */
  public static Optional<InstanceId> parse(String text) {
    Matcher matcher = SHAPE.matcher(text);
    return matcher.matches() && AppId.isValid("/" + matcher.group(1).replace('_', '/'))
        ? Optional.of(new InstanceId(text))
        : Optional.empty();
  }

  /** The app this instance was made for. */
  public AppId appId() {
    return AppId.fromSafePath(value.substring(0, value.lastIndexOf(".instance-")));
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
