package io.homeport.mesos;

import io.homeport.model.AgentId;
import io.homeport.model.AgentStatus;
import io.homeport.runtime.AgentControl;
import io.homeport.runtime.AgentOperationException;
import java.io.IOException;

/** Operates agents through the master's operator API. */
final class MesosAgentControl implements AgentControl {
  private final Connection connection;
  private final MesosHttp http;
  private final KnownAgents agents;
  private final Sink sink;

  MesosAgentControl(Connection connection, MesosHttp http, KnownAgents agents, Sink sink) {
    this.connection = connection;
    this.http = http;
    this.agents = agents;
    this.sink = sink;
  }

  /** Something asked of the master. */
  @FunctionalInterface
  private interface Step {
    void run(OperatorApi api) throws IOException, InterruptedException;
  }

  @Override
  public void drain(AgentId agent) throws AgentOperationException {
    operate(agent, api -> api.drain(agent));
  }

  @Override
  public void stop(AgentId agent) throws AgentOperationException {
    throw new AgentOperationException(
        AgentOperationException.Kind.NOT_POSSIBLE,
        "Mesos agents are stopped on their own machines; drain the agent first, or mark it gone"
            + " when it will not come back");
  }

  @Override
  public void activate(AgentId agent) throws AgentOperationException {
    operate(agent, api -> api.reactivate(agent));
  }

  @Override
  public void markGone(AgentId agent) throws AgentOperationException {
    operate(agent, api -> api.markGone(agent));
    agents.becomes(agent, AgentStatus.GONE).ifPresent(sink::tell);
  }

  private void operate(AgentId agent, Step step) throws AgentOperationException {
    if (!agents.isKnown(agent)) {
      throw new AgentOperationException(
          AgentOperationException.Kind.UNKNOWN_AGENT, "the master lists no agent '" + agent + "'");
    }
    Connection.Live live =
        connection
            .live()
            .orElseThrow(
                () ->
                    new AgentOperationException(
                        AgentOperationException.Kind.FAILED,
                        "Mesos is out of reach at the moment"));
    try {
      step.run(new OperatorApi(http, live.master()));
      live.watch().hurry();
    } catch (IOException e) {
      throw new AgentOperationException(
          AgentOperationException.Kind.FAILED, agent + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AgentOperationException(AgentOperationException.Kind.FAILED, "interrupted");
    }
  }
}
