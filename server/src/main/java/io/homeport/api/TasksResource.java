package io.homeport.api;

import io.homeport.model.AppId;
import io.homeport.model.Condition;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.model.TaskId;
import io.homeport.scheduler.Reply;
import io.homeport.state.AppInstances;
import io.homeport.state.ClusterState;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** All tasks: {@code /v2/tasks}. */
final class TasksResource {
  private final Backend backend;

  TasksResource(Backend backend) {
    this.backend = backend;
  }

  /**
   * All tasks, by app and instance; with {@code limit} so many at most, from behind the one that
   * {@code after} names, so that the next page needs no memory here of the one before.
   */
  Answer list(Request request) {
    TreeSet<String> statuses = new TreeSet<>(request.all("status"));
    statuses.addAll(request.all("status[]"));
    long limit = limit(request);
    Optional<InstanceId> after = request.first("after").map(TasksResource::instance);
    ClusterState state = backend.state();
    ObjectNode body = Json.object();
    ArrayNode tasks = body.putArray("tasks");
    Iterator<Instance> instances = from(state, after).iterator();
    while (instances.hasNext()) {
      Instance instance = instances.next();
      Optional<ObjectNode> task =
          isWanted(instance.condition(), statuses)
              ? TaskJson.of(state, instance)
              : Optional.empty();
      if (task.isPresent() && tasks.size() == limit) {
        body.put("next", tasks.get(tasks.size() - 1).path("id").asString());
        break;
      }
      task.ifPresent(tasks::add);
    }
    return Answer.ok(body);
  }

  private static long limit(Request request) {
    long limit = request.number("limit").orElse(Long.MAX_VALUE);
    if (limit < 1) {
      throw ApiException.badRequest(
          "The query parameter limit is a number of tasks, at least 1, not " + limit + ".");
    }
    return limit;
  }

  private static Stream<Instance> from(ClusterState state, Optional<InstanceId> after) {
    SortedMap<AppId, AppInstances> all = state.durable().instances();
    if (after.isEmpty()) {
      return all.values().stream().flatMap(app -> app.all().values().stream());
    }
    InstanceId last = after.get();
    AppId app = last.appId();
    return all.tailMap(app).entrySet().stream()
        .flatMap(
            each ->
                each.getKey().equals(app)
                    ? each.getValue().all().tailMap(last, false).values().stream()
                    : each.getValue().all().values().stream());
  }

  private static InstanceId instance(String text) {
    return TaskId.parse(text)
        .map(TaskId::instanceId)
        .or(() -> InstanceId.parse(text))
        .orElseThrow(() -> ApiException.badRequest("Invalid task id '" + text + "'."));
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
      instances.add(instance(id.asString("")));
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
