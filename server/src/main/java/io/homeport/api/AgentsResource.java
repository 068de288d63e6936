package io.homeport.api;

import io.homeport.model.Agent;
import io.homeport.model.AgentId;
import io.homeport.model.AgentStatus;
import io.homeport.model.Pool;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationId;
import io.homeport.model.Resources;
import io.homeport.model.Task;
import io.homeport.runtime.AgentControl;
import io.homeport.runtime.AgentOperationException;
import io.homeport.state.AgentView;
import io.homeport.state.AppInstances;
import io.homeport.state.ClusterState;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** Agents: what they have, what of it is reserved and used, and operating them. */
final class AgentsResource {
  private static final Duration REPORT_PATIENCE = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofMillis(5);

  private final Backend backend;

  AgentsResource(Backend backend) {
    this.backend = backend;
  }

  /** What live tasks use on an agent, and how many they are. */
  private record Use(Resources resources, int ports, int tasks) {
    static final Use NONE = new Use(Resources.NONE, 0, 0);

    Use plus(Resources more, int morePorts) {
      return new Use(resources.plus(more), ports + morePorts, tasks + 1);
    }
  }

  /** Does something to an agent. */
  private interface Operation {
    void on(AgentControl control, AgentId agent) throws AgentOperationException;
  }

  Answer list(Request request) {
    ClusterState state = backend.state();
    SortedMap<AgentId, Use> uses = uses(state);
    ObjectNode body = Json.object();
    var agents = body.putArray("agents");
    state.durable().agents().values().forEach(agent -> agents.add(json(state, agent, uses)));
    return Answer.ok(body);
  }

  Answer get(Request request) {
    return answer(new AgentId(request.parameter("agent")));
  }

  private Answer answer(AgentId id) {
    ClusterState state = backend.state();
    Agent agent = state.durable().agents().get(id);
    if (agent == null) {
      throw unknown(id);
    }
    ObjectNode body = Json.object();
    body.set("agent", json(state, agent, uses(state)));
    return Answer.ok(body);
  }

  private static ApiException unknown(AgentId id) {
    return ApiException.of(404, "agent_unknown", "Agent '" + id + "' does not exist");
  }

  private static SortedMap<AgentId, Use> uses(ClusterState state) {
    SortedMap<AgentId, Use> uses = new TreeMap<>();
    for (AppInstances instances : state.durable().instances().values()) {
      instances.all().values().stream()
          .flatMap(
              instance ->
                  instance.task().filter(Task::isLive).stream()
                      .map(task -> new Running(task, resources(state, instance.appId(), task))))
          .forEach(
              running ->
                  uses.merge(
                      running.task().agent(),
                      Use.NONE.plus(running.resources(), running.task().ports().size()),
                      (one, other) ->
                          new Use(
                              one.resources().plus(other.resources()),
                              one.ports() + other.ports(),
                              one.tasks() + other.tasks())));
    }
    return uses;
  }

  private record Running(Task task, Resources resources) {}

  private static Resources resources(ClusterState state, io.homeport.model.AppId app, Task task) {
    return Optional.ofNullable(state.durable().apps().get(app))
        .map(known -> known.version(task.version()).orElse(known.definition()))
        .map(definition -> definition.resourcesWithVolumes())
        .orElse(Resources.NONE);
  }

  private static ObjectNode json(ClusterState state, Agent agent, Map<AgentId, Use> uses) {
    AgentView view = state.present().views().get(agent.id());
    ObjectNode json = Json.object();
    json.put("id", agent.id().value());
    json.put("hostname", agent.hostname());
    json.put(
        "status", view == null ? "unreachable" : view.status().name().toLowerCase(Locale.ROOT));
    json.put("lastSeen", view == null ? null : Json.time(view.seenAt()));
    json.put("region", agent.region().orElse(null));
    json.put("zone", agent.zone().orElse(null));
    ObjectNode attributes = json.putObject("attributes");
    agent.attributes().forEach(attributes::put);
    json.set("capabilities", Json.strings(agent.capabilities()));
    Pool total = view == null ? Pool.EMPTY : view.total();
    json.set("total", resources(total.resources(), total.ports().size()));
    Resources reserved = Resources.NONE;
    int ports = 0;
    int volumes = 0;
    for (ReservationId id : state.durable().residents(agent.id())) {
      Optional<Reservation> reservation = state.durable().reservation(id);
      if (reservation.isPresent()) {
        reserved = reserved.plus(reservation.get().total());
        ports += reservation.get().ports().size();
        volumes += reservation.get().volumes().size();
      }
    }
    Use use = uses.getOrDefault(agent.id(), Use.NONE);
    json.set("reserved", resources(reserved, ports));
    json.set("used", resources(use.resources(), use.ports()));
    json.put("tasks", use.tasks());
    json.put("volumes", volumes);
    return json;
  }

  private static ObjectNode resources(Resources resources, int ports) {
    return Json.object()
        .put("cpus", resources.cpus())
        .put("mem", resources.mem())
        .put("disk", resources.disk())
        .put("gpus", resources.gpus())
        .put("ports", ports);
  }

  Answer drain(Request request) {
    return operate(
        request, AgentControl::drain, EnumSet.of(AgentStatus.DRAINING, AgentStatus.DRAINED));
  }

  Answer stop(Request request) {
    return operate(request, AgentControl::stop, EnumSet.of(AgentStatus.UNREACHABLE));
  }

  Answer activate(Request request) {
    return operate(request, AgentControl::activate, EnumSet.of(AgentStatus.ACTIVE));
  }

  Answer gone(Request request) {
    return operate(request, AgentControl::markGone, EnumSet.of(AgentStatus.GONE));
  }

  private Answer operate(Request request, Operation operation, Set<AgentStatus> outcome) {
    AgentId id = new AgentId(request.parameter("agent"));
    try {
      operation.on(backend.cluster().agents(), id);
      awaitReport(id, outcome);
      return answer(id);
    } catch (AgentOperationException refused) {
      throw switch (refused.kind()) {
        case UNKNOWN_AGENT -> unknown(id);
        case NOT_POSSIBLE ->
            ApiException.of(409, "not_possible", String.valueOf(refused.getMessage()));
        case FAILED -> ApiException.unavailable(String.valueOf(refused.getMessage()));
      };
    }
  }

  /**
   * The engine's report of what was done goes through the loop; the answer should tell of it. When
   * it takes its time, as with an engine that is not connected, the answer is as things are.
   */
  private void awaitReport(AgentId id, Set<AgentStatus> outcome) {
    long end = System.nanoTime() + REPORT_PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      AgentView view = backend.state().present().views().get(id);
      if (view != null && outcome.contains(view.status())) {
        return;
      }
      try {
        Thread.sleep(POLL);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
