package io.homeport.mesos;

import io.homeport.model.AgentId;
import io.homeport.model.AgentStatus;
import io.homeport.model.Call;
import io.homeport.model.ClusterEvent;
import io.homeport.model.Offer;
import io.homeport.model.OfferId;
import io.homeport.model.Operation;
import io.homeport.model.OperationId;
import io.homeport.model.OperationUpdate;
import io.homeport.model.TaskState;
import io.homeport.model.TaskUpdate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.scheduler.Protos.Event;

/** What becomes of each of Mesos's events. */
final class EventHandling {
  private final Sink sink;
  private final OutstandingOffers offers;
  private final KnownAgents agents;
  private final NetworkHealthChecks checks;
  private volatile boolean everConnected;

  EventHandling(
      Sink sink, OutstandingOffers offers, KnownAgents agents, NetworkHealthChecks checks) {
    this.sink = sink;
    this.offers = offers;
    this.agents = agents;
    this.checks = checks;
  }

  /** Whether a connection ever stood. */
  boolean everConnected() {
    return everConnected;
  }

  /** A connection stands. */
  void connected(String frameworkId) {
    everConnected = true;
    offers.clear();
    sink.connected(frameworkId);
  }

  /** It is lost. */
  void disconnected(String why) {
    offers.clear();
    checks.stop();
    sink.disconnected(why);
  }

  /** Hands an event on in the core's words. */
  void handle(Event event, Connection.Live live) {
    switch (event.getType()) {
      case OFFERS -> offers(event.getOffers(), live);
      case RESCIND -> {
        OfferId id = new OfferId(event.getRescind().getOfferId().getValue());
        offers.take(List.of(id));
        sink.tell(new ClusterEvent.OfferRescinded(id));
      }
      case UPDATE -> update(event.getUpdate().getStatus());
      case UPDATE_OPERATION_STATUS ->
          UpdateTranslation.operation(event.getUpdateOperationStatus().getStatus())
              .ifPresent(update -> sink.tell(new ClusterEvent.OperationUpdated(update)));
      case FAILURE -> failure(event.getFailure(), live);
      case SUBSCRIBED, ERROR, HEARTBEAT, MESSAGE, UNKNOWN -> {
        // begun and ended elsewhere, or of no meaning to us
      }
      case INVERSE_OFFERS, RESCIND_INVERSE_OFFER -> live.watch().hurry();
    }
  }

  private void offers(Event.Offers received, Connection.Live live) {
    List<Offer> translated = new ArrayList<>();
    for (var offer : received.getOffersList()) {
      AgentId agent = new AgentId(offer.getAgentId().getValue());
      if (!agents.isKnown(agent)) {
        live.watch().hurry();
      }
      agents.heardOf(offer).ifPresent(sink::tell);
      offers.add(offer);
      translated.add(OfferTranslation.offer(offer, agents.of(offer)));
    }
    sink.tell(new ClusterEvent.OffersReceived(translated));
  }

  private void update(TaskStatus status) {
    Optional<TaskUpdate> update = UpdateTranslation.task(status);
    if (update.isEmpty()) {
      Log.LOGGER.warn(
          "Task {} of our framework is not Homeport's; it is left alone.",
          status.getTaskId().getValue());
      return;
    }
    checks.learn(update.get());
    if (update.get().state() == TaskState.TASK_GONE_BY_OPERATOR) {
      update
          .get()
          .agent()
          .flatMap(agent -> agents.becomes(agent, AgentStatus.GONE))
          .ifPresent(sink::tell);
    }
    sink.tell(new ClusterEvent.TaskUpdated(update.get()));
  }

  private void failure(Event.Failure failure, Connection.Live live) {
    if (failure.hasAgentId() && !failure.hasExecutorId()) {
      agents
          .becomes(new AgentId(failure.getAgentId().getValue()), AgentStatus.UNREACHABLE)
          .ifPresent(sink::tell);
      live.watch().hurry();
    }
  }

  /** A call was refused as a whole: whatever it was to do has failed. */
  void refused(Call call, String why) {
    if (!(call instanceof Call.Accept accept)) {
      return;
    }
    for (Operation operation : accept.operations()) {
      switch (operation) {
        case Operation.Reserve reserve -> failed(reserve.id(), accept.agent(), why);
        case Operation.Create create -> failed(create.id(), accept.agent(), why);
        case Operation.Destroy destroy -> failed(destroy.id(), accept.agent(), why);
        case Operation.Unreserve unreserve -> failed(unreserve.id(), accept.agent(), why);
        case Operation.Launch launch ->
            sink.tell(
                new ClusterEvent.TaskUpdated(
                    new TaskUpdate(
                        launch.launch().task(),
                        Optional.of(accept.agent()),
                        TaskState.TASK_ERROR,
                        "REASON_TASK_INVALID",
                        why,
                        Optional.empty(),
                        Instant.now(),
                        Optional.empty(),
                        List.of())));
      }
    }
  }

  private void failed(OperationId id, AgentId agent, String why) {
    sink.tell(
        new ClusterEvent.OperationUpdated(
            new OperationUpdate(
                id, Optional.of(agent), OperationUpdate.State.FAILED, why, Optional.empty())));
  }
}
