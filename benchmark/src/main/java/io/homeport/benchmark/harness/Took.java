package io.homeport.benchmark.harness;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.Callable;

/**
 * How long work took.
 *
 * @param seconds by the clock, collections of garbage included
 * @param cpuSeconds of a processor, by the thread that did it alone: on a machine that has other
 *     things to do it says more
 */
public record Took(double seconds, double cpuSeconds) {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /**
   * Does work on this thread.
   *
   * @param work what to do
   * @throws Exception what the work throws
   */
  public static Took doing(Callable<?> work) throws Exception {
    System.gc();
    long cpu = THREADS.getCurrentThreadCpuTime();
    long begun = System.nanoTime();
    work.call();
    double seconds = (System.nanoTime() - begun) / 1e9;
    return new Took(seconds, (THREADS.getCurrentThreadCpuTime() - cpu) / 1e9);
  }
}
