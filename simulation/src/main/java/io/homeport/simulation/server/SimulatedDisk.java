package io.homeport.simulation.server;

import io.homeport.simulation.world.Invariant;
import io.homeport.simulation.world.World;
import io.homeport.state.Change;
import io.homeport.state.DurableState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The disk below the store of all schedulers: the commits in order, and what they amount to. It
 * outlives every scheduler. How commits fail is decided in {@link StoreSession}.
 */
public final class SimulatedDisk implements Disk {
  private final World world;
  private final List<List<Change.Stored>> commits = new ArrayList<>();
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

  /** The changes of the last commit. */
  public List<Change.Stored> lastCommit() {
    return commits.isEmpty() ? List.of() : commits.getLast();
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

  /** Replaces all that there is by the copy; false when there is none, or nothing came after it. */
  public boolean restore() {
    if (backup.isEmpty() || backup.get() == commits.size()) {
      return false;
    }
    keep(backup.get());
    confirmed = commits.size();
    synced = commits.size();
    return true;
  }

  private void keep(int count) {
    if (count == commits.size()) {
      return;
    }
    List<List<Change.Stored>> kept = List.copyOf(commits.subList(0, count));
    commits.clear();
    durable = DurableState.EMPTY;
    kept.forEach(this::write);
  }
}
