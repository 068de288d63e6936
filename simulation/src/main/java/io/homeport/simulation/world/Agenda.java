package io.homeport.simulation.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;

/** The virtual clock and what is to happen when; what is due at the same time keeps its order. */
public final class Agenda implements InstantSource {
  /** When every simulation begins. */
  public static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(
          Comparator.comparingLong(Entry::atMillis).thenComparingLong(Entry::number));
  private long nowMillis = BEGIN.toEpochMilli();
  private long count;
  private long happened;

  private record Entry(long atMillis, long number, Runnable action) {}

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(nowMillis);
  }

  /** The time since the beginning. */
  public Duration elapsed() {
    return Duration.ofMillis(nowMillis - BEGIN.toEpochMilli());
  }

  /** How many things have happened. */
  public long happened() {
    return happened;
  }

  /**
   * Something happens after a while.
   *
   * @param millis how long; at once if not positive
   * @param action what happens
   */
  public void after(long millis, Runnable action) {
    entries.add(new Entry(nowMillis + Math.max(0, millis), count++, action));
  }

  /**
   * Something happens at a time.
   *
   * @param time when; at once if that is past
   * @param action what happens
   */
  public void at(Instant time, Runnable action) {
    after(time.toEpochMilli() - nowMillis, action);
  }

  /**
   * Lets the next thing happen.
   *
   * @param limit what is due later does not happen
   * @return false when nothing happened, and it is as late as the limit
   */
  public boolean step(Instant limit) {
    Entry next = entries.peek();
    if (next == null || next.atMillis() > limit.toEpochMilli()) {
      nowMillis = Math.max(nowMillis, limit.toEpochMilli());
      return false;
    }
    entries.poll();
    nowMillis = next.atMillis();
    happened++;
    next.action().run();
    return true;
  }
}
