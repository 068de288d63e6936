package io.homeport.api;

import io.homeport.model.AgentStatus;
import io.homeport.placement.Reason;
import io.homeport.scheduler.Explanation;
import io.homeport.state.ClusterState;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Why an app is not as wanted, as JSON. */
final class ExplanationJson {
  private ExplanationJson() {}

  static ObjectNode of(ClusterState state, Explanation explanation) {
    ObjectNode json = Json.object();
    boolean deploys = state.durable().deploymentOf(explanation.app()).isPresent();
    boolean settled =
        explanation.waitingInAll() == 0 && explanation.problems().isEmpty() && !deploys;
    json.put("appId", explanation.app().path());
    json.put("settled", settled);
    json.put("summary", summary(explanation, settled, deploys));
    ArrayNode deployments = json.putArray("deployments");
    state
        .durable()
        .deploymentOf(explanation.app())
        .ifPresent(deployment -> deployments.add(deployment.id().value()));
    json.set("waiting", waiting(explanation));
    json.set("problems", Json.strings(explanation.problems()));
    return json;
  }

  private static String summary(Explanation explanation, boolean settled, boolean deploys) {
    if (settled) {
      return "Everything is as wanted.";
    }
    if (explanation.waitingInAll() > 0) {
      return (explanation.waitingInAll() == 1
              ? "1 instance waits"
              : explanation.waitingInAll() + " instances wait")
          + " to be launched. "
          + explanation.waiting().getFirst().reason();
    }
    return explanation.problems().isEmpty()
        ? (deploys ? "A deployment is under way." : "")
        : explanation.problems().getFirst();
  }

  static ArrayNode waiting(Explanation explanation) {
    ArrayNode waiting = Json.array();
    for (Explanation.WaitingInstance instance : explanation.waiting()) {
      ObjectNode json = waiting.addObject();
      json.put("instanceId", instance.instance().value());
      json.put("ordinal", instance.ordinal());
      json.put("since", Json.time(instance.since()));
      json.put("reason", instance.reason());
      ArrayNode agents = json.putArray("agents");
      for (Explanation.AgentReasons agent : instance.agents()) {
        ObjectNode entry = agents.addObject();
        entry.put("agentId", agent.agent().value());
        entry.put("host", agent.hostname());
        entry.put(
            "status",
            agent
                .status()
                .map(AgentStatus::name)
                .map(n -> n.toLowerCase(Locale.ROOT))
                .orElse(null));
        ArrayNode unmet = entry.putArray("unmet");
        agent.unmet().forEach(reason -> unmet.add(reason(reason)));
      }
      json.set("wouldFit", Json.strings(instance.wouldFit()));
    }
    return waiting;
  }

  private static ObjectNode reason(Reason reason) {
    return Json.object()
        .put("reason", reason.kind().code())
        .put("message", reason.message())
        .put("wanted", reason.wanted().isEmpty() ? null : reason.wanted())
        .put("offered", reason.found().isEmpty() ? null : reason.found());
  }
}
