package io.homeport.simulation.server;

import io.homeport.runtime.LoopMetrics;
import io.homeport.simulation.cluster.SimulatedCluster;
import io.homeport.simulation.world.SplitMix64;
import io.homeport.simulation.world.World;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.function.Supplier;

/** The servers that compete for leadership, and what they share. */
public final class Servers {
  private final World world;
  private final SimulatedCluster cluster;
  private final SimulatedDisk disk;
  private final ServerWitness witness;
  private final Supplier<SchedulerParts> parts;
  private final LoopMetrics metrics = new LoopMetrics(new SimpleMeterRegistry());
  private final SplitMix64 storeRandom;
  private final SplitMix64 termRandom;
  private final Crashes crashes;
  private final Election election;

  /**
   * Servers that have not started yet.
   *
   * @param world the time, and what goes wrong
   * @param random what happens to them is drawn from it
   * @param cluster what they subscribe to
   * @param disk below the store of all of them
   * @param witness sees all that they do
   * @param parts gives the parts of each scheduler
   */
  public Servers(
      World world,
      SplitMix64 random,
      SimulatedCluster cluster,
      SimulatedDisk disk,
      ServerWitness witness,
      Supplier<SchedulerParts> parts) {
    this.world = world;
    this.cluster = cluster;
    this.disk = disk;
    this.witness = witness;
    this.parts = parts;
    this.storeRandom = random.fork();
    this.termRandom = random.fork();
    this.crashes = new Crashes(world, random.fork());
    this.election = new Election(world, random.fork());
    for (int index = 0; index < world.profile().nodes(); index++) {
      election.add(new SchedulerNode(this, "node-" + (char) ('a' + index), random.fork()));
    }
  }

  /** They start. */
  public void begin() {
    election.nodes().forEach(election::join);
  }

  /** Who leads. */
  public Election election() {
    return election;
  }

  /** The disk below the store. */
  public SimulatedDisk disk() {
    return disk;
  }

  World world() {
    return world;
  }

  SimulatedCluster cluster() {
    return cluster;
  }

  ServerWitness witness() {
    return witness;
  }

  SchedulerParts newParts() {
    return parts.get();
  }

  LoopMetrics metrics() {
    return metrics;
  }

  SplitMix64 storeRandom() {
    return storeRandom;
  }

  Crashes crashes() {
    return crashes;
  }

  /** A token never used before, as a server would draw it. */
  String term() {
    StringBuilder term = new StringBuilder();
    for (int index = 0; index < 8; index++) {
      term.append((char) ('a' + termRandom.below(26)));
    }
    return term.toString();
  }
}
