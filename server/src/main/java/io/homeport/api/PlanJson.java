package io.homeport.api;

import io.homeport.deployment.Plan;
import io.homeport.model.Deployment;
import io.homeport.model.Reservation;
import io.homeport.model.Volume;
import io.homeport.runtime.TaskFiles;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a change would do, as JSON: instances, and above all what becomes of which volume. */
final class PlanJson {
  private static final long BYTES_PER_MIB = 1 << 20;

  private PlanJson() {}

  static ObjectNode of(Backend backend, List<Plan> plans, List<String> warnings) {
    ObjectNode body = Json.object();
    ObjectNode json = body.putObject("plan");
    Optional<Instant> basis =
        plans.size() == 1 ? plans.getFirst().basis() : Optional.<Instant>empty();
    json.put("version", basis.map(Json::time).orElse(null));
    ArrayNode steps = json.putArray("steps");
    for (Plan plan : plans) {
      for (Deployment.Kind kind : plan.kinds()) {
        steps
            .addObject()
            .putArray("actions")
            .addObject()
            .put("action", kind.marathonName())
            .put("app", plan.app().path());
      }
    }
    ArrayNode apps = json.putArray("apps");
    plans.forEach(plan -> apps.add(app(backend, plan)));
    body.set("warnings", Json.strings(warnings));
    return body;
  }

  private static ObjectNode app(Backend backend, Plan plan) {
    ObjectNode json = Json.object();
    json.put("id", plan.app().path());
    json.put("change", change(plan));
    json.put("from", plan.from());
    json.put("to", plan.to());
    ArrayNode starts = json.putArray("starts");
    for (Plan.Start start : plan.starts()) {
      starts
          .addObject()
          .put("ordinal", start.ordinal())
          .put("instanceId", start.instance().map(Object::toString).orElse(null))
          .put("why", start.instance().isPresent() ? "comes back to its volumes" : "new");
    }
    json.set("stops", stops(plan.stops()));
    json.set("restarts", stops(plan.restarts()));
    ObjectNode volumes = json.putObject("volumes");
    volumes.set("kept", placed(backend, plan.volumes().kept()));
    volumes.set("detached", placed(backend, plan.volumes().detached()));
    volumes.set("reattached", placed(backend, plan.volumes().reattached()));
    ArrayNode created = volumes.putArray("created");
    for (Plan.Creation creation : plan.volumes().created()) {
      created
          .addObject()
          .put("ordinal", creation.ordinal())
          .put("containerPath", creation.spec().containerPath())
          .put("size", creation.spec().sizeMib());
    }
    volumes.set("destroyed", placed(backend, plan.volumes().destroyed()));
    json.put("bytesDestroyed", bytes(backend, plan.volumes().destroyed()));
    return json;
  }

  private static String change(Plan plan) {
    if (plan.kinds().isEmpty()) {
      return "none";
    }
    return switch (plan.kinds().getLast()) {
      case START -> "create";
      case SCALE -> plan.kinds().contains(Deployment.Kind.START) ? "create" : "scale";
      case RESTART -> "restart";
      case STOP -> "delete";
    };
  }

  private static ArrayNode stops(List<Plan.Stop> stops) {
    ArrayNode array = Json.array();
    for (Plan.Stop stop : stops) {
      array
          .addObject()
          .put("ordinal", stop.ordinal())
          .put("instanceId", stop.instance().value())
          .put("taskId", stop.task().map(Object::toString).orElse(null));
    }
    return array;
  }

  private static ArrayNode placed(Backend backend, List<Plan.Placed> volumes) {
    ArrayNode array = Json.array();
    for (Plan.Placed placed : volumes) {
      Volume volume = placed.volume();
      Reservation home = placed.reservation();
      ObjectNode json = array.addObject();
      json.put("id", volume.id().value());
      json.put("ordinal", home.ordinal());
      json.put("containerPath", volume.containerPath());
      json.put("size", volume.sizeMib());
      json.put("usedBytes", used(backend, placed).map(TaskFiles.Usage::bytes).orElse(null));
      json.put("agentId", home.agent().value());
      json.put("host", home.hostname());
    }
    return array;
  }

  private static Optional<TaskFiles.Usage> used(Backend backend, Plan.Placed placed) {
    return backend
        .cluster()
        .files()
        .usage(new TaskFiles.Place.VolumeData(placed.reservation().agent(), placed.volume().id()));
  }

  /** What is at stake: the bytes in use, or the whole size where that is not known. */
  private static long bytes(Backend backend, List<Plan.Placed> volumes) {
    long bytes = 0;
    for (Plan.Placed placed : volumes) {
      bytes +=
          used(backend, placed)
              .map(TaskFiles.Usage::bytes)
              .orElse((long) (placed.volume().sizeMib() * BYTES_PER_MIB));
    }
    return bytes;
  }
}
