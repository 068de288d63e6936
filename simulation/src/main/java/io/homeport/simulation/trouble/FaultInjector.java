package io.homeport.simulation.trouble;

import io.homeport.simulation.cluster.SimulatedCluster;
import io.homeport.simulation.invariants.Invariants;
import io.homeport.simulation.server.Servers;
import io.homeport.simulation.world.Fault;
import io.homeport.simulation.world.SplitMix64;
import io.homeport.simulation.world.World;
import java.time.Duration;
import java.util.function.Consumer;

/** Makes trouble: machines, network, master, schedulers and the disk of the store. */
public final class FaultInjector {
  private final World world;
  private final SimulatedCluster cluster;
  private final MachineFaults machines;
  private final ServerFaults servers;
  private final SplitMix64 random;

  /**
   * An injector that has not done anything yet.
   *
   * @param world how much goes wrong in it
   * @param cluster what goes wrong
   * @param servers likewise
   * @param invariants hear when the past is lost
   * @param random what goes wrong is drawn from it
   */
  public FaultInjector(
      World world,
      SimulatedCluster cluster,
      Servers servers,
      Invariants invariants,
      SplitMix64 random) {
    this.world = world;
    this.cluster = cluster;
    this.machines = new MachineFaults(cluster, random.fork());
    this.servers = new ServerFaults(world, servers, invariants);
    this.random = random;
  }

  /** It begins to make trouble, and goes on until the trouble is over. */
  public void begin() {
    every(Fault.MACHINES, machines::trouble);
    every(Fault.MACHINE_FULL, machines::fill);
    every(Fault.MASTER, this::failMaster);
    every(Fault.DISCONNECTIONS, this::disconnect);
    every(Fault.CRASHES, servers::crash);
    every(Fault.PAUSES, servers::pause);
    every(Fault.STORE_FULL, servers::fillStore);
    every(Fault.OLD_BACKUP, servers::backUpOrRestore);
  }

  private void every(Fault fault, Consumer<SplitMix64> deed) {
    Duration pause = world.profile().pause(fault);
    if (!pause.isZero()) {
      every(fault, pause, random.fork(), deed);
    }
  }

  /** Each deed draws from a generator of its own, so that leaving one out changes no other. */
  private void every(Fault fault, Duration pause, SplitMix64 own, Consumer<SplitMix64> deed) {
    world
        .agenda()
        .after(
            own.between(1, pause.toMillis() * 2),
            () -> {
              if (world.isTroubled()) {
                SplitMix64 drawn = own.fork();
                if (world.permits(fault.name())) {
                  deed.accept(drawn);
                }
                every(fault, pause, own, deed);
              }
            });
  }

  private void failMaster(SplitMix64 own) {
    world.tally().fault("master fail-over");
    cluster.master().failOver(own.between(100, 30_000), own.between(100, 120_000));
  }

  private void disconnect(SplitMix64 own) {
    cluster
        .master()
        .framework()
        .ifPresent(
            connection -> {
              world.tally().fault("connection lost");
              connection.breakOff("connection reset");
            });
  }

  /** Everything that can come back comes back. */
  public void heal() {
    servers.heal();
    machines.heal();
  }
}
