package io.homeport.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One follower's place in the {@link EventJournal}. It is read from one thread; {@link #close} and
 * {@link #isTooSlow} may be called from any.
 */
public final class Subscription implements AutoCloseable {
  private static final int MOST_AT_ONCE = 256;

  private final EventJournal journal;
  private final Optional<Gap> gap;
  private volatile long position;
  private volatile boolean closed;

  Subscription(EventJournal journal, long position, Optional<Gap> gap) {
    this.journal = journal;
    this.position = position;
    this.gap = gap;
  }

  /**
   * Events are missing: what followed {@code from} is not retained any more.
   *
   * @param from the last event the follower knows
   * @param to the first event it gets; absent when that has not happened yet
   */
  public record Gap(EventId from, Optional<EventId> to) {}

  /** What reading gives. */
  public sealed interface Taken {
    /**
     * Events, in order.
     *
     * @param events empty when nothing happened in time
     */
    record Events(List<PublishedEvent> events) implements Taken {}

    /**
     * There will be no more: the follower was too slow, or closed, or the server stops.
     *
     * @param why for people
     */
    record Ended(String why) implements Taken {}
  }

  /** What is missing between what the follower knows and what it gets. */
  public Optional<Gap> gap() {
    return gap;
  }

  /**
   * The next events.
   *
   * @param patience how long to wait for the first of them
   * @throws InterruptedException when interrupted while waiting
   */
  public Taken take(Duration patience) throws InterruptedException {
    Taken taken = journal.take(position, MOST_AT_ONCE, patience.toNanos(), () -> closed);
    if (taken instanceof Taken.Events events) {
      long next = position + events.events().size();
      position = next; // only this thread writes it
    }
    return taken;
  }

  /** Whether the follower has fallen behind what is retained, so that it can only begin anew. */
  public boolean isTooSlow() {
    return journal.isPast(position);
  }

  /** Ends it; a reader that waits gets {@link Taken.Ended}. */
  @Override
  public void close() {
    closed = true;
    journal.wake();
  }
}
