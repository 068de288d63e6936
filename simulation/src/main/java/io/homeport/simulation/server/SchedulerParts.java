package io.homeport.simulation.server;

import io.homeport.model.Call;
import io.homeport.runtime.Decider;
import io.homeport.runtime.Store;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a scheduler is made of. The production parts by default; tests put a defective one in the
 * place of one of them, to find out whether the simulation notices. Parts are made anew for each
 * leadership, so that what they remember dies with their scheduler.
 */
public interface SchedulerParts {
  /** The production parts. */
  SchedulerParts PRODUCTION = new SchedulerParts() {};

  /**
   * The core.
   *
   * @param engine takes calls at once; production code has no use for it
   */
  default Decider decider(Consumer<Call> engine) {
    return Decider.CORE;
  }

  /**
   * What the store writes to.
   *
   * @param disk the disk
   */
  default Disk disk(Disk disk) {
    return disk;
  }

  /**
   * Where the loop commits to.
   *
   * @param store the store
   */
  default Store store(Store store) {
    return store;
  }

  /**
   * Where the loop sends calls.
   *
   * @param engine takes them to the master
   */
  default Consumer<Call> calls(Consumer<Call> engine) {
    return engine;
  }

  /**
   * The name under which the scheduler subscribes.
   *
   * @param stored what the store says; empty for the first time
   */
  default Optional<String> frameworkId(Optional<String> stored) {
    return stored;
  }
}
