package io.homeport.simulation.cluster;

import io.homeport.simulation.world.SplitMix64;
import io.homeport.simulation.world.World;
import java.util.List;

/** A master and its machines, and what they share. */
public final class SimulatedCluster {
  /** The name of the installation that everything in the cluster is labelled with. */
  public static final String INSTALLATION = "homeport1";

  private final World world;
  private final List<Machine> machines;
  private final ClusterWitness witness;
  private final AgentLife life;
  private final SimulatedMaster master;

  /**
   * A cluster whose machines have not registered yet.
   *
   * @param world the time, and what goes wrong
   * @param random what happens on the machines is drawn from it
   * @param machines its machines
   * @param witness sees all that happens
   */
  public SimulatedCluster(
      World world, SplitMix64 random, List<Machine> machines, ClusterWitness witness) {
    this.world = world;
    this.machines = List.copyOf(machines);
    this.witness = witness;
    this.life = new AgentLife(this, random);
    this.master = new SimulatedMaster(this);
  }

  /**
   * Lets each machine register within some time.
   *
   * @param random when is drawn from it
   * @param mostMillis the longest time
   */
  public void begin(SplitMix64 random, long mostMillis) {
    for (Machine machine : machines) {
      world.agenda().after(random.between(1, mostMillis), () -> master.register(machine));
    }
  }

  /** The time, and what goes wrong. */
  public World world() {
    return world;
  }

  /** The machines. */
  public List<Machine> machines() {
    return machines;
  }

  /** The master. */
  public SimulatedMaster master() {
    return master;
  }

  /** What happens on the machines. */
  public AgentLife life() {
    return life;
  }

  ClusterWitness witness() {
    return witness;
  }
}
