package io.homeport.runtime;

import io.homeport.state.Change;
import io.homeport.state.DurableState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A store in memory whose next outcomes can be told to it. */
final class MemoryStore implements Store {
  private final List<Change.Stored> log = new ArrayList<>();
  private final List<Integer> commitSizes = new ArrayList<>();
  private final Deque<Outcome> nextOutcomes = new ArrayDeque<>();
  private long sequence;
  private int attempts;
  private boolean takenOver;

  /** The next attempts to commit end like this, and write nothing. */
  synchronized void answerNextWith(Outcome... outcomes) {
    nextOutcomes.addAll(List.of(outcomes));
  }

  /** Somebody else reads it, and leads from now on. */
  synchronized void takeOver() {
    takenOver = true;
  }

  @Override
  public synchronized Optional<String> takenOver() {
    return takenOver ? Optional.of("another leads") : Optional.empty();
  }

  synchronized List<Integer> commitSizes() {
    return List.copyOf(commitSizes);
  }

  synchronized int attempts() {
    return attempts;
  }

  /** What replaying gives. */
  synchronized DurableState replayed() {
    DurableState state = DurableState.EMPTY;
    for (Change.Stored change : log) {
      state = state.apply(change);
    }
    return state;
  }

  @Override
  public synchronized long load(Consumer<Change.Stored> changes) {
    log.forEach(changes);
    return sequence;
  }

  @Override
  public synchronized Outcome commit(long expected, List<Change.Stored> changes) {
    attempts++;
    if (!nextOutcomes.isEmpty()) {
      return nextOutcomes.removeFirst();
    }
    if (expected != sequence) {
      return new Outcome.Refused("expected " + expected + ", found " + sequence);
    }
    log.addAll(changes);
    commitSizes.add(changes.size());
    sequence++;
    return new Outcome.Committed(sequence);
  }

  @Override
  public String description() {
    return "memory";
  }

  @Override
  public void close() {}
}
