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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A task in Marathon's shape (Marathon tapes 01 to 03), with what Homeport adds. Answers hold
 * thousands of them, so each is written when the answer is, without nodes that would only be
 * written and forgotten.
 *
 * @param state what is known
 * @param instance the task's
 * @param task the task
 */
record TaskJson(ClusterState state, Instance instance, Task task) implements JacksonSerializable {
  /**
   * The task of an instance. Instances that never had one are not listed, as in Marathon.
   *
   * @param state what is known
   * @param instance the instance
   */
  static Optional<JsonNode> of(ClusterState state, Instance instance) {
    return instance
        .task()
        .map(task -> JsonNodeFactory.instance.pojoNode(new TaskJson(state, instance, task)));
  }

  @Override
  public void serialize(JsonGenerator json, SerializationContext context) {
    App app = state.durable().apps().get(instance.appId());
    Optional<AppDefinition> definition = Optional.ofNullable(app).map(App::definition);
    json.writeStartObject();
    json.writeStringProperty("appId", instance.appId().path());
    writeHealth(json);
    json.writeStringProperty("host", task.hostname());
    json.writeStringProperty("id", task.id().value());
    writeAddresses(json);
    writePorts(json, "ports", task.isLive() ? task.ports() : List.of());
    writePorts(json, "servicePorts", definition.map(TaskJson::servicePorts).orElse(List.of()));
    json.writeStringProperty("slaveId", task.agent().value());
    json.writeStringProperty("state", task.condition().taskState());
    if (task.isLive()) {
      writeTime(json, "stagedAt", task.stagedAt());
      task.startedAt().ifPresent(at -> writeTime(json, "startedAt", at));
      writeTime(json, "version", task.version());
    }
    writeVolumes(json);
    json.writeStringProperty("role", definition.map(AppDefinition::role).orElse(""));
    writeOurs(json);
    json.writeEndObject();
  }

  @Override
  public void serializeWithType(
      JsonGenerator json, SerializationContext context, TypeSerializer type) {
    serialize(json, context);
  }

  private static void writeTime(JsonGenerator json, String name, Instant at) {
    json.writeStringProperty(name, Json.time(at));
  }

  private static void writePorts(JsonGenerator json, String name, List<Integer> ports) {
    json.writeArrayPropertyStart(name);
    ports.forEach(json::writeNumber);
    json.writeEndArray();
  }

  /** Addresses out of reach are none (Marathon tape 03). */
  private void writeAddresses(JsonGenerator json) {
    json.writeArrayPropertyStart("ipAddresses");
    if (task.condition() != Condition.UNREACHABLE) {
      for (String address : task.ipAddresses()) {
        json.writeStartObject();
        json.writeStringProperty("ipAddress", address);
        json.writeStringProperty("protocol", address.contains(":") ? "IPv6" : "IPv4");
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  private void writeOurs(JsonGenerator json) {
    json.writeStringProperty("instanceId", instance.id().value());
    json.writeNumberProperty("ordinal", instance.ordinal());
    json.writeStringProperty("goal", goal(instance.goal()));
    json.writeStringProperty("condition", task.condition().marathonName());
    writeTime(json, "since", task.changedAt());
    TransientState.Health health = state.present().health().get(task.id());
    if (health != null) {
      json.writeBooleanProperty("healthy", health.healthy());
    }
    task.killRequestedAt().ifPresent(at -> writeTime(json, "killRequestedAt", at));
    if (!task.message().isEmpty()) {
      json.writeStringProperty("message", task.message());
    }
  }

  private static String goal(Goal goal) {
    return switch (goal) {
      case RUNNING -> "Running";
      case STOPPED -> "Stopped";
      case DECOMMISSIONED -> "Decommissioned";
    };
  }

  private void writeHealth(JsonGenerator json) {
    json.writeArrayPropertyStart("healthCheckResults");
    TransientState.Health health = state.present().health().get(task.id());
    if (health != null) {
      json.writeStartObject();
      json.writeBooleanProperty("alive", health.healthy());
      json.writeNumberProperty("consecutiveFailures", health.healthy() ? 0 : 1);
      writeTime(json, health.healthy() ? "firstSuccess" : "lastFailure", health.since());
      json.writeStringProperty("instanceId", instance.id().value());
      json.writeStringProperty("taskId", task.id().value());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static List<Integer> servicePorts(AppDefinition app) {
    List<Integer> ports = new ArrayList<>();
    app.portDefinitions().stream().map(PortDefinition::port).forEach(ports::add);
    app.container().stream()
        .flatMap(container -> container.portMappings().stream())
        .map(PortMapping::servicePort)
        .forEach(ports::add);
    return ports;
  }

  private void writeVolumes(JsonGenerator json) {
    json.writeArrayPropertyStart("localVolumes");
    for (Volume volume :
        state.durable().reservationOf(instance).map(Reservation::volumes).orElse(List.of())) {
      json.writeStartObject();
      json.writeStringProperty("runSpecId", instance.appId().path());
      json.writeStringProperty("containerPath", volume.containerPath());
      json.writeStringProperty("uuid", volume.id().unique());
      json.writeStringProperty("persistenceId", volume.id().value());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
