package io.homeport.contract;

import io.homeport.model.AgentId;
import io.homeport.model.Call;
import io.homeport.model.ClusterEvent;
import io.homeport.model.Offer;
import io.homeport.model.OfferId;
import io.homeport.model.Operation;
import io.homeport.model.OperationId;
import io.homeport.model.OperationUpdate;
import io.homeport.model.TaskId;
import io.homeport.model.TaskState;
import io.homeport.model.TaskUpdate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A scheduler that keeps what it hears, acknowledges, and does what the test says. */
final class ContractScheduler {
  /** The installation that reservations are labelled with. */
  static final String INSTALLATION = "homeport1";

  private static final int MOST_STEPS = 3_000;

  private final Terrain terrain;
  private final List<ClusterEvent> events = new ArrayList<>();
  private final Map<OfferId, Offer> offers = new LinkedHashMap<>();
  private boolean acknowledging = true;

  ContractScheduler(Terrain terrain) {
    this.terrain = terrain;
    terrain.cluster().start(INSTALLATION, Optional.empty(), this::hear);
  }

  private synchronized void hear(ClusterEvent event) {
    events.add(event);
    switch (event) {
      case ClusterEvent.OffersReceived received ->
          received.offers().forEach(offer -> offers.put(offer.id(), offer));
      case ClusterEvent.OfferRescinded rescinded -> offers.remove(rescinded.offer());
      case ClusterEvent.TaskUpdated(TaskUpdate update) when acknowledging -> acknowledge(update);
      case ClusterEvent.OperationUpdated(OperationUpdate update) when update.uuid().isPresent() ->
          send(
              new Call.AcknowledgeOperation(
                  update.operation(), update.agent().orElseThrow(), update.uuid().get()));
      case ClusterEvent.TaskUpdated _,
          ClusterEvent.OperationUpdated _,
          ClusterEvent.Connected _,
          ClusterEvent.Disconnected _,
          ClusterEvent.AgentReported _ -> {}
    }
  }

  void acknowledge(TaskUpdate update) {
    if (update.uuid().isPresent()) {
      send(new Call.Acknowledge(update.task(), update.agent().orElseThrow(), update.uuid().get()));
    }
  }

  synchronized void acknowledging(boolean on) {
    acknowledging = on;
  }

  void send(Call call) {
    terrain.cluster().send(call);
  }

  /** How much was heard up to now. */
  synchronized int heard() {
    return events.size();
  }

  synchronized List<ClusterEvent> since(int mark) {
    return List.copyOf(events.subList(mark, events.size()));
  }

  synchronized List<Offer> offers() {
    return List.copyOf(offers.values());
  }

  <T> T await(String what, Supplier<Optional<T>> wanted) {
    for (int step = 0; step < MOST_STEPS; step++) {
      Optional<T> found = wanted.get();
      if (found.isPresent()) {
        return found.get();
      }
      terrain.pass();
    }
    throw new AssertionError("waited in vain for " + what + "; heard " + since(0));
  }

  /** Waits for the first event of a kind after a mark. */
  <E extends ClusterEvent> E await(int mark, Class<E> kind, Predicate<E> wanted) {
    return await(
        kind.getSimpleName(),
        () ->
            since(mark).stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(wanted)
                .findFirst());
  }

  TaskUpdate await(int mark, TaskId task, Predicate<TaskState> state) {
    return await(
            mark,
            ClusterEvent.TaskUpdated.class,
            event -> event.update().task().equals(task) && state.test(event.update().state()))
        .update();
  }

  OperationUpdate await(int mark, OperationId operation) {
    return await(
            mark,
            ClusterEvent.OperationUpdated.class,
            event ->
                event.update().operation().equals(operation)
                    && event.update().state() != OperationUpdate.State.PENDING)
        .update();
  }

  /** Waits for an open offer. */
  Offer offer(Predicate<Offer> wanted) {
    return await("an offer", () -> offers().stream().filter(wanted).findFirst());
  }

  Offer offer(AgentId agent, Predicate<Offer> wanted) {
    return offer(offer -> offer.agent().id().equals(agent) && wanted.test(offer));
  }

  void accept(Offer offer, List<Operation> operations) {
    take(offer);
    send(new Call.Accept(List.of(offer.id()), offer.agent().id(), operations, Duration.ZERO));
  }

  /** Gives all open offers back. */
  void declineAll(Duration refuse) {
    List<OfferId> all = offers().stream().map(Offer::id).toList();
    offers().forEach(this::take);
    send(new Call.Decline(all, refuse));
  }

  private synchronized void take(Offer offer) {
    offers.remove(offer.id());
  }

  /** Lets time go by in which something must not happen. */
  void idle(int steps) {
    for (int step = 0; step < steps; step++) {
      terrain.pass();
    }
  }
}
