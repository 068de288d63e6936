package io.homeport.mesos;

import io.homeport.model.AgentId;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.master.Protos.Call;
import org.apache.mesos.v1.master.Protos.Response;

/**
 * The master's operator API, as far as it is needed.
 *
 * @param http the wire
 * @param master the leading master
 */
record OperatorApi(MesosHttp http, URI master) {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private Response ask(Call.Builder call) throws IOException, InterruptedException {
    return http.ask(master.resolve("/api/v1"), call.build(), Response.newBuilder(), TIMEOUT)
        .build();
  }

  /** All agents the master knows. */
  Response.GetAgents agents() throws IOException, InterruptedException {
    return ask(Call.newBuilder().setType(Call.Type.GET_AGENTS)).getGetAgents();
  }

  /** All frameworks the master knows. */
  Response.GetFrameworks frameworks() throws IOException, InterruptedException {
    return ask(Call.newBuilder().setType(Call.Type.GET_FRAMEWORKS)).getGetFrameworks();
  }

  /** Ends an agent's tasks and keeps others away. */
  void drain(AgentId agent) throws IOException, InterruptedException {
    Call.Builder call = Call.newBuilder().setType(Call.Type.DRAIN_AGENT);
    call.getDrainAgentBuilder().setAgentId(id(agent));
    ask(call);
  }

  /** Lets an agent offer again. */
  void reactivate(AgentId agent) throws IOException, InterruptedException {
    Call.Builder call = Call.newBuilder().setType(Call.Type.REACTIVATE_AGENT);
    call.getReactivateAgentBuilder().setAgentId(id(agent));
    ask(call);
  }

  /** Declares that an agent will not come back. */
  void markGone(AgentId agent) throws IOException, InterruptedException {
    Call.Builder call = Call.newBuilder().setType(Call.Type.MARK_AGENT_GONE);
    call.getMarkAgentGoneBuilder().setAgentId(id(agent));
    ask(call);
  }

  private static AgentID.Builder id(AgentId agent) {
    return AgentID.newBuilder().setValue(agent.value());
  }
}
