package io.homeport.api;

import io.homeport.model.AgentId;
import io.homeport.model.Instance;
import io.homeport.model.OfferedReservation;
import io.homeport.model.Reservation;
import io.homeport.model.Task;
import io.homeport.model.TaskId;
import io.homeport.model.Volume;
import io.homeport.runtime.Snapshot;
import io.homeport.scheduler.Command;
import io.homeport.scheduler.ResumePlan;
import io.homeport.state.ClusterState;
import io.homeport.state.Quarantined;
import io.homeport.state.SafeMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** The stored state as a whole: its back-up, and the safe mode after a restore. */
final class StateResource {
  private final Backend backend;

  StateResource(Backend backend) {
    this.backend = backend;
  }

  /** What holds at this moment, and what would happen at the end of the safe mode. */
  Answer show(Request request) {
    Snapshot snapshot = backend.snapshot();
    ClusterState state = snapshot.state();
    ResumePlan plan = ResumePlan.of(state);
    ObjectNode json = Json.object();
    json.put("installation", state.durable().installation());
    json.put("sequence", snapshot.sequence());
    json.set("safeMode", json(plan.mode()));
    json.put("unconfirmedTasks", plan.unconfirmed());
    json.set("unknownTasks", strangers(plan.strangers()));
    ArrayNode volumes = json.putArray("unknownVolumes");
    for (Quarantined quarantined : plan.quarantined()) {
      for (OfferedReservation.OfferedVolume volume : quarantined.offered().volumes()) {
        volumes.add(VolumeJson.of(backend, quarantined, volume));
      }
    }
    json.set("launches", instances(plan.launches()));
    json.set("kills", instances(plan.kills()));
    ArrayNode destructions = json.putArray("destructions");
    for (Reservation reservation : plan.destructions()) {
      for (Volume volume : reservation.volumes()) {
        destructions.add(VolumeJson.of(backend, state, reservation, volume));
      }
    }
    ArrayNode deployments = json.putArray("deployments");
    plan.deployments().forEach(each -> deployments.add(DeploymentJson.of(state, each)));
    return Answer.ok(json);
  }

  private static ArrayNode strangers(List<ResumePlan.Stranger> strangers) {
    ArrayNode json = Json.array();
    for (ResumePlan.Stranger stranger : strangers) {
      TaskId task = stranger.last().task();
      json.addObject()
          .put("id", task.value())
          .put("instanceId", task.instanceId().value())
          .put("appId", task.instanceId().appId().path())
          .put("agentId", stranger.last().agent().map(AgentId::value).orElse(null))
          .put("state", stranger.last().state().name())
          .put("ends", stranger.ends());
    }
    return json;
  }

  private static ArrayNode instances(List<Instance> instances) {
    ArrayNode json = Json.array();
    for (Instance instance : instances) {
      json.addObject()
          .put("instanceId", instance.id().value())
          .put("appId", instance.appId().path())
          .put("ordinal", instance.ordinal())
          .put("taskId", instance.task().map(Task::id).map(TaskId::value).orElse(null))
          .put("condition", instance.condition().marathonName());
    }
    return json;
  }

  /** The safe mode; null when it does not hold. */
  static JsonNode json(Optional<SafeMode> mode) {
    return mode.<JsonNode>map(
            it -> Json.object().put("since", Json.time(it.since())).put("why", it.why()))
        .orElse(NullNode.getInstance());
  }

  /** What is said wherever warnings are. */
  static String warning(SafeMode mode) {
    return "Safe mode: "
        + mode.why()
        + " Nothing is reserved, launched, killed or destroyed until 'homeport state resume'.";
  }

  Answer backup(Request request) {
    Snapshot snapshot = backend.snapshot();
    String name = "homeport-" + snapshot.sequence() + ".backup";
    return new Answer.Stream(
        200,
        "application/octet-stream",
        out -> backend.backups().write(snapshot, out),
        Map.of("Content-Disposition", "attachment; filename=\"" + name + "\""));
  }

  Answer resume(Request request) {
    boolean safe = backend.state().durable().safeMode().isPresent();
    backend.ask(new Command.Resume());
    return Answer.ok(
        Json.message(
            safe
                ? "The safe mode is over. What waited for it begins now."
                : "The safe mode did not hold. Nothing was changed."));
  }
}
