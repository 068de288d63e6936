package io.homeport.api;

import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.model.Task;
import io.homeport.model.TaskId;
import io.homeport.scheduler.Command;
import io.homeport.scheduler.Reply;
import io.homeport.state.App;
import io.homeport.state.ClusterState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The tasks of one app: {@code /v2/apps/{app}/tasks}. */
final class AppTasksResource {
  private final Backend backend;

  AppTasksResource(Backend backend) {
    this.backend = backend;
  }

  Answer list(Request request) {
    ClusterState state = backend.state();
    AppDefinition app = AppsResource.find(state, request.app());
    ObjectNode body = Json.object();
    body.set("tasks", AppJson.tasks(state, app));
    return Answer.ok(body);
  }

  Answer listSubtree(Request request) {
    String folder = "/" + request.parameter("app") + "/";
    ClusterState state = backend.state();
    ObjectNode body = Json.object();
    ArrayNode tasks = body.putArray("tasks");
    for (App app : state.durable().apps().values()) {
      if (app.id().path().startsWith(folder)) {
        AppJson.tasks(state, app.definition()).forEach(tasks::add);
      }
    }
    return Answer.ok(body);
  }

  Answer killAll(Request request) {
    ClusterState state = backend.state();
    AppId id = AppsResource.find(state, request.app()).id();
    Optional<String> host = request.first("host").filter(name -> !name.equals("*"));
    List<InstanceId> instances = new ArrayList<>();
    for (Instance instance : state.durable().instancesOf(id).all().values()) {
      boolean meant =
          instance.task().isPresent()
              && host.map(
                      name -> instance.task().map(Task::hostname).filter(name::equals).isPresent())
                  .orElse(true);
      if (meant) {
        instances.add(instance.id());
      }
    }
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

  Answer killOne(Request request) {
    ClusterState state = backend.state();
    AppId id = AppsResource.find(state, request.app()).id();
    String task = request.parameter("task");
    Instance instance =
        TaskId.parse(task)
            .map(TaskId::instanceId)
            .or(() -> InstanceId.parse(task))
            .filter(found -> found.appId().equals(id))
            .flatMap(state.durable()::instance)
            .orElseThrow(
                () -> ApiException.of(404, "task_unknown", "Task '" + task + "' does not exist"));
    Reply.Killed killed = Kills.kill(backend, List.of(instance.id()), request);
    return killed
        .deployed()
        .map(Answer::deployed)
        .orElseGet(
            () -> {
              ObjectNode body = Json.object();
              TaskJson.of(state, instance).ifPresent(json -> body.set("task", json));
              return Answer.ok(body);
            });
  }

  /** The last runs of the app's instances, whose sandboxes may still be there. */
  Answer runs(Request request) {
    ClusterState state = backend.state();
    AppId id = request.app();
    AppsResource.find(state, id);
    ObjectNode body = Json.object();
    ArrayNode runs = body.putArray("runs");
    List<Instance> instances =
        state.durable().instancesOf(id).all().values().stream()
            .sorted(Comparator.comparingInt(Instance::ordinal))
            .toList();
    for (Instance instance : instances) {
      instance.task().ifPresent(task -> Runs.add(backend, instance, task, runs));
    }
    return Answer.ok(body);
  }

  /** How the kill was asked for. */
  static Command.KillMode mode(Request request) {
    boolean scale = request.flag("scale", false);
    boolean wipe = request.flag("wipe", false);
    boolean replace = request.flag("replace", false);
    if (scale && wipe) {
      throw ApiException.badRequest("You cannot use scale and wipe at the same time.");
    }
    if (replace && (scale || wipe)) {
      throw ApiException.badRequest(
          "You cannot use replace together with scale or wipe: replace leaves the volumes behind.");
    }
    if (scale) {
      return Command.KillMode.SCALE;
    }
    if (wipe) {
      return Command.KillMode.WIPE;
    }
    return replace ? Command.KillMode.REPLACE : Command.KillMode.RELAUNCH;
  }
}
