package io.homeport.runtime;

import io.homeport.scheduler.Decision;
import io.homeport.scheduler.Input;
import io.homeport.scheduler.Scheduler;
import io.homeport.state.ClusterState;
import java.time.Instant;
import java.util.Optional;

/** What the loop drives: the core's functions, or others in tests of the loop. */
public interface Decider {
  /** The core. */
  Decider CORE =
      new Decider() {
        @Override
        public Decision decide(ClusterState state, Input input, Instant now) {
          return Scheduler.decide(state, input, now);
        }

        @Override
        public Optional<Instant> nextDeadline(ClusterState state, Instant now) {
          return Scheduler.nextDeadline(state, now);
        }
      };

  /**
   * See {@link Scheduler#decide}.
   *
   * @param state what is known
   * @param input what happened
   * @param now the time; never before that of an earlier decision
   */
  Decision decide(ClusterState state, Input input, Instant now);

  /**
   * See {@link Scheduler#nextDeadline}.
   *
   * @param state what is known
   * @param now the time
   */
  Optional<Instant> nextDeadline(ClusterState state, Instant now);
}
