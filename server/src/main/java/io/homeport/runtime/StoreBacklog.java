package io.homeport.runtime;

import io.homeport.model.ClusterEvent;
import io.homeport.scheduler.Input;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What waits while the store has no room: events that need a commit, and all events behind them,
 * because their order matters. The store is tried again with growing pauses.
 */
final class StoreBacklog {
  static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Deque<Submission> held = new ArrayDeque<>();
  private final Set<Input> updates = new HashSet<>();
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

  /**
   * Keeps an input for later. Engines repeat updates until they are acknowledged: one copy of each
   * is enough. Whatever else is heard twice happened twice, and what came between counts.
   */
  void hold(Submission submission) {
    if (!isRepeated(submission.input()) || updates.add(submission.input())) {
      held.add(submission);
    }
  }

  private static boolean isRepeated(Input input) {
    return input instanceof Input.Observed(ClusterEvent event)
        && switch (event) {
          case ClusterEvent.TaskUpdated updated -> updated.update().uuid().isPresent();
          case ClusterEvent.OperationUpdated updated -> updated.update().uuid().isPresent();
          case ClusterEvent.Connected _,
              ClusterEvent.Disconnected _,
              ClusterEvent.OffersReceived _,
              ClusterEvent.OfferRescinded _,
              ClusterEvent.AgentReported _ ->
              false;
        };
  }

  /** Gives back everything that was kept, in order: the store is to be tried again. */
  Deque<Submission> release() {
    full = false;
    Deque<Submission> released = new ArrayDeque<>(held);
    held.clear();
    updates.clear();
    return released;
  }

  /** Everything that is kept, in order. */
  List<Submission> held() {
    return List.copyOf(held);
  }
}
