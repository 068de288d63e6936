package io.homeport.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;

/** The virtual clock and what is to happen when; what is due at the same time keeps its order. */
final class Agenda implements InstantSource {
  /** When every simulation begins. */
  static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(
          Comparator.comparingLong(Entry::atMillis).thenComparingLong(Entry::number));
  private long nowMillis = BEGIN.toEpochMilli();
  private long count;

  private record Entry(long atMillis, long number, Runnable action) {}

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(nowMillis);
  }

  /** The time since the beginning. */
  Duration elapsed() {
    return Duration.ofMillis(nowMillis - BEGIN.toEpochMilli());
  }

  /** Something happens after a while. */
  void after(long millis, Runnable action) {
    entries.add(new Entry(nowMillis + Math.max(0, millis), count++, action));
  }

  /** Something happens at a time; at once if that is past. */
  void at(Instant time, Runnable action) {
    after(time.toEpochMilli() - nowMillis, action);
  }

  /** Lets the next thing happen, unless it is due after the limit; false when nothing was. */
  boolean step(Instant limit) {
    Entry next = entries.peek();
    if (next == null || next.atMillis() > limit.toEpochMilli()) {
      nowMillis = Math.max(nowMillis, limit.toEpochMilli());
      return false;
    }
    entries.poll();
    nowMillis = next.atMillis();
    next.action().run();
    return true;
  }
}
