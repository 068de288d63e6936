package io.homeport.mesos;

import io.homeport.model.Agent;
import io.homeport.model.AgentId;
import io.homeport.model.Call;
import io.homeport.model.ClusterEvent;
import io.homeport.model.OfferId;
import io.homeport.model.OperationId;
import io.homeport.model.TaskId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.scheduler.Protos.Event;
import tools.jackson.databind.JsonNode;

/** A recording of a real Mesos in the core's words, for engines that speak nothing else. */
public final class ModelTape {
  private final Map<OfferId, AgentId> offers = new HashMap<>();
  private final List<Step> steps = new ArrayList<>();

  /** One thing that happened. */
  public sealed interface Step {
    /** What was done to the cluster. */
    record Note(String text) implements Step {}

    /** A call that the core could have made. */
    record Called(Call call) implements Step {}

    /**
     * A call that the core never makes, or a framework's end.
     *
     * @param type the call's
     * @param offers what it uses
     * @param operations what it asks for
     * @param tasks what it is about
     */
    record Other(
        String type, List<OfferId> offers, List<OperationId> operations, List<TaskId> tasks)
        implements Step {}

    /** What the master said. */
    record Heard(List<ClusterEvent> events) implements Step {}

    /** An operator's request, by the name of the call. */
    record Operated(String what, AgentId agent) implements Step {}
  }

  private ModelTape() {}

  /** Reads a recording by its name. */
  public static List<Step> read(String name) {
    ModelTape tape = new ModelTape();
    Tape.read(name).lines().forEach(line -> tape.add(line));
    return List.copyOf(tape.steps);
  }

  private void add(Tape.Line line) {
    JsonNode json = line.json();
    if (json.has("note")) {
      steps.add(new Step.Note(json.get("note").asString()));
    } else if (json.has("operator")) {
      operated(json.get("operator"));
    } else if (line.isCall()) {
      called(line.call());
    } else if (line.isEvent()) {
      heard(line.event());
    }
  }

  private void operated(JsonNode call) {
    String type = call.get("type").asString();
    String agent = call.findValue("agent_id").get("value").asString();
    // It was written down when it was answered, after what it caused.
    int at = steps.size();
    while (at > 0 && isCaused(steps.get(at - 1))) {
      at--;
    }
    steps.add(at, new Step.Operated(type, new AgentId(agent)));
  }

  private static boolean isCaused(Step step) {
    return step instanceof Step.Heard(List<ClusterEvent> events)
        && events.getFirst() instanceof ClusterEvent.TaskUpdated updated
        && updated.update().reason().equals("REASON_AGENT_REMOVED_BY_OPERATOR");
  }

  private void called(org.apache.mesos.v1.scheduler.Protos.Call call) {
    Optional<Call> known = isForeign(call) ? Optional.empty() : ModelCalls.of(call);
    if (known.isEmpty()) {
      List<OperationId> operations =
          call.getAccept().getOperationsList().stream()
              .filter(Offer.Operation::hasId)
              .map(operation -> new OperationId(operation.getId().getValue()))
              .toList();
      List<OfferId> used =
          call.getAccept().getOfferIdsList().stream()
              .map(id -> new OfferId(id.getValue()))
              .toList();
      List<TaskId> tasks =
          call.hasKill() ? List.of(new TaskId(call.getKill().getTaskId().getValue())) : List.of();
      steps.add(new Step.Other(call.getType().name(), used, operations, tasks));
    } else if (known.get() instanceof Call.Accept accept) {
      AgentId agent =
          accept.offers().stream()
              .map(offers::get)
              .filter(java.util.Objects::nonNull)
              .findFirst()
              .orElse(accept.agent());
      steps.add(
          new Step.Called(
              new Call.Accept(accept.offers(), agent, accept.operations(), accept.refuse())));
    } else {
      steps.add(new Step.Called(known.get()));
    }
  }

  /** Whether the core has no words for a call: it never makes such. */
  private static boolean isForeign(org.apache.mesos.v1.scheduler.Protos.Call call) {
    boolean nobodysKill = call.hasKill() && !call.getKill().hasAgentId();
    return nobodysKill
        || call.getAccept().getOperationsList().stream().anyMatch(ModelTape::isForeign);
  }

  private static boolean isForeign(Offer.Operation operation) {
    boolean unreserved =
        operation.getCreate().getVolumesList().stream()
            .anyMatch(volume -> volume.getReservationsCount() == 0);
    boolean another =
        operation.getReserve().getResourcesList().stream()
            .anyMatch(resource -> !resource.getReservations(0).getPrincipal().equals("homeport"));
    return operation.hasGrowVolume() || unreserved || another;
  }

  private void heard(Event event) {
    List<ClusterEvent> events = new ArrayList<>();
    switch (event.getType()) {
      case SUBSCRIBED ->
          events.add(new ClusterEvent.Connected(event.getSubscribed().getFrameworkId().getValue()));
      case OFFERS ->
          events.add(
              new ClusterEvent.OffersReceived(
                  event.getOffers().getOffersList().stream().map(this::offer).toList()));
      case RESCIND ->
          events.add(
              new ClusterEvent.OfferRescinded(
                  new OfferId(event.getRescind().getOfferId().getValue())));
      case UPDATE ->
          UpdateTranslation.task(event.getUpdate().getStatus())
              .ifPresent(update -> events.add(new ClusterEvent.TaskUpdated(update)));
      case UPDATE_OPERATION_STATUS ->
          UpdateTranslation.operation(event.getUpdateOperationStatus().getStatus())
              .ifPresent(update -> events.add(new ClusterEvent.OperationUpdated(update)));
      default -> {
        // nothing that the core is told in these words
      }
    }
    if (!events.isEmpty()) {
      steps.add(new Step.Heard(events));
    }
  }

  private io.homeport.model.Offer offer(Offer offer) {
    Agent agent =
        new Agent(
            new AgentId(offer.getAgentId().getValue()),
            offer.getHostname(),
            Optional.empty(),
            Optional.empty(),
            new TreeMap<>(),
            List.of());
    offers.put(new OfferId(offer.getId().getValue()), agent.id());
    return OfferTranslation.offer(offer, agent);
  }
}
