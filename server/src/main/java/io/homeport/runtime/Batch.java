package io.homeport.runtime;

import io.homeport.scheduler.Decision;
import io.homeport.state.Change;
import io.homeport.state.ClusterState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Decisions that are settled together: one commit, then their effects and replies. */
final class Batch {
  /** While the store is free, no further decision joins after so long: the first has waited. */
  static final Duration MAX_TIME = Duration.ofMillis(5);

  private final Instant begunAt;
  private final Store.Limits limits;
  private final List<Step> steps = new ArrayList<>();
  private final List<Change.Stored> stored = new ArrayList<>();
  private ClusterState state;
  private long bytes;

  /**
   * An input and what was decided about it.
   *
   * @param submission the input
   * @param decision what was decided
   * @param next the state with its changes
   */
  record Step(Submission submission, Decision decision, ClusterState next) {
    /** Whether it needs the store. */
    boolean isStored() {
      for (Change change : decision.changes()) {
        if (change instanceof Change.Stored) {
          return true;
        }
      }
      return false;
    }
  }

  Batch(ClusterState state, Instant now, Store.Limits limits) {
    this.limits = limits;
    this.state = state;
    this.begunAt = now;
  }

  void add(Step step) {
    steps.add(step);
    state = step.next();
    for (Change change : step.decision().changes()) {
      if (change instanceof Change.Stored toStore) {
        stored.add(toStore);
        bytes += Weight.of(toStore);
      }
    }
  }

  /** Whether a commit should not get larger. */
  boolean isFull() {
    return stored.size() >= limits.changes() || bytes >= limits.bytes();
  }

  /** Whether its first decision has waited for others long enough. */
  boolean hasWaited(Instant now) {
    return !steps.isEmpty() && Duration.between(begunAt, now).compareTo(MAX_TIME) >= 0;
  }

  boolean isEmpty() {
    return steps.isEmpty();
  }

  /** The state with the changes of all decisions. */
  ClusterState state() {
    return state;
  }

  List<Step> steps() {
    return steps;
  }

  List<Change.Stored> stored() {
    return stored;
  }
}
