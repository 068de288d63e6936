package io.homeport.contract;

import io.homeport.model.AgentId;
import io.homeport.runtime.Cluster;

/** An engine with two agents of the same size, and what a test does to them. */
public interface Terrain extends AutoCloseable {
  /** The engine, not started yet. */
  Cluster cluster();

  /** Lets a little time go by: 20 ms where it is real. */
  void pass();

  /** An agent's machine loses power: its tasks die, its disk stays. */
  void loseAgent(AgentId agent);

  /** The machine of a lost agent starts again. */
  void returnAgent(AgentId agent);

  @Override
  void close();
}
