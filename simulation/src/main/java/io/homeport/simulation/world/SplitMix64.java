package io.homeport.simulation.world;

import java.util.List;

/**
 * Steele, Lea and Flood's SplitMix64 generator (OOPSLA 2014): written out here so that a seed means
 * the same on every JDK.
 */
public final class SplitMix64 {
  private long state;

  /**
   * A generator.
   *
   * @param seed any number
   */
  public SplitMix64(long seed) {
    this.state = seed;
  }

  /** The next 64 bits. */
  public long nextLong() {
    state += 0x9E3779B97F4A7C15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** A generator of its own, so that what one part draws does not shift what another one draws. */
  public SplitMix64 fork() {
    return new SplitMix64(nextLong());
  }

  /**
   * A number from 0 to one below the bound.
   *
   * @param bound above 0
   */
  public int below(int bound) {
    return (int) Long.remainderUnsigned(nextLong(), bound);
  }

  /**
   * A number between two, both included.
   *
   * @param least the least
   * @param most the most, not below the least
   */
  public long between(long least, long most) {
    return least + Long.remainderUnsigned(nextLong(), most - least + 1);
  }

  /**
   * Whether something with this probability happens.
   *
   * @param probability 0 to 1
   */
  public boolean chance(double probability) {
    return (nextLong() >>> 11) * 0x1.0p-53 < probability;
  }

  /**
   * One of several.
   *
   * @param choices at least one
   */
  public <T> T pick(List<T> choices) {
    return choices.get(below(choices.size()));
  }
}
