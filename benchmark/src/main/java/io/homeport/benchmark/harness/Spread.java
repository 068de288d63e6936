package io.homeport.benchmark.harness;

import java.util.List;

/**
 * What the runs measured.
 *
 * @param samples one for each run, in order; at least one
 */
public record Spread(List<Double> samples) {
  /** Refuses to speak of nothing. */
  public Spread {
    samples = List.copyOf(samples);
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
  }

  /** The least. */
  public double min() {
    return sorted().getFirst();
  }

  /** The middle one; the upper of the two for an even number of runs. */
  public double median() {
    return sorted().get(samples.size() / 2);
  }

  /** The most. */
  public double max() {
    return sorted().getLast();
  }

  private List<Double> sorted() {
    return samples.stream().sorted().toList();
  }
}
