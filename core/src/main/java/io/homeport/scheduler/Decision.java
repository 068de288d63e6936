package io.homeport.scheduler;

import io.homeport.state.Change;
import io.homeport.state.ClusterState;
import java.util.List;
import java.util.Optional;

/**
 * What the scheduler decided: all of it takes place or nothing.
 *
 * @param changes what changes, in order; at most {@link Scheduler#MAX_CHANGES} stored ones
 * @param effects what is done after the commit, in order
 * @param reply what the asker gets; {@link Reply.Done} where nobody asked
 * @param known the state with the changes, where it is known from deciding: it need not be made
 *     again
 */
public record Decision(
    List<Change> changes, List<Effect> effects, Reply reply, Optional<ClusterState> known) {
  /**
   * A decision whose changes nobody has applied yet.
   *
   * @param changes what changes, in order
   * @param effects what is done after the commit, in order
   * @param reply what the asker gets
   */
  public Decision(List<Change> changes, List<Effect> effects, Reply reply) {
    this(changes, effects, reply, Optional.empty());
  }

  /**
   * The state once it has taken place.
   *
   * @param before the state that it was decided on
   */
  public ClusterState after(ClusterState before) {
    return known.orElseGet(() -> before.applyAll(changes));
  }
}
