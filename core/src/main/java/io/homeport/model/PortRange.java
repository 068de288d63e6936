package io.homeport.model;

/**
 * Consecutive ports.
 *
 * @param begin the first, 0 to 65535
 * @param end the last, not below {@code begin}
 */
public record PortRange(int begin, int end) implements Comparable<PortRange> {
  /** Checks the bounds. */
  public PortRange {
    if (begin < 0 || end < begin || end > 65535) {
      throw new IllegalArgumentException("not a range of ports: " + begin + "-" + end);
    }
  }

  /** How many ports. */
  public int size() {
    return end - begin + 1;
  }

  @Override
  public int compareTo(PortRange other) {
    return begin != other.begin
        ? Integer.compare(begin, other.begin)
        : Integer.compare(end, other.end);
  }

  @Override
  public String toString() {
    return begin + "-" + end;
  }
}
