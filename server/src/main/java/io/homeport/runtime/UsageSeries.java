package io.homeport.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What was measured of one volume within a day, and how fast it grows. However often it is
 * measured, what is kept lies about {@link #SPACING} apart. Not safe for use by several threads at
 * once.
 */
public final class UsageSeries {
  private static final Duration OLDEST = Duration.ofDays(1);

  /** Closer ones would only take room. */
  private static final Duration SPACING = OLDEST.dividedBy(64);

  /** A trend from less than this says more about chance than about the volume. */
  private static final Duration LEAST = Duration.ofMinutes(1);

  private final List<TaskFiles.Usage> samples = new ArrayList<>();

  /**
   * Adds a measurement.
   *
   * @param bytes what is used
   * @param at when; not before the last one
   * @return the same with its trend
   */
  public TaskFiles.Usage add(long bytes, Instant at) {
    samples.removeIf(sample -> sample.measuredAt().isBefore(at.minus(OLDEST)));
    TaskFiles.Usage usage = new TaskFiles.Usage(bytes, at, trend(bytes, at));
    if (samples.size() >= 2 && isCrowded(samples.get(samples.size() - 2), samples.getLast())) {
      samples.removeLast();
    }
    samples.add(usage);
    return usage;
  }

  private static boolean isCrowded(TaskFiles.Usage one, TaskFiles.Usage next) {
    return Duration.between(one.measuredAt(), next.measuredAt()).compareTo(SPACING) < 0;
  }

  /** From the oldest measurement to this one. */
  private OptionalLong trend(long bytes, Instant at) {
    if (samples.isEmpty()) {
      return OptionalLong.empty();
    }
    TaskFiles.Usage oldest = samples.getFirst();
    Duration span = Duration.between(oldest.measuredAt(), at);
    if (span.compareTo(LEAST) < 0) {
      return OptionalLong.empty();
    }
    double hours = span.toMillis() / (double) Duration.ofHours(1).toMillis();
    return OptionalLong.of(Math.round((bytes - oldest.bytes()) / hours));
  }
}
