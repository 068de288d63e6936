package io.homeport.model;

import java.util.Optional;

/**
 * The identity of a persistent volume (Mesos: persistence id), written {@code
 * sesame_samson#data#<term>-<n>} as Marathon does. It names the volume whatever the id of the agent
 * that offers it.
 *
 * @param value the id as it is written
 */
public record VolumeId(String value) implements Comparable<VolumeId> {
  /** Checks the shape. */
  public VolumeId {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not a volume id: " + value);
    }
  }

  /**
   * The id of a new volume.
   *
   * @param app the app it is made for
   * @param containerPath where its tasks see it
   * @param unique a token never used before
   */
  public static VolumeId of(AppId app, String containerPath, String unique) {
    return new VolumeId(app.safePath() + "#" + containerPath.replace('#', '_') + "#" + unique);
  }

  /**
   * Reads an id.
   *
   * @param text any text
   * @return the id, or empty when the text has another shape
   */
  public static Optional<VolumeId> parse(String text) {
    return isValid(text) ? Optional.of(new VolumeId(text)) : Optional.empty();
  }

  /** The unique part, which Marathon's clients know as {@code uuid}. */
  public String unique() {
    return value.substring(value.lastIndexOf('#') + 1);
  }

  /** Three parts, none of them empty. */
  private static boolean isValid(String text) {
    int first = text.indexOf('#');
    int last = text.lastIndexOf('#');
    return first > 0
        && last > first + 1
        && last < text.length() - 1
        && text.indexOf('#', first + 1) == last;
  }

  @Override
  public int compareTo(VolumeId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
