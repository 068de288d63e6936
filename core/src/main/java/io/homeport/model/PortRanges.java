package io.homeport.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/**
 * A set of ports as ascending ranges that neither overlap nor touch.
 *
 * @param ranges the ranges; any are accepted and brought into that form
 */
public record PortRanges(List<PortRange> ranges) {
  /** No port. */
  public static final PortRanges NONE = new PortRanges(List.of());

  /** Sorts and joins the ranges. */
  public PortRanges {
    ranges = joined(ranges);
  }

  private static List<PortRange> joined(List<PortRange> ranges) {
    if (ranges.size() < 2) {
      return List.copyOf(ranges);
    }
    List<PortRange> sorted = new ArrayList<>(ranges);
    Collections.sort(sorted);
    List<PortRange> joined = new ArrayList<>();
    for (PortRange range : sorted) {
      PortRange last = joined.isEmpty() ? null : joined.getLast();
      if (last != null && range.begin() <= last.end() + 1) {
        joined.removeLast();
        joined.add(new PortRange(last.begin(), Math.max(last.end(), range.end())));
      } else {
        joined.add(range);
      }
    }
    return List.copyOf(joined);
  }

  /**
   * A single range.
   *
   * @param begin its first port
   * @param end its last port
   */
  public static PortRanges of(int begin, int end) {
    return new PortRanges(List.of(new PortRange(begin, end)));
  }

  /**
   * Exactly these ports.
   *
   * @param ports ports in any order
   */
  public static PortRanges ofPorts(Collection<Integer> ports) {
    List<PortRange> ranges = new ArrayList<>();
    for (int port : new TreeSet<>(ports)) {
      ranges.add(new PortRange(port, port));
    }
    return new PortRanges(ranges);
  }

  /** How many ports. */
  public int size() {
    int size = 0;
    for (PortRange range : ranges) {
      size += range.size();
    }
    return size;
  }

  /** Whether there is no port. */
  public boolean isEmpty() {
    return ranges.isEmpty();
  }

  /**
   * Whether the port is in one of the ranges.
   *
   * @param port a port
   */
  public boolean contains(int port) {
    for (PortRange range : ranges) {
      if (port >= range.begin() && port <= range.end()) {
        return true;
      }
    }
    return false;
  }

  /**
   * These ports and those.
   *
   * @param other the ports to add
   */
  public PortRanges plus(PortRanges other) {
    List<PortRange> all = new ArrayList<>(ranges);
    all.addAll(other.ranges);
    return new PortRanges(all);
  }

  /**
   * These ports without those.
   *
   * @param other the ports to leave out
   */
  public PortRanges minus(PortRanges other) {
    List<PortRange> rest = ranges;
    for (PortRange taken : other.ranges) {
      List<PortRange> next = new ArrayList<>();
      for (PortRange range : rest) {
        if (taken.end() < range.begin() || taken.begin() > range.end()) {
          next.add(range);
          continue;
        }
        if (range.begin() < taken.begin()) {
          next.add(new PortRange(range.begin(), taken.begin() - 1));
        }
        if (taken.end() < range.end()) {
          next.add(new PortRange(taken.end() + 1, range.end()));
        }
      }
      rest = next;
    }
    return new PortRanges(rest);
  }

  /** All ports, ascending. */
  public List<Integer> ports() {
    List<Integer> ports = new ArrayList<>();
    for (PortRange range : ranges) {
      for (int port = range.begin(); port <= range.end(); port++) {
        ports.add(port);
      }
    }
    return ports;
  }
}
