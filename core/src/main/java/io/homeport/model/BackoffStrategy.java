package io.homeport.model;

import java.time.Duration;

/**
 * How relaunches of a failing app are delayed (Marathon: {@code backoffSeconds}, {@code
 * backoffFactor}, {@code maxLaunchDelaySeconds}).
 *
 * @param initial the delay after the first failure
 * @param factor what each further failure multiplies it with, at least 1
 * @param maximum the longest delay
 */
public record BackoffStrategy(Duration initial, double factor, Duration maximum) {
  /** Marathon's defaults: 1 s, 1.15, 300 s. */
  public static final BackoffStrategy DEFAULT =
      new BackoffStrategy(Duration.ofSeconds(1), 1.15, Duration.ofSeconds(300));

  /**
   * The delay that follows a failure.
   *
   * @param previous the delay before it; zero if there was none
   */
  public Duration next(Duration previous) {
    if (previous.isZero()) {
      return initial.compareTo(maximum) > 0 ? maximum : initial;
    }
    double millis = Math.min(previous.toMillis() * factor, (double) maximum.toMillis());
    return Duration.ofMillis((long) millis);
  }
}
