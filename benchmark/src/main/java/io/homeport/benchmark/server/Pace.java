package io.homeport.benchmark.server;

import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;

/**
 * So many times a second, whatever the work takes: a late one does not put off those after it, and
 * is measured from when it was due, so that a standstill is seen in all that it delayed.
 */
final class Pace {
  private Pace() {}

  /** Work that is due at a time. */
  @FunctionalInterface
  interface Work {
    /** Does it; the time is of {@link System#nanoTime}. */
    void run(int number, long due) throws Exception;
  }

  /** At even intervals. */
  static void keep(double perSecond, int times, Work work) throws Exception {
    keep(perSecond, times, () -> 0, work);
  }

  /** At a random moment of each interval, so that several who keep a pace are not in step. */
  static void keepLoosely(double perSecond, int times, Random random, Work work) throws Exception {
    keep(perSecond, times, random::nextDouble, work);
  }

  private static void keep(double perSecond, int times, DoubleSupplier within, Work work)
      throws Exception {
    long begun = System.nanoTime();
    for (int number = 0; number < times; number++) {
      long due = begun + (long) ((number + within.getAsDouble()) * 1e9 / perSecond);
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      work.run(number, due);
    }
  }
}
