package io.homeport.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What was measured of one volume, and how fast it grows. At most {@value #MOST} measurements are
 * kept: when there are more, every second one is dropped, so that the same room reaches back
 * further and further, up to a day. Not safe for use by several threads at once.
 */
public final class UsageSeries {
  private static final int MOST = 64;
  private static final Duration OLDEST = Duration.ofDays(1);

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
    if (samples.size() >= MOST) {
      for (int index = samples.size() - 1; index > 0; index -= 2) {
        samples.remove(index);
      }
    }
    TaskFiles.Usage usage = new TaskFiles.Usage(bytes, at, trend(bytes, at));
    samples.add(usage);
    return usage;
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
