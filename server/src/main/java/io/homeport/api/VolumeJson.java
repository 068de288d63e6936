package io.homeport.api;

import io.homeport.model.DiskSource;
import io.homeport.model.Instance;
import io.homeport.model.OfferedReservation;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationState;
import io.homeport.model.Resources;
import io.homeport.model.Task;
import io.homeport.model.Volume;
import io.homeport.model.VolumeStatus;
import io.homeport.runtime.TaskFiles;
import io.homeport.state.ClusterState;
import io.homeport.state.Quarantined;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Volumes as JSON: where they are, whose they are, how full, and what holds them. */
final class VolumeJson {
  private VolumeJson() {}

  static ObjectNode of(Backend backend, ClusterState state, Reservation home, Volume volume) {
    Optional<Instance> owner = home.owner().flatMap(state.durable()::instance);
    Optional<Task> task = owner.flatMap(Instance::task);
    VolumeStatus status = state.durable().statusOf(home, volume);
    ObjectNode json = Json.object();
    json.put("id", volume.id().value());
    json.put("appId", home.appId().path());
    json.put("instanceId", owner.map(instance -> instance.id().value()).orElse(null));
    json.put("taskId", task.filter(Task::isLive).map(t -> t.id().value()).orElse(null));
    json.put("ordinal", home.ordinal());
    json.put("agentId", home.agent().value());
    json.put("host", home.hostname());
    json.put("containerPath", volume.containerPath());
    json.put("size", volume.sizeMib());
    json.put("type", type(volume.source()));
    json.put("mode", "RW");
    addUsage(json, backend, new TaskFiles.Place.VolumeData(home.agent(), volume.id()));
    json.put("status", status.text());
    json.put("since", Json.time(since(home, volume, task, status)));
    json.put("why", why(home).orElse(null));
    json.put("createdAt", Json.time(volume.createdAt()));
    json.put(
        "lastUsedAt",
        task.map(t -> Json.time(t.isLive() ? Instant.now() : t.changedAt())).orElse(null));
    json.put("reservationId", home.id().value());
    json.set("reserved", reserved(home.total(), home.ports()));
    return json;
  }

  static ObjectNode of(
      Backend backend, Quarantined quarantined, OfferedReservation.OfferedVolume volume) {
    OfferedReservation offered = quarantined.offered();
    ObjectNode json = Json.object();
    json.put("id", volume.id().value());
    json.put("appId", "/" + volume.id().value().replaceAll("#.*", "").replace('_', '/'));
    json.putNull("instanceId");
    json.putNull("taskId");
    json.put("ordinal", 0);
    json.put("agentId", quarantined.agent().id().value());
    json.put("host", quarantined.agent().hostname());
    json.put("containerPath", volume.containerPath());
    json.put("size", volume.sizeMib());
    json.put("type", type(volume.source()));
    json.put("mode", "RW");
    addUsage(json, backend, new TaskFiles.Place.VolumeData(quarantined.agent().id(), volume.id()));
    json.put("status", VolumeStatus.QUARANTINED.text());
    json.put("since", Json.time(quarantined.since()));
    json.put("why", "it bears Homeport's label, but there is no record of it here");
    json.putNull("createdAt");
    json.putNull("lastUsedAt");
    json.put("reservationId", offered.id().value());
    json.set("reserved", reserved(offered.resources(), offered.ports().ports()));
    return json;
  }

  private static String type(DiskSource source) {
    return source.type().name().toLowerCase(Locale.ROOT);
  }

  private static void addUsage(ObjectNode json, Backend backend, TaskFiles.Place.VolumeData place) {
    Optional<TaskFiles.Usage> usage = backend.cluster().files().usage(place);
    json.put("usedBytes", usage.map(TaskFiles.Usage::bytes).orElse(null));
    json.put("usageMeasuredAt", usage.map(u -> Json.time(u.measuredAt())).orElse(null));
    json.put(
        "bytesPerHour",
        usage
            .map(TaskFiles.Usage::bytesPerHour)
            .filter(OptionalLong::isPresent)
            .map(OptionalLong::getAsLong)
            .orElse(null));
    json.put("location", backend.cluster().files().location(place).orElse(null));
  }

  private static Instant since(
      Reservation home, Volume volume, Optional<Task> task, VolumeStatus status) {
    return switch (home.state()) {
      case ReservationState.LeftBehind left -> left.since();
      case ReservationState.Releasing releasing -> releasing.since();
      case ReservationState.Requested _ -> volume.createdAt();
      case ReservationState.Held _ ->
          task.map(t -> status == VolumeStatus.ATTACHED ? t.stagedAt() : t.changedAt())
              .orElse(volume.createdAt());
    };
  }

  private static Optional<String> why(Reservation home) {
    return switch (home.state()) {
      case ReservationState.LeftBehind left -> Optional.of(left.why());
      case ReservationState.Releasing releasing -> Optional.of(releasing.why());
      case ReservationState.Requested _, ReservationState.Held _ -> Optional.empty();
    };
  }

  private static ObjectNode reserved(Resources resources, List<Integer> ports) {
    ObjectNode json = Json.object();
    json.put("cpus", resources.cpus());
    json.put("mem", resources.mem());
    json.put("disk", resources.disk());
    json.put("gpus", resources.gpus());
    ArrayNode list = json.putArray("ports");
    ports.forEach(list::add);
    return json;
  }
}
