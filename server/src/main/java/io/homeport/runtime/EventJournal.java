package io.homeport.runtime;

import io.homeport.model.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The events published lately, for those who follow them. A bounded window is retained; followers
 * read from it at their own pace, so that they cost nothing but a position in it. One who falls
 * behind the window is cut off, and neither the loop nor anybody else notices.
 */
public final class EventJournal {
  /** What the server retains unless told otherwise. */
  public static final Window DEFAULT_WINDOW = new Window(20_000, 32L << 20);

  /**
   * How much is retained: the newest events for which both bounds hold, and at least one.
   *
   * @param events how many, at least 1
   * @param bytes their memory, as {@link Weight} estimates it
   */
  public record Window(int events, long bytes) {}

  private final Window window;

  // What is retained is most of what a collection copies, so an event is no object but itself.
  private final @Nullable Event[] retained;
  private final long[] sequences;
  private final int[] indexes;
  private final Instant[] times;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();

  // The events numbered from first (inclusive) to next (exclusive) are retained, each at its number
  // modulo the most that are retained. Ids at or below the floor cannot be resumed after, except
  // the floor.
  private long first;
  private long next;
  private long bytes;
  private EventId floor;
  private EventId last;
  private boolean closed;

  /**
   * An empty journal.
   *
   * @param sequence the sequence number of the last commit: events up to it were published by an
   *     earlier server, if at all, and cannot be told any more
   * @param window how much is retained
   */
  public EventJournal(long sequence, Window window) {
    this.window = window;
    this.retained = new Event[window.events()];
    this.sequences = new long[window.events()];
    this.indexes = new int[window.events()];
    this.times = new Instant[window.events()];
    this.floor = new EventId(sequence, Integer.MAX_VALUE);
    this.last = floor;
  }

  /**
   * Publishes events. Never waits for followers.
   *
   * @param sequence the number of the commit that made them true, not below the one before
   * @param at when
   * @param events what happened, in order
   */
  public void append(long sequence, Instant at, List<Event> events) {
    if (events.isEmpty()) {
      return;
    }
    lock.lock();
    try {
      for (Event event : events) {
        add(idAfter(last, sequence), at, event);
      }
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static EventId idAfter(EventId last, long sequence) {
    boolean sameCommit = last.sequence() == sequence && last.index() != Integer.MAX_VALUE;
    return new EventId(sequence, sameCommit ? last.index() + 1 : 0);
  }

  private void add(EventId id, Instant at, Event event) {
    if (next - first == retained.length) {
      dropFirst();
    }
    int slot = slot(next);
    retained[slot] = event;
    sequences[slot] = id.sequence();
    indexes[slot] = id.index();
    times[slot] = at;
    next++;
    last = id;
    bytes += Weight.of(event);
    while (bytes > window.bytes() && next - first > 1) {
      dropFirst();
    }
  }

  private void dropFirst() {
    bytes -= Weight.of(eventAt(first));
    floor = idAt(first);
    retained[slot(first)] = null;
    first++;
  }

  private int slot(long number) {
    return (int) (number % retained.length);
  }

  /** The last event that was published, or what stands for it before the first. */
  public EventId last() {
    lock.lock();
    try {
      return last;
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing will be published any more. */
  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Begins to follow.
   *
   * @param after the last event the follower knows; absent to begin with the next one
   */
  public Subscription subscribe(Optional<EventId> after) {
    lock.lock();
    try {
      if (after.isEmpty()) {
        return new Subscription(this, next, Optional.empty());
      }
      EventId known = after.get();
      if (known.compareTo(floor) < 0 || known.compareTo(last) > 0) {
        Optional<EventId> to = first == next ? Optional.empty() : Optional.of(idAt(first));
        return new Subscription(this, first, Optional.of(new Subscription.Gap(known, to)));
      }
      return new Subscription(this, numberAfter(known), Optional.empty());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Begins to follow with the last events.
   *
   * @param events how many of them at most; fewer when fewer are retained
   */
  public Subscription subscribeTail(int events) {
    lock.lock();
    try {
      return new Subscription(this, Math.max(first, next - events), Optional.empty());
    } finally {
      lock.unlock();
    }
  }

  private long numberAfter(EventId known) {
    long low = first;
    long high = next;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (idAt(middle).compareTo(known) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private PublishedEvent at(long number) {
    return new PublishedEvent(idAt(number), times[slot(number)], eventAt(number));
  }

  private Event eventAt(long number) {
    return Objects.requireNonNull(retained[slot(number)]);
  }

  private EventId idAt(long number) {
    int slot = slot(number);
    return new EventId(sequences[slot], indexes[slot]);
  }

  /** Ends all subscriptions; nothing more is published. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes the events from a position on, waiting for the first of them.
   *
   * @param position the number of the first event wanted
   * @param most how many are taken at most
   * @param nanos how long to wait
   * @param ended whether the follower gave up meanwhile
   */
  Subscription.Taken take(
      long position, int most, long nanos, java.util.function.BooleanSupplier ended)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (position == next && !closed && !ended.getAsBoolean() && left > 0) {
        left = grown.awaitNanos(left);
      }
      if (ended.getAsBoolean()) {
        return new Subscription.Taken.Ended("The subscription was closed.");
      }
      if (position < first) {
        return new Subscription.Taken.Ended(
            "The follower was too slow: the events it has not read are not retained any more.");
      }
      if (position == next && closed) {
        return new Subscription.Taken.Ended("The server is stopping.");
      }
      List<PublishedEvent> taken = new ArrayList<>();
      for (long number = position; number < next && taken.size() < most; number++) {
        taken.add(at(number));
      }
      return new Subscription.Taken.Events(List.copyOf(taken));
    } finally {
      lock.unlock();
    }
  }

  /** Whether the event with a number, or one before it, is not retained any more. */
  boolean isPast(long position) {
    lock.lock();
    try {
      return position < first;
    } finally {
      lock.unlock();
    }
  }

  /** Wakes those who wait, so that one of them sees that it was closed. */
  void wake() {
    lock.lock();
    try {
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
