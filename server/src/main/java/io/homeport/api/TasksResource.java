package io.homeport.api;

import io.homeport.model.Condition;
import io.homeport.model.InstanceId;
import io.homeport.model.TaskId;
import io.homeport.scheduler.Reply;
import io.homeport.state.AppInstances;
import io.homeport.state.ClusterState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** All tasks: {@code /v2/tasks}. */
final class TasksResource {
  private final Backend backend;

  TasksResource(Backend backend) {
    this.backend = backend;
  }

  Answer list(Request request) {
    TreeSet<String> statuses = new TreeSet<>(request.all("status"));
    statuses.addAll(request.all("status[]"));
    ClusterState state = backend.state();
    ObjectNode body = Json.object();
    ArrayNode tasks = body.putArray("tasks");
    for (AppInstances instances : state.durable().instances().values()) {
      instances.all().values().stream()
          .filter(instance -> isWanted(instance.condition(), statuses))
          .forEach(instance -> TaskJson.of(state, instance).ifPresent(tasks::add));
    }
    return Answer.ok(body);
  }

  private static boolean isWanted(Condition condition, Set<String> statuses) {
    if (statuses.isEmpty()) {
      return true;
    }
    boolean staging =
        condition == Condition.PROVISIONED
            || condition == Condition.STAGING
            || condition == Condition.STARTING;
    return (statuses.contains("running") && condition == Condition.RUNNING)
        || (statuses.contains("staging") && staging);
  }

  Answer delete(Request request) {
    JsonNode ids = request.json().path("ids");
    if (!ids.isArray()) {
      throw ApiException.invalid("/ids", "expected an array of task ids");
    }
    AppTasksResource.mode(request);
    List<InstanceId> instances = new ArrayList<>();
    for (JsonNode id : ids) {
      String text = id.asString("");
      instances.add(
          TaskId.parse(text)
              .map(TaskId::instanceId)
              .or(() -> InstanceId.parse(text))
              .orElseThrow(() -> ApiException.badRequest("Invalid task id '" + text + "'.")));
    }
    ClusterState state = backend.state();
    Reply.Killed killed = Kills.kill(backend, instances, request);
    return killed
        .deployed()
        .map(Answer::deployed)
        .orElseGet(
            () -> {
              ObjectNode body = Json.object();
              ArrayNode tasks = body.putArray("tasks");
              killed.instances().forEach(i -> TaskJson.of(state, i).ifPresent(tasks::add));
              return Answer.ok(body);
            });
  }
}
