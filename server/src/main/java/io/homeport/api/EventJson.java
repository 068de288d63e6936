package io.homeport.api;

import io.homeport.api.definition.AppWriter;
import io.homeport.model.Deployment;
import io.homeport.model.Event;
import io.homeport.model.Instance;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationState;
import io.homeport.model.Task;
import io.homeport.model.VolumeStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Events in Marathon's shapes (recorded in Marathon's event stream), and ours beside them. */
final class EventJson {
  private EventJson() {}

  /** What an event is in the stream; a change of health is two events in Marathon's. */
  static List<ObjectNode> of(Event event, Instant at, boolean light) {
    List<ObjectNode> all = new ArrayList<>();
    ObjectNode json = Json.object();
    String type = fill(json, event, light);
    all.add(typed(json, type, at));
    if (event instanceof Event.HealthChanged changed) {
      ObjectNode instance = Json.object();
      instance.put("instanceId", changed.instance().id().value());
      instance.put("runSpecId", changed.instance().appId().path());
      instance.put("healthy", changed.healthy());
      instance.put("runSpecVersion", Json.time(changed.version()));
      all.add(typed(instance, "instance_health_changed_event", at));
    }
    return all;
  }

  private static ObjectNode typed(ObjectNode json, String type, Instant at) {
    return json.put("eventType", type).put("timestamp", Json.time(at));
  }

  private static String fill(ObjectNode json, Event event, boolean light) {
    return switch (event) {
      case Event.AppPosted posted -> {
        json.put("clientIp", posted.clientIp());
        json.put("uri", posted.uri());
        json.set("appDefinition", AppWriter.toJson(posted.definition()));
        yield "api_post_event";
      }
      case Event.GroupChanged changed -> {
        json.put("groupId", "/").put("version", Json.time(changed.version()));
        yield "group_change_success";
      }
      case Event.GroupChangeFailed failed -> {
        json.put("groupId", "/").put("version", Json.time(failed.version()));
        json.put("reason", failed.reason());
        yield "group_change_failed";
      }
      case Event.AppTerminated terminated -> {
        json.put("appId", terminated.app().path());
        yield "app_terminated_event";
      }
      case Event.DeploymentStepStarted started -> {
        plan(json, started.deployment(), light);
        json.set("currentStep", DeploymentJson.step(started.deployment().step()));
        yield "deployment_info";
      }
      case Event.DeploymentStepSucceeded succeeded -> {
        plan(json, succeeded.deployment(), light);
        json.set("currentStep", DeploymentJson.step(succeeded.deployment().step()));
        yield "deployment_step_success";
      }
      case Event.DeploymentSucceeded succeeded -> {
        json.put("id", succeeded.deployment().id().value());
        plan(json, succeeded.deployment(), light);
        yield "deployment_success";
      }
      case Event.DeploymentFailed failed -> {
        json.put("id", failed.deployment().id().value());
        plan(json, failed.deployment(), light);
        json.put("reason", failed.reason());
        yield "deployment_failed";
      }
      case Event.StatusUpdated updated -> status(json, updated);
      case Event.InstanceChanged changed -> instance(json, changed);
      case Event.UnknownInstanceTerminated unknown -> unknownTerminated(json, unknown);
      case Event.HealthChanged changed -> health(json, changed);
      case Event.UnhealthyInstanceKilled killed -> unhealthy(json, killed);
      case Event.HealthCheckAdded added -> checkAdded(json, added);
      case Event.HealthCheckRemoved removed -> {
        json.put("appId", removed.app().path());
        yield "remove_health_check_event";
      }
      case Event.SchedulerRegistered registered -> {
        json.put("frameworkId", registered.frameworkId());
        yield registered.again() ? "scheduler_reregistered_event" : "scheduler_registered_event";
      }
      case Event.SchedulerDisconnected _ -> "scheduler_disconnected_event";
      case Event.VolumeChanged changed -> {
        volume(json, changed);
        yield "volume_changed_event";
      }
      case Event.ReservationChanged changed -> reservationChanged(json, changed);
      case Event.AgentChanged changed -> agent(json, changed);
    };
  }

  private static String unknownTerminated(
      ObjectNode json, Event.UnknownInstanceTerminated unknown) {
    json.put("instanceId", unknown.instance().value());
    json.put("runSpecId", unknown.instance().appId().path());
    json.put("condition", unknown.condition().marathonName());
    return "unknown_instance_terminated_event";
  }

  private static String health(ObjectNode json, Event.HealthChanged changed) {
    json.put("appId", changed.instance().appId().path());
    json.put("instanceId", changed.instance().id().value());
    json.put("version", Json.time(changed.version()));
    json.put("alive", changed.healthy());
    return "health_status_changed_event";
  }

  private static String checkAdded(ObjectNode json, Event.HealthCheckAdded added) {
    json.put("appId", added.app().path());
    json.set("healthCheck", AppWriter.toJson(added.check()));
    json.put("version", Json.time(added.version()));
    return "add_health_check_event";
  }

  private static String reservationChanged(ObjectNode json, Event.ReservationChanged changed) {
    reservation(json, changed.reservation());
    json.put("state", changed.gone() ? "gone" : state(changed.reservation().state()));
    return "reservation_changed_event";
  }

  private static String agent(ObjectNode json, Event.AgentChanged changed) {
    json.put("agentId", changed.agent().id().value());
    json.put("host", changed.agent().hostname());
    json.put("status", changed.status().name().toLowerCase(Locale.ROOT));
    json.put(
        "previous", changed.previous().map(p -> p.name().toLowerCase(Locale.ROOT)).orElse(null));
    return "agent_changed_event";
  }

  /** The light format leaves the steps out, as Marathon's {@code plan-format=light} does. */
  private static void plan(ObjectNode json, Deployment deployment, boolean light) {
    ObjectNode plan = json.putObject("plan");
    plan.put("id", deployment.id().value());
    if (!light) {
      plan.set("steps", DeploymentJson.steps(deployment));
    }
    plan.put("version", Json.time(deployment.version()));
  }

  private static String status(ObjectNode json, Event.StatusUpdated updated) {
    Task task = updated.task();
    json.put("slaveId", task.agent().value());
    json.put("taskId", task.id().value());
    json.put("taskStatus", task.condition().taskState());
    json.put("message", updated.update().message());
    json.put("appId", updated.app().path());
    json.put("host", task.hostname());
    ArrayNode addresses = json.putArray("ipAddresses");
    task.ipAddresses()
        .forEach(ip -> addresses.addObject().put("ipAddress", ip).put("protocol", "IPv4"));
    ArrayNode ports = json.putArray("ports");
    task.ports().forEach(ports::add);
    json.put("version", Json.time(task.version()));
    return "status_update_event";
  }

  private static String instance(ObjectNode json, Event.InstanceChanged changed) {
    Instance instance = changed.instance();
    Optional<Task> task = instance.task();
    json.put("instanceId", instance.id().value());
    json.put("condition", instance.condition().marathonName());
    json.put("runSpecId", instance.appId().path());
    json.put("agentId", task.map(t -> t.agent().value()).orElse(null));
    json.put("host", task.map(Task::hostname).orElse(null));
    json.put("runSpecVersion", Json.time(changed.version()));
    return "instance_changed_event";
  }

  private static String unhealthy(ObjectNode json, Event.UnhealthyInstanceKilled killed) {
    json.put("appId", killed.instance().appId().path());
    json.put("taskId", killed.task().id().value());
    json.put("instanceId", killed.instance().id().value());
    json.put("version", Json.time(killed.task().version()));
    json.put("reason", killed.reason());
    json.put("host", killed.task().hostname());
    json.put("slaveId", killed.task().agent().value());
    return "unhealthy_instance_kill_event";
  }

  private static void volume(ObjectNode json, Event.VolumeChanged changed) {
    json.put("volumeId", changed.volume().value());
    json.put("status", changed.status().text());
    reservation(json, changed.reservation());
    json.put("gone", changed.status() == VolumeStatus.DESTROYED);
  }

  private static void reservation(ObjectNode json, Reservation reservation) {
    json.put("reservationId", reservation.id().value());
    json.put("appId", reservation.appId().path());
    json.put("instanceId", reservation.owner().map(Object::toString).orElse(null));
    json.put("ordinal", reservation.ordinal());
    json.put("agentId", reservation.agent().value());
    json.put("host", reservation.hostname());
  }

  private static String state(ReservationState state) {
    return switch (state) {
      case ReservationState.Requested _ -> "requested";
      case ReservationState.Held _ -> "held";
      case ReservationState.LeftBehind _ -> "left behind";
      case ReservationState.Releasing _ -> "releasing";
    };
  }
}
