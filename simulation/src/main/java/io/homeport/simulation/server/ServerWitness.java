package io.homeport.simulation.server;

import io.homeport.model.Call;
import io.homeport.runtime.Snapshot;
import io.homeport.scheduler.Decision;
import io.homeport.scheduler.Input;
import io.homeport.state.Change;
import io.homeport.state.ClusterState;
import io.homeport.state.DurableState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sees all that servers do; it does not change anything. */
public interface ServerWitness {
  /**
   * A decision is about to be settled.
   *
   * @param state the state before it
   * @param input what was decided about
   * @param decision what was decided
   * @param now when
   */
  void decided(ClusterState state, Input input, Decision decision, Instant now);

  /**
   * A commit is on disk.
   *
   * @param before what was stored before
   * @param changes the commit
   * @param after what is stored now
   */
  void committed(DurableState before, List<Change.Stored> changes, DurableState after);

  /**
   * A call leaves.
   *
   * @param call the call
   */
  void sent(Call call);

  /**
   * A server subscribes to the master.
   *
   * @param frameworkId the name it gives itself
   */
  void subscribes(Optional<String> frameworkId);

  /**
   * A turn of the loop is over.
   *
   * @param snapshot what readers see
   * @param now when
   */
  void turned(Snapshot snapshot, Instant now);
}
