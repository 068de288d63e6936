package io.homeport.benchmark.harness;

/**
 * What a figure or a ratio should be on two cores with 24 GiB.
 *
 * @param direction which side of the bound is good
 * @param bound in the figure's unit
 */
public record Goal(Direction direction, double bound) {
  /** Which side of a bound is good. */
  public enum Direction {
    /** More is better. */
    AT_LEAST,
    /** Less is better. */
    AT_MOST
  }

  /**
   * More is better.
   *
   * @param bound the least that is good
   */
  public static Goal atLeast(double bound) {
    return new Goal(Direction.AT_LEAST, bound);
  }

  /**
   * Less is better.
   *
   * @param bound the most that is good
   */
  public static Goal atMost(double bound) {
    return new Goal(Direction.AT_MOST, bound);
  }

  /**
   * Whether it is met.
   *
   * @param value what was measured
   */
  public boolean isMetBy(double value) {
    return switch (direction) {
      case AT_LEAST -> value >= bound;
      case AT_MOST -> value <= bound;
    };
  }
}
