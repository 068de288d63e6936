package io.homeport.cli.text;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Times as people read them: how long ago. */
public final class Times {
  private Times() {}

  /**
   * How long ago something was, such as {@code 3m ago}.
   *
   * @param time an ISO-8601 time as the API writes it; an empty one gives {@code -}
   * @param now the time to count from
   */
  public static String ago(String time, Instant now) {
    return parse(time)
        .map(then -> Duration.between(then, now))
        .map(age -> age.toSeconds() < 1 ? "just now" : duration(age) + " ago")
        .orElse("-");
  }

  /**
   * How long something took or lasts, in its largest unit and for small counts the next one: {@code
   * 42s}, {@code 3m}, {@code 1h 20m}, {@code 5d}.
   *
   * @param duration how long; what is negative counts as nothing
   */
  public static String duration(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 120) {
      return seconds + "s";
    }
    long minutes = seconds / 60;
    if (minutes < 60) {
      return minutes + "m";
    }
    long hours = minutes / 60;
    if (hours < 10 && minutes % 60 > 0) {
      return hours + "h " + minutes % 60 + "m";
    }
    return hours < 48 ? hours + "h" : hours / 24 + "d";
  }

  private static Optional<Instant> parse(String time) {
    try {
      return Optional.of(Instant.parse(time));
    } catch (DateTimeException notATime) {
      return Optional.empty();
    }
  }
}
