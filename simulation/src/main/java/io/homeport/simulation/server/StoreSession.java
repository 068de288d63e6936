package io.homeport.simulation.server;

import io.homeport.runtime.Store;
import io.homeport.simulation.world.Describe;
import io.homeport.simulation.world.Fault;
import io.homeport.simulation.world.Situation;
import io.homeport.simulation.world.World;
import io.homeport.state.Change;
import io.homeport.state.DurableState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One scheduler's access to the store: it checks the sequence number, as every real store does, and
 * fails in the ways in which real ones fail.
 */
final class StoreSession implements Store {
  private static final int LONGEST_MILLIS = 400;

  private final Servers servers;
  private final World world;
  private final Disk disk;
  private final String owner;
  private final SlowCommit.Waiter waiter;
  private final Limits limits;
  private long seen;
  private boolean writing;

  /**
   * A session.
   *
   * @param disk where commits are written to
   * @param owner the name of its scheduler
   * @param waiter what its scheduler runs in
   */
  StoreSession(Servers servers, Disk disk, String owner, SlowCommit.Waiter waiter) {
    this.servers = servers;
    this.world = servers.world();
    this.disk = disk;
    this.owner = owner;
    this.waiter = waiter;
    this.limits = new Limits((int) servers.storeRandom().between(1, 100), Limits.USUAL.bytes());
  }

  /** Whether a commit is under way. */
  boolean isWriting() {
    return writing;
  }

  @Override
  public Limits limits() {
    return limits;
  }

  @Override
  public long load(Consumer<Change.Stored> changes) {
    if (servers.disk().isTorn()) {
      world.trace().add(owner, "drops a torn record");
      world.tally().reached(Situation.TORN_RECORD);
    }
    servers.disk().log().forEach(changes);
    seen = servers.disk().sequence();
    return seen;
  }

  /** Now and then a commit takes a while; it lands at the beginning of it or at the end. */
  @Override
  public CompletableFuture<Outcome> begin(long expected, List<Change.Stored> changes) {
    if (!world.strikes(Fault.SLOW_COMMITS, servers.storeRandom())) {
      return CompletableFuture.completedFuture(commit(expected, changes));
    }
    world.tally().event("slow commit");
    Optional<Outcome> landed =
        servers.storeRandom().chance(0.5)
            ? Optional.of(commit(expected, changes))
            : Optional.empty();
    SlowCommit<Outcome> commit = new SlowCommit<>(waiter);
    writing = true;
    world
        .agenda()
        .after(
            servers.storeRandom().between(1, LONGEST_MILLIS),
            () -> {
              if (waiter.isAlive()) {
                writing = false;
                end(commit, landed, expected, changes);
              }
            });
    return commit;
  }

  private void end(
      SlowCommit<Outcome> commit,
      Optional<Outcome> landed,
      long expected,
      List<Change.Stored> changes) {
    try {
      Outcome outcome = landed.orElseGet(() -> commit(expected, changes));
      if (!(outcome instanceof Outcome.Committed)) {
        world.tally().reached(Situation.SLOW_COMMIT_FAILED);
      }
      commit.complete(outcome);
    } catch (Crashes.Crash crash) {
      commit.completeExceptionally(crash);
    }
  }

  @Override
  public Outcome commit(long expected, List<Change.Stored> changes) {
    if (expected != servers.disk().sequence()) {
      world.tally().reached(Situation.SUPERSEDED_COMMIT_REFUSED);
      world.trace().add(owner, "commit refused");
      return new Outcome.Refused("another scheduler has written since");
    }
    if (servers.disk().isFull()) {
      world.trace().add(owner, "store full");
      world.tally().reached(Situation.STORE_FULL);
      return new Outcome.Full("no space left on device");
    }
    if (world.strikes(Fault.TORN_COMMITS, servers.storeRandom())) {
      throw dieWriting(changes);
    }
    if (world.strikes(Fault.STORE_UNKNOWN, servers.storeRandom())) {
      world.tally().fault("commit with unknown outcome");
      boolean written = servers.storeRandom().chance(0.5);
      world.trace().add(owner, "commit unknown, in truth " + (written ? "written" : "lost"));
      if (written) {
        write(changes);
      }
      return new Outcome.Unknown("the connection was lost");
    }
    write(changes);
    servers.disk().confirm();
    servers.crashes().afterCommit(owner);
    return new Outcome.Committed(servers.disk().sequence());
  }

  /** The power fails while a record is written: nobody was told that it is safe. */
  private Crashes.Crash dieWriting(List<Change.Stored> changes) {
    world.tally().fault("power failure within a commit");
    SimulatedDisk.Remains remains =
        servers.storeRandom().pick(List.of(SimulatedDisk.Remains.values()));
    world.trace().add(owner, "the power fails within a commit: " + remains);
    DurableState before = servers.disk().durable();
    disk.write(changes);
    servers.disk().powerFails(remains);
    if (remains == SimulatedDisk.Remains.WHOLE) {
      world.tally().reached(Situation.UNSYNCED_RECORD_KEPT);
      servers.witness().committed(before, changes, servers.disk().durable());
    }
    return new Crashes.Crash("within a commit");
  }

  private void write(List<Change.Stored> changes) {
    DurableState before = servers.disk().durable();
    disk.write(changes);
    disk.sync();
    seen = servers.disk().sequence();
    world.tally().event("commit");
    world.trace().note(owner, () -> "commits " + Describe.changes(changes));
    world.trace().add(owner, "commit " + servers.disk().sequence() + " of " + changes.size());
    servers.witness().committed(before, changes, servers.disk().durable());
  }

  @Override
  public Optional<String> takenOver() {
    return seen == servers.disk().sequence()
        ? Optional.empty()
        : Optional.of("another scheduler has written since");
  }

  @Override
  public String description() {
    return "simulated";
  }

  @Override
  public void close() {}
}
