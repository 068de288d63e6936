package io.homeport.store;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * How instants are stored: as {@link Instant#toString} writes them. {@link Instant#parse} takes as
 * long as all the rest of a small record.
 */
final class InstantFormat {
  private static final int WITHOUT_FRACTION = "2026-01-01T00:00:00Z".length();
  private static final int FRACTION = WITHOUT_FRACTION;
  private static final int[] NANOS = {0, 0, 0, 1_000_000, 0, 0, 1_000, 0, 0, 1};

  private InstantFormat() {}

  /**
   * Reads an instant.
   *
   * @throws DateTimeException when the text is none
   */
  static Instant read(String text) {
    try {
      return hasUsualShape(text) ? readUsual(text) : Instant.parse(text);
    } catch (DateTimeException e) {
      return Instant.parse(text); // which knows leap seconds, and how to complain
    }
  }

  /** Four digits for the year, and none, three, six or nine for the fraction of a second. */
  private static boolean hasUsualShape(String text) {
    int digits = text.length() - FRACTION - 1;
    boolean hasFraction = digits == 3 || digits == 6 || digits == 9;
    return (text.length() == WITHOUT_FRACTION || (hasFraction && text.charAt(19) == '.'))
        && text.charAt(4) == '-'
        && text.charAt(7) == '-'
        && text.charAt(10) == 'T'
        && text.charAt(13) == ':'
        && text.charAt(16) == ':'
        && text.charAt(text.length() - 1) == 'Z';
  }

  private static Instant readUsual(String text) {
    int digits = Math.max(0, text.length() - FRACTION - 1);
    return LocalDateTime.of(
            number(text, 0, 4),
            number(text, 5, 7),
            number(text, 8, 10),
            number(text, 11, 13),
            number(text, 14, 16),
            number(text, 17, 19),
            number(text, FRACTION, FRACTION + digits) * NANOS[digits])
        .toInstant(ZoneOffset.UTC);
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int place = from; place < to; place++) {
      int digit = text.charAt(place) - '0';
      if (digit < 0 || digit > 9) {
        throw new DateTimeException("no number");
      }
      number = 10 * number + digit;
    }
    return number;
  }
}
