package io.homeport.scheduler;

import io.homeport.state.ClusterState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The scheduler: a function from the state, an input and the time to a decision. */
public final class Scheduler {
  /** The most stored changes in one decision; larger intents are continued by ticks. */
  public static final int MAX_CHANGES = 1_000;

  private Scheduler() {}

  /**
   * Decides.
   *
   * @param state what is known
   * @param input what happened
   * @param now the time; never before that of an earlier decision
   */
  public static Decision decide(ClusterState state, Input input, Instant now) {
    return new Decision(List.of(), List.of(), new Reply.Done());
  }

  /**
   * When a {@link Input.Tick} is wanted: a time in the past means as soon as possible, and none
   * means that only another input can bring anything new.
   *
   * @param state what is known
   */
  public static Optional<Instant> nextDeadline(ClusterState state) {
    return Optional.empty();
  }
}
