package io.homeport.api;

import io.homeport.model.AgentId;
import io.homeport.model.AppId;
import io.homeport.model.OfferedReservation;
import io.homeport.model.Reservation;
import io.homeport.model.Volume;
import io.homeport.model.VolumeId;
import io.homeport.runtime.TaskFiles;
import io.homeport.scheduler.Command;
import io.homeport.scheduler.Reply;
import io.homeport.state.ClusterState;
import io.homeport.state.Quarantined;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Every volume, whatever its status: {@code /v2/volumes}. */
final class VolumesResource {
  private final Backend backend;

  VolumesResource(Backend backend) {
    this.backend = backend;
  }

  Answer list(Request request) {
    Predicate<String> wantedApp =
        request.first("app").map(VolumesResource::appFilter).orElse(app -> true);
    Predicate<String> wantedStatus =
        request.all("status").isEmpty() ? status -> true : request.all("status")::contains;
    ClusterState state = backend.state();
    ObjectNode body = Json.object();
    ArrayNode volumes = body.putArray("volumes");
    for (Reservation home : state.durable().reservations().values()) {
      if (wantedApp.test(home.appId().path())) {
        for (Volume volume : home.volumes()) {
          if (wantedStatus.test(state.durable().statusOf(home, volume).text())) {
            volumes.add(VolumeJson.of(backend, state, home, volume));
          }
        }
      }
    }
    for (Quarantined quarantined : state.present().quarantined().values()) {
      for (OfferedReservation.OfferedVolume volume : quarantined.offered().volumes()) {
        ObjectNode json = VolumeJson.of(backend, quarantined, volume);
        if (wantedApp.test(json.path("appId").asString())
            && wantedStatus.test(json.path("status").asString())) {
          volumes.add(json);
        }
      }
    }
    return Answer.ok(body);
  }

  /** An app, or with a trailing {@code /*} all apps of a folder. */
  private static Predicate<String> appFilter(String text) {
    String path = text.startsWith("/") ? text : "/" + text;
    return path.endsWith("/*")
        ? app -> app.startsWith(path.substring(0, path.length() - 1))
        : path::equals;
  }

  Answer get(Request request) {
    VolumeId id = id(request);
    ClusterState state = backend.state();
    ObjectNode body = Json.object();
    body.set("volume", find(state, id));
    return Answer.ok(body);
  }

  private ObjectNode find(ClusterState state, VolumeId id) {
    Optional<Reservation> home = state.durable().reservationOf(id);
    Optional<Volume> volume = home.flatMap(reservation -> reservation.volume(id));
    if (home.isPresent() && volume.isPresent()) {
      return VolumeJson.of(backend, state, home.get(), volume.get());
    }
    for (Quarantined quarantined : state.present().quarantined().values()) {
      for (OfferedReservation.OfferedVolume offered : quarantined.offered().volumes()) {
        if (offered.id().equals(id)) {
          return VolumeJson.of(backend, quarantined, offered);
        }
      }
    }
    throw unknown(id.value());
  }

  /** The tasks that have or had it, the last one first, as far back as its agent remembers. */
  Answer history(Request request) {
    VolumeId id = id(request);
    AgentId agent = new AgentId(find(backend.state(), id).path("agentId").asString());
    ObjectNode body = Json.object();
    ArrayNode history = body.putArray("history");
    try {
      for (TaskFiles.Use use :
          backend.cluster().files().uses(new TaskFiles.Place.VolumeData(agent, id))) {
        history
            .addObject()
            .put("taskId", use.task().value())
            .put("from", Json.time(use.from()))
            .put("to", use.to().map(Json::time).orElse(null))
            .put("state", use.state().name());
      }
    } catch (IOException away) {
      throw ApiException.of(
          404,
          "history_unknown",
          "The agent " + agent + " cannot be asked for the volume's history now.");
    }
    return Answer.ok(body);
  }

  static VolumeId id(Request request) {
    String text = request.parameter("volume");
    return VolumeId.parse(text).orElseThrow(() -> unknown(text));
  }

  static ApiException unknown(String id) {
    return ApiException.of(
        404, "volume_unknown", "Volume '" + id + "' does not exist. (In a URL, # is written %23.)");
  }

  Answer destroy(Request request) {
    VolumeId id = id(request);
    backend.ask(new Command.DestroyVolume(id));
    return new Answer.Body(
        202,
        Json.message(
            "The volume " + id + " is being destroyed; it is listed until its agent confirms."),
        Map.of());
  }

  Answer adopt(Request request) {
    VolumeId id = id(request);
    JsonNode body = request.json();
    String app = body.path("appId").asString("");
    if (!AppId.isValid(app)) {
      throw ApiException.invalid("/appId", "expected the id of an app, such as /sesame/samson");
    }
    JsonNode ordinal = body.path("ordinal");
    boolean given = !ordinal.isMissingNode() && !ordinal.isNull();
    if (given && (!ordinal.isInt() || ordinal.asInt() < 0)) {
      throw ApiException.invalid("/ordinal", "expected a whole number from 0");
    }
    Reply reply =
        backend.ask(
            new Command.AdoptVolume(
                id, new AppId(app), given ? Optional.of(ordinal.asInt()) : Optional.empty()));
    String instance =
        reply instanceof Reply.Killed killed ? killed.instances().getFirst().id().value() : "";
    return Answer.ok(
        Json.object()
            .put("instanceId", instance)
            .put("message", "The volume " + id + " belongs to " + instance + " now."));
  }
}
