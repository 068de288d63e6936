package io.homeport.simulation.server;

import io.homeport.simulation.world.Fault;
import io.homeport.simulation.world.SplitMix64;
import io.homeport.simulation.world.World;

/** Ends schedulers at the moments that matter: after a commit, before and after an effect. */
final class Crashes {
  private final World world;
  private final SplitMix64 random;

  Crashes(World world, SplitMix64 random) {
    this.world = world;
    this.random = random;
  }

  /** The scheduler is no more. It is an error, so that no part of the product survives it. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash(String where) {
      super(where, null, false, false);
    }
  }

  void afterCommit(String owner) {
    maybe(Fault.COMMIT_CRASHES, owner, "after a commit");
  }

  void aroundEffect(String owner, String side) {
    maybe(Fault.EFFECT_CRASHES, owner, side + " an effect");
  }

  private void maybe(Fault fault, String owner, String where) {
    if (world.strikes(fault, random)) {
      world.tally().fault("crash " + where);
      world.trace().add(owner, "crashes " + where);
      throw new Crash(where);
    }
  }
}
