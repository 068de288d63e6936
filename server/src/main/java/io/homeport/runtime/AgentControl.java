package io.homeport.runtime;

import io.homeport.model.AgentId;

/** Operating agents: what an administrator does to a machine. */
public interface AgentControl {
  /**
   * Ends the agent's tasks, with their grace periods, and keeps others away. Volumes stay.
   *
   * @param agent the agent
   * @throws AgentOperationException when there is no such agent, or the engine cannot do this
   */
  void drain(AgentId agent) throws AgentOperationException;

  /**
   * Stops the agent as if its machine were switched off: its tasks die, its disk stays, and nobody
   * hears of it until it is brought back.
   *
   * @param agent the agent
   * @throws AgentOperationException when there is no such agent, or the engine cannot do this
   */
  void stop(AgentId agent) throws AgentOperationException;

  /**
   * Brings a drained or stopped agent back.
   *
   * @param agent the agent
   * @throws AgentOperationException when there is no such agent, or the engine cannot do this
   */
  void activate(AgentId agent) throws AgentOperationException;

  /**
   * Declares that the agent will never come back: its instances get other homes, and its volumes
   * are left behind.
   *
   * @param agent the agent, which must be stopped or out of reach
   * @throws AgentOperationException when there is no such agent, or the engine cannot do this
   */
  void markGone(AgentId agent) throws AgentOperationException;
}
