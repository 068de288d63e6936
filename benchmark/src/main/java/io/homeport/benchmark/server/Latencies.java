package io.homeport.benchmark.server;

import java.util.Arrays;
import java.util.Collection;

/** Times that something took, from the least to the most, in milliseconds. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Latencies(double[] sorted) {
  static Latencies ofNanos(Collection<Long> nanos) {
    double[] millis = nanos.stream().mapToDouble(each -> each / 1e6).toArray();
    Arrays.sort(millis);
    return new Latencies(millis);
  }

  /** The time that so many of a hundred did not exceed. */
  double percentile(double percent) {
    int index = (int) Math.ceil(percent / 100 * sorted.length) - 1;
    return sorted[Math.clamp(index, 0, sorted.length - 1)];
  }

  @Override
  public String toString() {
    return String.format(
        "p50 %.2f ms, p99 %.2f ms, most %.2f ms of %d",
        percentile(50), percentile(99), percentile(100), sorted.length);
  }
}
