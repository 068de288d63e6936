package io.homeport.benchmark.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * How a benchmark is run.
 *
 * @param size how large
 * @param repeats how many runs count, at least 1
 * @param seed what random choices begin with
 * @param directory an empty directory for what the work writes
 * @param progress takes a line for people now and then
 */
public record Conditions(
    Size size, int repeats, long seed, Path directory, Consumer<String> progress) {
  /** How much work. */
  public enum Size {
    /** As the goals say. */
    FULL,
    /** As little as shows that the benchmark works; its figures mean nothing. */
    TINY
  }

  /**
   * A number that depends on the size.
   *
   * @param full at full size
   * @param tiny at the least size
   */
  public int scaled(int full, int tiny) {
    return size == Size.FULL ? full : tiny;
  }

  /**
   * Does something once to warm up, and then as often as counts. At the least size nothing is
   * warmed up.
   *
   * @param <T> what one run measures
   * @param run one run
   * @return what the runs that count measured, in order
   * @throws Exception what a run throws
   */
  public <T> List<T> repeat(Callable<T> run) throws Exception {
    return repeat(1, run);
  }

  /**
   * The same with another number of runs to warm up.
   *
   * @param <T> what one run measures
   * @param warmups how many runs do not count at full size
   * @param run one run
   * @return what the runs that count measured, in order
   * @throws Exception what a run throws
   */
  public <T> List<T> repeat(int warmups, Callable<T> run) throws Exception {
    for (int warmup = 0; warmup < scaled(warmups, 0); warmup++) {
      progress.accept("warm-up: " + run.call());
    }
    List<T> measured = new ArrayList<>();
    for (int repeat = 1; repeat <= repeats; repeat++) {
      T one = run.call();
      progress.accept("run " + repeat + " of " + repeats + ": " + one);
      measured.add(one);
    }
    return measured;
  }
}
