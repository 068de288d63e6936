package io.homeport.simulation.world;

import java.util.SortedMap;
import java.util.TreeMap;

/** How often what happened: events, faults by kind, and rare situations that were reached. */
public final class Tally {
  private final SortedMap<String, Long> events = new TreeMap<>();
  private final SortedMap<String, Long> faults = new TreeMap<>();
  private final SortedMap<Situation, Long> reached = new TreeMap<>();

  /**
   * An event of a kind.
   *
   * @param kind the kind, for people
   */
  public void event(String kind) {
    events.merge(kind, 1L, Long::sum);
  }

  /**
   * A fault of a kind.
   *
   * @param kind the kind, for people
   */
  public void fault(String kind) {
    faults.merge(kind, 1L, Long::sum);
  }

  /**
   * A situation that proves something only if it comes about.
   *
   * @param situation which
   */
  public void reached(Situation situation) {
    reached.merge(situation, 1L, Long::sum);
  }

  /**
   * Adds another tally to this one.
   *
   * @param other the other
   */
  public void add(Tally other) {
    other.events.forEach((kind, count) -> events.merge(kind, count, Long::sum));
    other.faults.forEach((kind, count) -> faults.merge(kind, count, Long::sum));
    other.reached.forEach((kind, count) -> reached.merge(kind, count, Long::sum));
  }

  /** Events by kind. */
  public SortedMap<String, Long> events() {
    return new TreeMap<>(events);
  }

  /** Faults by kind. */
  public SortedMap<String, Long> faults() {
    return new TreeMap<>(faults);
  }

  /** Rare situations. */
  public SortedMap<Situation, Long> reached() {
    return new TreeMap<>(reached);
  }

  /**
   * All of them together.
   *
   * @param counts by kind
   */
  public static long total(SortedMap<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
