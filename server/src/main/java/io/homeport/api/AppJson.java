package io.homeport.api;

import io.homeport.api.definition.AppWarnings;
import io.homeport.api.definition.AppWriter;
import io.homeport.model.AppDefinition;
import io.homeport.model.Condition;
import io.homeport.model.Deployment;
import io.homeport.model.Instance;
import io.homeport.model.TaskFailure;
import io.homeport.state.AppInstances;
import io.homeport.state.ClusterState;
import io.homeport.state.TransientState;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Apps in Marathon's shape: the definition, and what was asked to be embedded. */
final class AppJson {
  /** What Marathon can embed in an app. */
  enum Embed {
    TASKS,
    COUNTS,
    DEPLOYMENTS,
    LAST_TASK_FAILURE,
    TASK_STATS,
    READINESS
  }

  private AppJson() {}

  /**
   * An app.
   *
   * @param state what is known
   * @param app its definition
   * @param embed what is embedded
   */
  static ObjectNode of(ClusterState state, AppDefinition app, Set<Embed> embed) {
    ObjectNode json = AppWriter.toJson(app);
    AppInstances instances = state.durable().instancesOf(app.id());
    if (embed.contains(Embed.COUNTS)) {
      addCounts(json, state, instances);
    }
    if (embed.contains(Embed.DEPLOYMENTS)) {
      ArrayNode deployments = json.putArray("deployments");
      state
          .durable()
          .deploymentOf(app.id())
          .map(Deployment::id)
          .ifPresent(id -> deployments.addObject().put("id", id.value()));
    }
    if (embed.contains(Embed.READINESS)) {
      json.putArray("readinessCheckResults");
    }
    if (embed.contains(Embed.TASKS)) {
      json.set("tasks", tasks(state, app));
    }
    TaskFailure failure = state.durable().failures().get(app.id());
    if (embed.contains(Embed.LAST_TASK_FAILURE) && failure != null) {
      json.set("lastTaskFailure", failure(failure));
    }
    if (embed.contains(Embed.TASK_STATS)) {
      json.set("tasksStats", TaskStats.of(state, app));
    }
    List<String> warnings = AppWarnings.of(app);
    if (!warnings.isEmpty()) {
      json.set("warnings", Json.strings(warnings));
    }
    addOurs(json, state, app, instances);
    return json;
  }

  static ArrayNode tasks(ClusterState state, AppDefinition app) {
    ArrayNode tasks = Json.array();
    instances(state, app).forEach(instance -> TaskJson.of(state, instance).ifPresent(tasks::add));
    return tasks;
  }

  private static List<Instance> instances(ClusterState state, AppDefinition app) {
    return state.durable().instancesOf(app.id()).all().values().stream()
        .sorted(java.util.Comparator.comparingInt(Instance::ordinal).thenComparing(Instance::id))
        .toList();
  }

  private static void addCounts(ObjectNode json, ClusterState state, AppInstances instances) {
    int staged = 0;
    int running = 0;
    int healthy = 0;
    int unhealthy = 0;
    for (Instance instance : instances.all().values()) {
      Condition condition = instance.condition();
      boolean starting =
          condition == Condition.PROVISIONED
              || condition == Condition.STAGING
              || condition == Condition.STARTING;
      staged += starting ? 1 : 0;
      running += condition == Condition.RUNNING ? 1 : 0;
      TransientState.Health health =
          instance.task().map(task -> state.present().health().get(task.id())).orElse(null);
      healthy += health != null && health.healthy() ? 1 : 0;
      unhealthy += health != null && !health.healthy() ? 1 : 0;
    }
    json.put("tasksStaged", staged);
    json.put("tasksRunning", running);
    json.put("tasksHealthy", healthy);
    json.put("tasksUnhealthy", unhealthy);
  }

  private static ObjectNode failure(TaskFailure failure) {
    return Json.object()
        .put("appId", failure.appId().path())
        .put("host", failure.hostname())
        .put("message", failure.message())
        .put("state", failure.condition().taskState())
        .put("taskId", failure.task().value())
        .put("timestamp", Json.time(failure.timestamp()))
        .put("version", Json.time(failure.version()))
        .put("slaveId", failure.agent().value());
  }

  private static void addOurs(
      ObjectNode json, ClusterState state, AppDefinition app, AppInstances instances) {
    long leftBehind =
        !app.isStateful()
            ? 0
            : state.durable().reservationIndex().leftBehind().stream()
                .flatMap(id -> state.durable().reservation(id).stream())
                .filter(reservation -> reservation.appId().equals(app.id()))
                .count();
    json.putObject("homeport")
        .put("stateful", app.isStateful())
        .put("detached", instances.detached().size())
        .put("leftBehind", leftBehind)
        .put("waiting", instances.waiting().size());
  }
}
