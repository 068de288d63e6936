package io.homeport.simulation.trouble;

import io.homeport.simulation.invariants.Invariants;
import io.homeport.simulation.server.SchedulerNode;
import io.homeport.simulation.server.Servers;
import io.homeport.simulation.world.Situation;
import io.homeport.simulation.world.SplitMix64;
import io.homeport.simulation.world.World;

/** What goes wrong with schedulers and their store. */
final class ServerFaults {
  /** A leader that is silent for longer is replaced. */
  private static final long PATIENCE_MILLIS = 10_000;

  private static final long LONGEST_MILLIS = 60_000;

  private final World world;
  private final Servers servers;
  private final Invariants invariants;
  private boolean backedUp;
  private boolean restored;

  ServerFaults(World world, Servers servers, Invariants invariants) {
    this.world = world;
    this.servers = servers;
    this.invariants = invariants;
  }

  void crash(SplitMix64 random) {
    servers
        .election()
        .leader()
        .ifPresent(
            leader -> {
              world.tally().fault("scheduler crash");
              leader.die("crashes");
            });
  }

  void pause(SplitMix64 random) {
    servers
        .election()
        .leader()
        .filter(leader -> !leader.isPaused())
        .ifPresent(leader -> pause(leader, random.between(100, LONGEST_MILLIS)));
  }

  private void pause(SchedulerNode leader, long millis) {
    world.tally().fault("scheduler paused");
    leader.pause(millis);
    if (millis > PATIENCE_MILLIS) {
      world.agenda().after(PATIENCE_MILLIS, () -> servers.election().depose(leader));
    }
  }

  void fillStore(SplitMix64 random) {
    world.tally().fault("store full");
    servers.disk().fill(true);
    world.agenda().after(random.between(100, LONGEST_MILLIS), () -> servers.disk().fill(false));
  }

  /** A copy is made of the store; some time later somebody stops everything and puts it back. */
  void backUpOrRestore(SplitMix64 random) {
    if (!backedUp) {
      backedUp = true;
      world.trace().add("operator", "copies the store");
      servers.disk().backUp();
    } else if (!restored) {
      restored = true;
      servers.election().nodes().forEach(node -> node.die("is stopped"));
      if (servers.disk().isBackedUp()) {
        replace(random.chance(0.3));
      }
    }
  }

  private void replace(boolean byHand) {
    world.tally().fault("store replaced by an old copy");
    if (byHand) {
      world.trace().add("operator", "puts the old copy of the store back by hand");
      world.tally().reached(Situation.OLD_COPY_BY_HAND);
      servers.disk().putBack();
      invariants.runsRepeat();
    } else {
      world.trace().add("operator", "restores the old copy of the store");
      world.tally().reached(Situation.OLD_BACKUP);
      servers.disk().restore(world.agenda().instant());
    }
    invariants.pastIsLost();
  }

  void heal() {
    servers.disk().fill(false);
  }
}
