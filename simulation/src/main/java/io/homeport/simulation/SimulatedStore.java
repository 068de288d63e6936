package io.homeport.simulation;

import io.homeport.state.Change;
import io.homeport.state.DurableState;
import java.util.ArrayList;
import java.util.List;

/**
 * The disk that all schedulers share: the stored changes in order, and what they amount to. It
 * outlives every scheduler. How commits fail is decided in {@link StoreSession}.
 */
final class SimulatedStore {
  private final List<Change.Stored> log = new ArrayList<>();
  private DurableState durable = DurableState.EMPTY;
  private long sequence;
  private boolean full;

  /** All stored changes, oldest first. */
  List<Change.Stored> log() {
    return log;
  }

  /** What the stored changes amount to. */
  DurableState durable() {
    return durable;
  }

  /** The number of the last commit. */
  long sequence() {
    return sequence;
  }

  boolean isFull() {
    return full;
  }

  void fill(boolean next) {
    full = next;
  }

  /** Appends the changes of one commit. */
  void append(List<Change.Stored> changes) {
    for (Change.Stored change : changes) {
      durable = durable.apply(change);
    }
    log.addAll(changes);
    sequence++;
  }
}
