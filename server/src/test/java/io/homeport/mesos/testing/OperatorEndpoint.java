package io.homeport.mesos.testing;

import com.sun.net.httpserver.HttpExchange;
import io.homeport.mesos.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.apache.mesos.v1.Protos.AgentInfo;
import org.apache.mesos.v1.Protos.DrainState;
import org.apache.mesos.v1.master.Protos.Call;
import org.apache.mesos.v1.master.Protos.Response;

/** The v1 operator API of the leading master. */
final class OperatorEndpoint {
  private final Turns turns;
  private final Master master;

  OperatorEndpoint(Turns turns, Master master) {
    this.turns = turns;
    this.master = master;
  }

  void handle(HttpExchange exchange) throws IOException {
    Optional<Wire> wire = Http.admitted(exchange, master.settings());
    if (wire.isEmpty()) {
      return;
    }
    byte[] body = exchange.getRequestBody().readAllBytes();
    Call call = wire.get().decode(body, Call.newBuilder()).build();
    switch (call.getType()) {
      case GET_AGENTS -> Http.answer(exchange, wire.get(), turns.ask(this::agents));
      case GET_FRAMEWORKS -> Http.answer(exchange, wire.get(), turns.ask(this::frameworks));
      case DRAIN_AGENT -> {
        Call.DrainAgent drain = call.getDrainAgent();
        Optional<Duration> grace =
            drain.hasMaxGracePeriod()
                ? Optional.of(Duration.ofSeconds(drain.getMaxGracePeriod().getSeconds()))
                : Optional.empty();
        operate(exchange, drain.getAgentId().getValue(), agent -> master.drain(agent, grace));
      }
      case REACTIVATE_AGENT ->
          operate(
              exchange,
              call.getReactivateAgent().getAgentId().getValue(),
              agent -> agent.drains(Registered.Drain.NONE));
      case MARK_AGENT_GONE ->
          operate(exchange, call.getMarkAgentGone().getAgentId().getValue(), master::declareGone);
      default -> Http.answer(exchange, 501, "Not asked in the tests: " + call.getType());
    }
  }

  private void operate(
      HttpExchange exchange, String agent, java.util.function.Consumer<Registered> step)
      throws IOException {
    boolean known =
        turns.ask(
            () -> {
              Optional<Registered> found = master.agent(agent);
              found.ifPresent(step);
              return found.isPresent();
            });
    Http.answer(exchange, known ? 200 : 400, known ? "" : "Unknown agent " + agent);
  }

  private Response agents() {
    Response.Builder response = Response.newBuilder().setType(Response.Type.GET_AGENTS);
    for (Registered known : master.agents()) {
      switch (known.standing()) {
        case ACTIVE -> list(known, response.getGetAgentsBuilder());
        case RECOVERED ->
            response.getGetAgentsBuilder().addRecoveredAgents(known.agent().info(known.id()));
        case UNREACHABLE, GONE -> {
          // not listed
        }
      }
    }
    response.getGetAgentsBuilder();
    return response.build();
  }

  private void list(Registered known, Response.GetAgents.Builder listed) {
    Response.GetAgents.Agent.Builder agent =
        listed
            .addAgentsBuilder()
            .setAgentInfo(known.agent().info(known.id()))
            .setActive(known.isConnected())
            .setDeactivated(known.drain() != Registered.Drain.NONE)
            .setVersion("1.12.0")
            .setPid("slave(1)@127.0.0.1:" + known.agent().port())
            .addAllTotalResources(known.total().resources());
    agent.addCapabilitiesBuilder().setType(AgentInfo.Capability.Type.MULTI_ROLE);
    if (master.settings().feedback()) {
      agent.addCapabilitiesBuilder().setType(AgentInfo.Capability.Type.AGENT_OPERATION_FEEDBACK);
    }
    if (known.drain() != Registered.Drain.NONE) {
      agent
          .getDrainInfoBuilder()
          .setState(
              known.drain() == Registered.Drain.DRAINING ? DrainState.DRAINING : DrainState.DRAINED)
          .getConfigBuilder();
    }
  }

  private Response frameworks() {
    Response.Builder response = Response.newBuilder().setType(Response.Type.GET_FRAMEWORKS);
    response.getGetFrameworksBuilder();
    for (Framework framework : master.frameworks()) {
      response
          .getGetFrameworksBuilder()
          .addFrameworksBuilder()
          .setFrameworkInfo(framework.info())
          .setActive(framework.isConnected())
          .setConnected(framework.isConnected())
          .setRecovered(false);
    }
    return response.build();
  }
}
