package io.homeport.runtime;

import io.homeport.scheduler.Input;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What waits while the store has no room: events that need a commit, and all events behind them,
 * because their order matters. The store is tried again with growing pauses.
 */
final class StoreBacklog {
  static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  // By input, because engines repeat updates until they are acknowledged: one copy of each is
  // enough.
  private final Map<Input, Submission> held = new LinkedHashMap<>();
  private boolean full;
  private Instant retryAt = Instant.EPOCH;
  private Duration pause = FIRST_PAUSE;

  /** The store had no room. */
  void storeIsFull(Instant now) {
    full = true;
    retryAt = now.plus(pause);
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }

  /** The store took something. */
  void storeHasRoom() {
    full = false;
    pause = FIRST_PAUSE;
  }

  /** Whether the store is taken to be full, and is not tried at this time. */
  boolean isFull(Instant now) {
    return full && now.isBefore(retryAt);
  }

  /** Whether the store is taken to be full until it is tried again. */
  boolean isFull() {
    return full;
  }

  /** When it is tried again. */
  Instant retryAt() {
    return retryAt;
  }

  boolean isHolding() {
    return !held.isEmpty();
  }

  /** Keeps an input for later; one that is kept already is not kept twice. */
  void hold(Submission submission) {
    held.putIfAbsent(submission.input(), submission);
  }

  /** Gives back everything that was kept, in order: the store is to be tried again. */
  Deque<Submission> release() {
    full = false;
    Deque<Submission> released = new ArrayDeque<>(held.values());
    held.clear();
    return released;
  }

  /** Everything that is kept, in order. */
  List<Submission> held() {
    return List.copyOf(held.values());
  }
}
