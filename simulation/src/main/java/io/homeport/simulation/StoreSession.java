package io.homeport.simulation;

import io.homeport.runtime.Store;
import io.homeport.state.Change;
import io.homeport.state.DurableState;
import java.util.List;
import java.util.function.Consumer;

/**
 * One scheduler's access to the store: it checks the sequence number, as every real store does, and
 * fails in the ways in which real ones fail.
 */
final class StoreSession implements Store {
  private final SimulatedStore store;
  private final World world;
  private final SplitMix64 random;
  private final String owner;

  StoreSession(World world, String owner) {
    this.store = world.store();
    this.world = world;
    this.random = world.storeRandom();
    this.owner = owner;
  }

  @Override
  public long load(Consumer<Change.Stored> changes) {
    store.log().forEach(changes);
    return store.sequence();
  }

  @Override
  public Outcome commit(long expected, List<Change.Stored> changes) {
    if (expected != store.sequence()) {
      world.tally().reached("a superseded scheduler was refused a commit");
      world.trace().add(owner, "commit refused");
      return new Outcome.Refused("another scheduler has written since");
    }
    if (store.isFull()) {
      world.trace().add(owner, "store full");
      return new Outcome.Full("no space left on device");
    }
    if (world.isTroubled() && random.chance(world.profile().faults().storeUnknown())) {
      world.tally().fault("commit with unknown outcome");
      boolean written = random.chance(0.5);
      world.trace().add(owner, "commit unknown, in truth " + (written ? "written" : "lost"));
      if (written) {
        write(changes);
      }
      return new Outcome.Unknown("the connection was lost");
    }
    write(changes);
    world.crashes().afterCommit(owner);
    return new Outcome.Committed(store.sequence());
  }

  private void write(List<Change.Stored> changes) {
    DurableState before = store.durable();
    store.append(changes);
    world.tally().event("commit");
    world.trace().note(owner, () -> "commits " + Describe.changes(changes));
    world.trace().add(owner, "commit " + store.sequence() + " of " + changes.size());
    world.commitChecks().committed(before, changes, store.durable());
  }

  @Override
  public String description() {
    return "simulated";
  }

  @Override
  public void close() {}
}
