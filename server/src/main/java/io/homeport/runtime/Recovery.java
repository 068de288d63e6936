package io.homeport.runtime;

import io.homeport.state.ClusterState;
import io.homeport.state.DurableState;
import io.homeport.state.Replay;
import io.homeport.state.StateChecker;
import io.homeport.state.TransientState;
import io.homeport.state.Violation;
import java.time.Instant;
import java.util.List;

/**
 * What a server knows when it begins: the one path for start-up, take-over and recovery.
 *
 * @param snapshot the stored state, with nothing transient in it
 * @param violations what is wrong with it; when there is anything, it may be read and not changed
 */
public record Recovery(Snapshot snapshot, List<Violation> violations) {
  /**
   * Reads the store.
   *
   * @param store the store
   * @param now the time
   * @throws StoreException when it cannot be read
   */
  public static Recovery from(Store store, Instant now) throws StoreException {
    Replay replay = new Replay();
    long sequence = store.load(replay::add);
    DurableState durable = replay.state(parts -> parts.parallelStream().forEach(Runnable::run));
    List<Violation> violations =
        StateChecker.checksOfReplayed(durable).parallelStream()
            .flatMap(check -> check.get().stream())
            .toList();
    return new Recovery(
        new Snapshot(new ClusterState(durable, TransientState.EMPTY), sequence, now), violations);
  }
}
