package io.homeport.api.definition;

import java.math.BigDecimal;

/** The ranges of numbers in definitions. */
final class Limits {
  /** The least number there is; where another message tells the real least. */
  static final long NO_LESS = Long.MIN_VALUE;

  /**
   * The most MiB of memory, disk or a volume: 100 PiB, so that sums of them fit bytes in a long.
   */
  static final long MOST_MIB = 100_000_000_000L;

  /** The most cores of one instance. */
  static final BigDecimal MOST_CPUS = BigDecimal.valueOf(1_000_000);

  /** The least cores of one instance, which is Marathon's and Mesos's smallest step. */
  static final BigDecimal LEAST_CPUS = new BigDecimal("0.001");

  /** The most GPUs of one instance. */
  static final int MOST_GPUS = 10_000;

  /** The most instances of one app that the scheduler is made for. */
  static final int MOST_INSTANCES = 100_000;

  /** The longest time in seconds, some 30 years. */
  static final int MOST_SECONDS = 1_000_000_000;

  /** The greatest port. */
  static final int MOST_PORT = 65_535;

  /** The most factor of a back-off; greater ones reach every maximum at once. */
  static final BigDecimal MOST_FACTOR = BigDecimal.valueOf(1_000_000);

  private Limits() {}
}
