package io.homeport.runtime;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a published event, written {@code <sequence>-<index>}. Ids grow, within a server's
 * life and across restarts, because each leadership begins with a commit.
 *
 * @param sequence the number of the last commit before it was published, so everything it tells of
 *     is in a snapshot of that sequence or a later one
 * @param index counts the events of that sequence, from 0
 */
public record EventId(long sequence, int index) implements Comparable<EventId> {
  private static final Pattern SHAPE = Pattern.compile("(\\d{1,18})-(\\d{1,9})");

  /**
   * Reads an id, such as the one in a {@code Last-Event-ID} header.
   *
   * @param text any text
   * @return the id, or empty when the text has another shape
   */
  public static Optional<EventId> parse(String text) {
    Matcher matcher = SHAPE.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new EventId(Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  @Override
  public int compareTo(EventId other) {
    return sequence != other.sequence
        ? Long.compare(sequence, other.sequence)
        : Integer.compare(index, other.index);
  }

  @Override
  public String toString() {
    return sequence + "-" + index;
  }
}
