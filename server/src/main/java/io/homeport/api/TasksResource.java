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
    // One more than wanted says whether there is a next page. An iterator of the stream would go
    // through all instances of an app before it gives the first.
    List<Instance> found =
        from(state, after)
            .filter(instance -> instance.task().isPresent())
            .filter(instance -> isWanted(instance.condition(), statuses))
            .limit(limit + 1)
            .toList();
    ObjectNode body = Json.object();
    ArrayNode tasks = body.putArray("tasks");
    List<Instance> page = found.subList(0, (int) Math.min(limit, found.size()));
    page.forEach(instance -> TaskJson.of(state, instance).ifPresent(tasks::add));
    if (found.size() > page.size()) {
      page.getLast().task().ifPresent(last -> body.put("next", last.id().value()));
    }
    return Answer.ok(body);
  }

  private static long limit(Request request) {
    long limit = Math.min(request.number("limit").orElse(Long.MAX_VALUE), Integer.MAX_VALUE);
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
