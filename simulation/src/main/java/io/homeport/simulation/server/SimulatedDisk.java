package io.homeport.simulation.server;

import io.homeport.simulation.world.Invariant;
import io.homeport.simulation.world.World;
import io.homeport.state.Change;
import io.homeport.state.DurableState;
import io.homeport.state.Restoration;
import io.homeport.state.SafeMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The disk below the store of all schedulers: the commits in order, and what they amount to. It
 * outlives every scheduler. How commits fail is decided in {@link StoreSession}.
 */
public final class SimulatedDisk implements Disk {
  private final World world;
  private final List<List<Change.Stored>> commits = new ArrayList<>();
  private final List<DurableState> states = new ArrayList<>();
  private DurableState durable = DurableState.EMPTY;
  private int synced;
  private int confirmed;
  private boolean full;
  private boolean torn;
  private Optional<Integer> backup = Optional.empty();

  /**
   * An empty disk.
   *
   * @param world says what must hold
   */
  public SimulatedDisk(World world) {
    this.world = world;
  }

  /** What is left when the power fails, of a record that was not synced. */
  enum Remains {
    /** Nothing. */
    LOST,
    /** A part, which whoever reads it next recognises and drops. */
    TORN,
    /** All. */
    WHOLE
  }

  /** All stored changes, oldest first. */
  List<Change.Stored> log() {
    torn = false;
    return commits.stream().flatMap(List::stream).toList();
  }

  /** What the stored changes amount to. */
  public DurableState durable() {
    return durable;
  }

  /**
   * Whether something held at some time.
   *
   * @param since the number of the commit with which that time begins
   * @param state whether a state after a commit shows it
   * @param commit whether the changes of a commit show it, though later ones of it undid it
   */
  public boolean heldSince(
      long since, Predicate<DurableState> state, Predicate<List<Change.Stored>> commit) {
    if (state.test(durable)
        || (since >= 0 && since < states.size() && state.test(stateAfter((int) since)))) {
      return true;
    }
    for (int next = (int) Math.max(0, since); next < commits.size(); next++) {
      if (state.test(states.get(next)) || commit.test(commits.get(next))) {
        return true;
      }
    }
    return false;
  }

  private DurableState stateAfter(int count) {
    return count == 0 ? DurableState.EMPTY : states.get(count - 1);
  }

  /** The number of the last commit. */
  public long sequence() {
    return commits.size();
  }

  boolean isFull() {
    return full;
  }

  /**
   * The disk fills, or has room again.
   *
   * @param next whether it is full
   */
  public void fill(boolean next) {
    full = next;
  }

  @Override
  public void write(List<Change.Stored> changes) {
    for (Change.Stored change : changes) {
      durable = durable.apply(change);
    }
    commits.add(List.copyOf(changes));
    states.add(durable);
  }

  @Override
  public void sync() {
    synced = commits.size();
  }

  /** Somebody was told that all that is written is safe. */
  void confirm() {
    confirmed = commits.size();
  }

  /** The power fails: of what was not synced the last record may remain, the others are lost. */
  void powerFails(Remains remains) {
    int kept = remains == Remains.WHOLE && commits.size() == synced + 1 ? commits.size() : synced;
    torn = remains == Remains.TORN && commits.size() > synced;
    keep(kept);
    world.check(
        confirmed <= kept,
        Invariant.ANSWERED_MEANS_KEPT,
        () ->
            "commit "
                + confirmed
                + " was confirmed; after a power failure only "
                + kept
                + " are there");
    synced = kept;
  }

  /** Whether the last record is torn, and nobody has read it yet. */
  boolean isTorn() {
    return torn;
  }

  /** Makes a copy of all that there is. */
  public void backUp() {
    backup = Optional.of(commits.size());
  }

  /** Whether there is a copy, and something came after it. */
  public boolean isBackedUp() {
    return backup.isPresent() && backup.get() < commits.size();
  }

  /** Puts the copy back by hand, against all advice: whoever reads it does not know its age. */
  public void putBack() {
    keep(backup.orElseThrow());
    allIsSafe();
  }

  /**
   * Restores the copy as {@code homeport state restore} does.
   *
   * @param now when
   */
  public void restore(Instant now) {
    DurableState old = stateAfter(backup.orElseThrow());
    write(Restoration.changes(durable, old, new SafeMode(now, "an old copy was restored.")));
    allIsSafe();
  }

  private void allIsSafe() {
    confirmed = commits.size();
    synced = commits.size();
  }

  private void keep(int count) {
    if (count == commits.size()) {
      return;
    }
    commits.subList(count, commits.size()).clear();
    states.subList(count, states.size()).clear();
    durable = stateAfter(count);
  }
}
