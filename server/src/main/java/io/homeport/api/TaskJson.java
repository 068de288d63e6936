package io.homeport.api;

import io.homeport.model.AppDefinition;
import io.homeport.model.Condition;
import io.homeport.model.Goal;
import io.homeport.model.Instance;
import io.homeport.model.PortDefinition;
import io.homeport.model.PortMapping;
import io.homeport.model.Reservation;
import io.homeport.model.Task;
import io.homeport.model.Volume;
import io.homeport.state.App;
import io.homeport.state.ClusterState;
import io.homeport.state.TransientState;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tasks in Marathon's shape (Marathon tapes 01 to 03), with what Homeport adds. */
final class TaskJson {
  private TaskJson() {}

  /**
   * The task of an instance. Instances that never had one are not listed, as in Marathon.
   *
   * @param state what is known
   * @param instance the instance
   */
  static Optional<ObjectNode> of(ClusterState state, Instance instance) {
    return instance.task().map(task -> of(state, instance, task));
  }

  private static ObjectNode of(ClusterState state, Instance instance, Task task) {
    App app = state.durable().apps().get(instance.appId());
    Optional<AppDefinition> definition = Optional.ofNullable(app).map(App::definition);
    ObjectNode json = Json.object();
    json.put("appId", instance.appId().path());
    json.set("healthCheckResults", health(state, instance, task));
    json.put("host", task.hostname());
    json.put("id", task.id().value());
    json.set("ipAddresses", addresses(task));
    ArrayNode ports = json.putArray("ports");
    if (task.isLive()) {
      task.ports().forEach(ports::add);
    }
    json.set("servicePorts", definition.map(TaskJson::servicePorts).orElseGet(Json::array));
    json.put("slaveId", task.agent().value());
    json.put("state", task.condition().taskState());
    if (task.isLive()) {
      json.put("stagedAt", Json.time(task.stagedAt()));
      task.startedAt().ifPresent(at -> json.put("startedAt", Json.time(at)));
      json.put("version", Json.time(task.version()));
    }
    json.set("localVolumes", volumes(state, instance));
    json.put("role", definition.map(AppDefinition::role).orElse(""));
    addOurs(json, state, instance, task);
    return json;
  }

  /** Addresses out of reach are none (Marathon tape 03). */
  private static ArrayNode addresses(Task task) {
    ArrayNode addresses = Json.array();
    if (task.condition() != Condition.UNREACHABLE) {
      task.ipAddresses()
          .forEach(
              address ->
                  addresses
                      .addObject()
                      .put("ipAddress", address)
                      .put("protocol", address.contains(":") ? "IPv6" : "IPv4"));
    }
    return addresses;
  }

  private static void addOurs(ObjectNode json, ClusterState state, Instance instance, Task task) {
    json.put("instanceId", instance.id().value());
    json.put("ordinal", instance.ordinal());
    json.put("goal", goal(instance.goal()));
    json.put("condition", task.condition().marathonName());
    json.put("since", Json.time(task.changedAt()));
    TransientState.Health health = state.present().health().get(task.id());
    if (health != null) {
      json.put("healthy", health.healthy());
    }
    task.killRequestedAt().ifPresent(at -> json.put("killRequestedAt", Json.time(at)));
    if (!task.message().isEmpty()) {
      json.put("message", task.message());
    }
  }

  private static String goal(Goal goal) {
    return switch (goal) {
      case RUNNING -> "Running";
      case STOPPED -> "Stopped";
      case DECOMMISSIONED -> "Decommissioned";
    };
  }

  private static ArrayNode health(ClusterState state, Instance instance, Task task) {
    ArrayNode results = Json.array();
    TransientState.Health health = state.present().health().get(task.id());
    if (health != null) {
      ObjectNode result = results.addObject();
      result.put("alive", health.healthy());
      result.put("consecutiveFailures", health.healthy() ? 0 : 1);
      result.put(health.healthy() ? "firstSuccess" : "lastFailure", Json.time(health.since()));
      result.put("instanceId", instance.id().value());
      result.put("taskId", task.id().value());
    }
    return results;
  }

  private static ArrayNode servicePorts(AppDefinition app) {
    ArrayNode ports = Json.array();
    app.portDefinitions().stream().map(PortDefinition::port).forEach(ports::add);
    app.container().stream()
        .flatMap(container -> container.portMappings().stream())
        .map(PortMapping::servicePort)
        .forEach(ports::add);
    return ports;
  }

  private static ArrayNode volumes(ClusterState state, Instance instance) {
    ArrayNode volumes = Json.array();
    for (Volume volume :
        state
            .durable()
            .reservationOf(instance)
            .map(Reservation::volumes)
            .orElse(java.util.List.of())) {
      volumes
          .addObject()
          .put("runSpecId", instance.appId().path())
          .put("containerPath", volume.containerPath())
          .put("uuid", volume.id().unique())
          .put("persistenceId", volume.id().value());
    }
    return volumes;
  }
}
