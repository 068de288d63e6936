package io.homeport.simulation.cluster;

import io.homeport.model.AgentId;
import io.homeport.model.ReservationId;
import io.homeport.model.TaskState;
import java.util.Optional;

/** The last the master heard of a task. */
record KnownTask(
    AgentId agent,
    TaskState state,
    Optional<ReservationId> reservation,
    Optional<Boolean> healthy) {
  /** The same in another state. */
  KnownTask in(TaskState next) {
    return new KnownTask(agent, next, reservation, healthy);
  }

  /** Whether nothing more is to come. */
  boolean hasEnded() {
    return state.hasEnded();
  }
}
