package io.homeport.benchmark.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Something measured. The median counts.
 *
 * @param name what, in a few words
 * @param unit such as {@code s}, {@code /s} or {@code MiB}
 * @param spread what the runs measured
 * @param goal what it should be, if anything
 * @param beside peers and limits on the same work in the same run
 */
public record Figure(
    String name, String unit, Spread spread, Optional<Goal> goal, List<Beside> beside) {
  /**
   * A figure without goal and peer.
   *
   * @param name what, in a few words
   * @param unit such as {@code s}, {@code /s} or {@code MiB}
   * @param samples one for each run
   */
  public static Figure of(String name, String unit, List<Double> samples) {
    return new Figure(name, unit, new Spread(samples), Optional.empty(), List.of());
  }

  /**
   * A figure of what several runs measured together.
   *
   * @param <T> what one run measured
   * @param name what, in a few words
   * @param unit such as {@code s}, {@code /s} or {@code MiB}
   * @param runs what the runs measured
   * @param value picks the figure
   */
  public static <T> Figure of(
      String name, String unit, List<T> runs, ToDoubleFunction<? super T> value) {
    return of(name, unit, runs.stream().map(value::applyAsDouble).toList());
  }

  /**
   * The same with a goal.
   *
   * @param wanted the goal, in the figure's unit
   */
  public Figure goal(Goal wanted) {
    return new Figure(name, unit, spread, Optional.of(wanted), beside);
  }

  /**
   * The same beside a peer or limit.
   *
   * @param peer what it is, with its version
   * @param samples what it measured, in the figure's unit
   */
  public Figure beside(String peer, List<Double> samples) {
    return with(new Beside(peer, new Spread(samples), Optional.empty()));
  }

  /**
   * The same beside a peer or limit, with a goal for the ratio.
   *
   * @param peer what it is, with its version
   * @param samples what it measured, in the figure's unit
   * @param ratio what ours divided by theirs should be
   */
  public Figure beside(String peer, List<Double> samples, Goal ratio) {
    return with(new Beside(peer, new Spread(samples), Optional.of(ratio)));
  }

  private Figure with(Beside one) {
    List<Beside> all = new ArrayList<>(beside);
    all.add(one);
    return new Figure(name, unit, spread, goal, List.copyOf(all));
  }

  /**
   * Ours divided by theirs.
   *
   * @param other one that stands beside
   */
  public double ratioTo(Beside other) {
    return spread.median() / other.spread().median();
  }
}
