package io.homeport.api;

import io.homeport.api.definition.AppWriter;
import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.Instance;
import io.homeport.placement.Reason;
import io.homeport.scheduler.Command;
import io.homeport.scheduler.Explanation;
import io.homeport.state.App;
import io.homeport.state.AppInstances;
import io.homeport.state.Change;
import io.homeport.state.ClusterState;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What waits for a launch, and why: {@code /v2/queue}. */
final class QueueResource {
  private final Backend backend;

  QueueResource(Backend backend) {
    this.backend = backend;
  }

  Answer list(Request request) {
    ClusterState state = backend.state();
    Instant now = Instant.now();
    boolean withOffers = request.all("embed").contains("lastUnusedOffers");
    ObjectNode body = Json.object();
    ArrayNode queue = body.putArray("queue");
    for (AppId id : state.durable().waitingApps()) {
      App app = state.durable().apps().get(id);
      if (app != null) {
        queue.add(entry(state, app.definition(), now, withOffers));
      }
    }
    return Answer.ok(body);
  }

  private static ObjectNode entry(
      ClusterState state, AppDefinition app, Instant now, boolean withOffers) {
    AppInstances instances = state.durable().instancesOf(app.id());
    Explanation explanation = Explanation.of(state, app.id(), now);
    ObjectNode json = Json.object();
    json.put("count", instances.waiting().size());
    json.put("role", app.role());
    Change.LaunchDelay delay = state.present().delays().get(app.id());
    long left = delay == null ? 0 : Math.max(0, Duration.between(now, delay.until()).toSeconds());
    boolean overdue = delay == null || !delay.until().isAfter(now);
    json.putObject("delay").put("timeLeftSeconds", left).put("overdue", overdue);
    json.put("since", Json.time(since(instances, now)));
    json.set("processedOffersSummary", summary(explanation));
    if (withOffers) {
      json.putArray("lastUnusedOffers");
    }
    json.set("app", AppWriter.toJson(app));
    json.putObject("homeport").set("waiting", ExplanationJson.waiting(explanation));
    return json;
  }

  private static Instant since(AppInstances instances, Instant now) {
    return instances.waiting().stream()
        .map(place -> instances.all().get(place.id()))
        .filter(Objects::nonNull)
        .map(QueueResource::waitsSince)
        .min(Instant::compareTo)
        .orElse(now);
  }

  private static Instant waitsSince(Instance instance) {
    return instance.task().map(task -> task.changedAt()).orElse(instance.createdAt());
  }

  /**
   * Marathon's funnel: agents are processed reason by reason, each dropping out at its first one.
   */
  private static ObjectNode summary(Explanation explanation) {
    int agents =
        explanation.waiting().isEmpty() ? 0 : explanation.waiting().getFirst().agents().size();
    Map<Reason.Kind, Integer> declined = new EnumMap<>(Reason.Kind.class);
    if (agents > 0) {
      for (Explanation.AgentReasons agent : explanation.waiting().getFirst().agents()) {
        agent.unmet().stream()
            .map(Reason::kind)
            .filter(Reason.Kind::isMarathons)
            .min(Reason.Kind::compareTo)
            .ifPresent(kind -> declined.merge(kind, 1, Integer::sum));
      }
    }
    ObjectNode json = Json.object();
    json.put("processedOffersCount", agents);
    json.put("unusedOffersCount", declined.values().stream().mapToInt(Integer::intValue).sum());
    json.set("rejectSummaryLastOffers", funnel(agents, declined));
    json.set("rejectSummaryLaunchAttempt", funnel(agents, declined));
    return json;
  }

  private static ArrayNode funnel(int agents, Map<Reason.Kind, Integer> declined) {
    ArrayNode funnel = Json.array();
    int left = agents;
    for (Reason.Kind kind : Reason.Kind.values()) {
      if (kind.isMarathons()) {
        int dropped = declined.getOrDefault(kind, 0);
        funnel
            .addObject()
            .put("reason", kind.code())
            .put("declined", dropped)
            .put("processed", left);
        left -= dropped;
      }
    }
    return funnel;
  }

  Answer resetDelay(Request request) {
    AppId app = request.app();
    backend.ask(new Command.ResetDelay(app));
    return new Answer.Empty(204, Map.of());
  }
}
