package io.homeport.simulation.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.mesos.ModelTape;
import io.homeport.model.AgentId;
import io.homeport.model.Call;
import io.homeport.model.ClusterEvent;
import io.homeport.model.Offer;
import io.homeport.model.OfferId;
import io.homeport.model.OfferedReservation;
import io.homeport.model.Operation;
import io.homeport.model.OperationId;
import io.homeport.model.OperationUpdate;
import io.homeport.model.ReservationId;
import io.homeport.model.TaskLaunch;
import io.homeport.model.TaskState;
import io.homeport.model.TaskUpdate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Replays a recording of a real Mesos against the simulated master: the same calls in the same
 * situations, and each recorded event must come, equal but for ids, times and words for people, and
 * no update that was not recorded. What a process does by itself is played as it was recorded.
 */
final class TapeReplay {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration BEFORE_GIVING_BACK = Duration.ofSeconds(3);

  private final TapeMaster master;
  private final String name;
  private final Map<AgentId, AgentId> agents = new HashMap<>();
  private final Map<OfferId, Offer> offers = new HashMap<>();
  private final Map<String, String> uuids;
  private final List<Offer> outstanding = new ArrayList<>();
  private final List<ClusterEvent> pending = new ArrayList<>();
  private final Set<String> seen;
  private final Set<OperationId> foreign = new HashSet<>();
  private Optional<String> framework = Optional.empty();
  private boolean connected;
  private int streamsBack;
  private boolean grown;
  private int compared;

  /**
   * A replay.
   *
   * @param uuids of updates, recorded and replayed, of all recordings of one session
   */
  TapeReplay(TapeMaster master, String name, Map<String, String> uuids) {
    this.master = master;
    this.name = name;
    this.uuids = uuids;
    this.seen = new HashSet<>(uuids.values());
  }

  /** How many events were compared. */
  int run() {
    for (ModelTape.Step step : ModelTape.read(name)) {
      switch (step) {
        case ModelTape.Step.Note note -> intervene(note.text());
        case ModelTape.Step.Called called -> call(called.call());
        case ModelTape.Step.Other other -> other(other);
        case ModelTape.Step.Operated operated -> {
          assertThat(operated.what()).isEqualTo("MARK_AGENT_GONE");
          master.declareGone(replayed(operated.agent()));
        }
        case ModelTape.Step.Heard heard -> heard.events().forEach(this::expect);
      }
    }
    return compared;
  }

  private void intervene(String note) {
    master.settle(); // what was sent before arrives before
    if (note.startsWith("SIGKILL of the agent process")
        || note.startsWith("operator marks the agent gone") // which was killed before
        || note.startsWith("agent killed; KILL of its task")) {
      master.killAgent();
    } else if (note.startsWith("SIGKILL of agent, then of the executor")) {
      master.crashAgent(false);
    } else if (note.startsWith("the agent is killed with its executor, its identity")) {
      master.crashAgent(true);
    } else if (note.startsWith("the agent comes back")
        || note.startsWith("the agent returns")
        || note.startsWith("the agent tries to return")) {
      master.startAgent();
    } else if (note.startsWith("the master restarts")) {
      collect();
      outstanding.clear();
      master.restartMaster();
    } else if (note.contains("calls with the old stream id")) {
      streamsBack = 1;
    }
  }

  private void other(ModelTape.Step.Other other) {
    switch (other.type()) {
      case "SUBSCRIBE" -> {
        outstanding.clear();
        connected = false;
        master.subscribe(framework);
      }
      case "TEARDOWN" -> {
        nothingElse();
        master.tearDown();
      }
      case "ACCEPT" -> {
        // Operations that the core never asks for: what is offered is given back.
        grown = grown || other.operations().stream().anyMatch(id -> id.value().startsWith("grow"));
        foreign.addAll(other.operations());
        send(new Call.Decline(replayedOffers(other.offers()), Duration.ZERO));
      }
      case "KILL" ->
          other.tasks().forEach(task -> send(new Call.Kill(task, nobody(), Optional.empty())));
      default -> throw new AssertionError("not understood: " + other);
    }
  }

  private static AgentId nobody() {
    return new AgentId("nobody");
  }

  private void send(Call call) {
    master.send(call, streamsBack);
    streamsBack = 0;
  }

  private void call(Call call) {
    switch (call) {
      case Call.Accept accept ->
          send(
              new Call.Accept(
                  replayedOffers(accept.offers()),
                  replayed(accept.agent()),
                  accept.operations().stream().map(it -> replayed(it, accept)).toList(),
                  accept.refuse()));
      case Call.Decline decline ->
          send(new Call.Decline(replayedOffers(decline.offers()), decline.refuse()));
      case Call.Kill kill -> send(new Call.Kill(kill.task(), replayed(kill.agent()), kill.grace()));
      case Call.Acknowledge ack -> {
        if (uuids.containsKey(ack.uuid())) {
          send(
              new Call.Acknowledge(
                  ack.task(),
                  replayed(ack.agent()),
                  Objects.requireNonNull(uuids.get(ack.uuid()))));
        }
      }
      case Call.AcknowledgeOperation ack -> {
        if (uuids.containsKey(ack.uuid())) {
          send(
              new Call.AcknowledgeOperation(
                  ack.operation(),
                  replayed(ack.agent()),
                  Objects.requireNonNull(uuids.get(ack.uuid()))));
        }
      }
      case Call.Reconcile reconcile ->
          send(
              new Call.Reconcile(
                  reconcile.tasks().stream()
                      .map(task -> new Call.KnownTask(task.task(), replayed(task.agent())))
                      .toList()));
      case Call.ReconcileOperations reconcile -> send(reconcile);
      case Call.Revive revive -> send(revive);
      case Call.Suppress suppress -> send(suppress);
    }
  }

  private List<OfferId> replayedOffers(List<OfferId> recorded) {
    return recorded.stream().map(offers::get).filter(Objects::nonNull).map(Offer::id).toList();
  }

  private AgentId replayed(AgentId recorded) {
    return agents.getOrDefault(recorded, recorded);
  }

  /** What is used is meant as it was offered, as a scheduler does. */
  private Operation replayed(Operation operation, Call.Accept accept) {
    return switch (operation) {
      case Operation.Launch launch -> {
        TaskLaunch it = launch.launch();
        yield new Operation.Launch(
            new TaskLaunch(
                it.task(),
                it.app(),
                it.ordinal(),
                replayed(it.agent()),
                it.env(),
                it.ports(),
                it.reservation()));
      }
      case Operation.Unreserve unreserve ->
          new Operation.Unreserve(unreserve.id(), offered(accept, unreserve.reservation()));
      case Operation.Reserve _, Operation.Create _, Operation.Destroy _ -> operation;
    };
  }

  /** What was offered of a reservation, as it is once its volumes are destroyed. */
  private OfferedReservation offered(Call.Accept accept, OfferedReservation recorded) {
    ReservationId id = recorded.id();
    return accept.offers().stream()
        .map(offers::get)
        .filter(Objects::nonNull)
        .flatMap(offer -> offer.reservations().stream())
        .filter(part -> part.id().equals(id))
        .findFirst()
        .map(OfferContent::emptied)
        .orElse(recorded);
  }

  private void collect() {
    for (ClusterEvent event : master.heard()) {
      switch (event) {
        case ClusterEvent.OffersReceived received -> outstanding.addAll(received.offers());
        case ClusterEvent.OfferRescinded rescinded ->
            outstanding.removeIf(offer -> offer.id().equals(rescinded.offer()));
        case ClusterEvent.TaskUpdated updated -> {
          if (updated.update().uuid().map(seen::add).orElse(true)) {
            pending.add(updated);
          }
        }
        case ClusterEvent.OperationUpdated updated -> {
          if (updated.update().uuid().map(seen::add).orElse(true)) {
            pending.add(updated);
          }
        }
        case ClusterEvent.Connected now -> {
          connected = true;
          assertThat(framework.orElse(now.frameworkId())).isEqualTo(now.frameworkId());
          framework = Optional.of(now.frameworkId());
        }
        case ClusterEvent.AgentReported _, ClusterEvent.Disconnected _ -> {}
      }
    }
    master.heard().clear();
  }

  private void expect(ClusterEvent recorded) {
    compared++;
    switch (recorded) {
      case ClusterEvent.Connected _ ->
          await(recorded, () -> connected ? Optional.of(recorded) : Optional.empty());
      case ClusterEvent.OffersReceived received -> received.offers().forEach(this::expect);
      case ClusterEvent.OfferRescinded rescinded ->
          await(
              rescinded,
              () -> {
                Offer offer = offers.get(rescinded.offer());
                return offer != null && !outstanding.contains(offer)
                    ? Optional.of(offer)
                    : Optional.empty();
              });
      case ClusterEvent.TaskUpdated updated -> expect(updated.update());
      case ClusterEvent.OperationUpdated updated -> expect(updated.update());
      case ClusterEvent.AgentReported _, ClusterEvent.Disconnected _ ->
          throw new AssertionError("not on recordings: " + recorded);
    }
  }

  /** Something that must come, and what comes of time. */
  private interface Search<T> {
    Optional<T> look();
  }

  private <T> T await(Object recorded, Search<T> search) {
    Duration end = master.elapsed().plus(PATIENCE);
    collect();
    Optional<T> found = search.look();
    while (found.isEmpty() && master.elapsed().compareTo(end) < 0) {
      master.pass();
      collect();
      found = search.look();
    }
    return found.orElseThrow(
        () ->
            new AssertionError(
                name
                    + ": this was recorded and did not come: "
                    + recorded
                    + "\nWhat came instead: "
                    + pending
                    + "\nWhat is offered: "
                    + outstanding));
  }

  private void expect(Offer recorded) {
    Duration giveBack = master.elapsed().plus(BEFORE_GIVING_BACK);
    Offer found =
        await(
            recorded,
            () -> {
              Optional<Offer> same =
                  outstanding.stream()
                      .filter(offer -> !offers.containsValue(offer))
                      .filter(offer -> OfferContent.isSame(offer, recorded, grown))
                      .findFirst();
              if (same.isEmpty() && master.elapsed().compareTo(giveBack) > 0) {
                giveBack(recorded.agent().hostname());
              }
              return same;
            });
    offers.put(recorded.id(), found);
    agents.put(recorded.agent().id(), found.agent().id());
  }

  /** What was recorded as one offer may come as several: they are given back, to come as one. */
  private void giveBack(String host) {
    List<OfferId> parts =
        outstanding.stream()
            .filter(offer -> offer.agent().hostname().equals(host))
            .filter(offer -> !offers.containsValue(offer))
            .map(Offer::id)
            .toList();
    if (!parts.isEmpty()) {
      outstanding.removeIf(offer -> parts.contains(offer.id()));
      send(new Call.Decline(parts, Duration.ZERO));
    }
  }

  private void expect(OperationUpdate recorded) {
    if (foreign.contains(recorded.operation()) || isKnown(recorded.uuid())) {
      return;
    }
    OperationUpdate found =
        await(
            recorded,
            () ->
                take(
                    event ->
                        event instanceof ClusterEvent.OperationUpdated(OperationUpdate update)
                                && update.operation().equals(recorded.operation())
                                && update.state() == recorded.state()
                                && update.agent().equals(recorded.agent().map(this::replayed))
                                && update.uuid().isPresent() == recorded.uuid().isPresent()
                            ? Optional.of(update)
                            : Optional.empty()));
    bind(recorded.uuid(), found.uuid());
  }

  private void expect(TaskUpdate recorded) {
    // Not every executor says that it is ending a task.
    if (isKnown(recorded.uuid()) || recorded.state() == TaskState.TASK_KILLING) {
      return;
    }
    boolean byItself =
        recorded.uuid().isPresent()
            && recorded.state().hasEnded()
            && recorded.state() != TaskState.TASK_KILLED;
    if (byItself) {
      master.end(recorded.task(), recorded.state(), recorded.reason());
    }
    TaskUpdate found =
        await(
            recorded,
            () -> {
              passOverProgress(recorded);
              return take(
                  event ->
                      event instanceof ClusterEvent.TaskUpdated(TaskUpdate update)
                              && isSame(update, recorded)
                          ? Optional.of(update)
                          : Optional.empty());
            });
    bind(recorded.uuid(), found.uuid());
  }

  private boolean isSame(TaskUpdate update, TaskUpdate recorded) {
    boolean nobodys = recorded.agent().isEmpty();
    return update.task().equals(recorded.task())
        && update.state() == recorded.state()
        && update.reason().equals(recorded.reason())
        && (nobodys || update.agent().equals(recorded.agent().map(this::replayed)))
        && update.uuid().isPresent() == recorded.uuid().isPresent()
        && update.healthy().equals(recorded.healthy());
  }

  /** How far a process gets before it ends is its own affair; Mesos only hands it on. */
  private void passOverProgress(TaskUpdate recorded) {
    for (ClusterEvent event : List.copyOf(pending)) {
      if (recorded.state().hasEnded()
          && event instanceof ClusterEvent.TaskUpdated(TaskUpdate update)
          && update.task().equals(recorded.task())
          && update.uuid().isPresent()
          && !update.state().hasEnded()) {
        pending.remove(event);
        send(
            new Call.Acknowledge(update.task(), update.agent().orElseThrow(), update.uuid().get()));
      }
    }
  }

  private <T> Optional<T> take(Function<ClusterEvent, Optional<T>> wanted) {
    for (ClusterEvent event : pending) {
      Optional<T> found = wanted.apply(event);
      if (found.isPresent()) {
        pending.remove(event);
        return found;
      }
    }
    return Optional.empty();
  }

  private boolean isKnown(Optional<String> recorded) {
    return recorded.filter(uuids::containsKey).isPresent();
  }

  private void bind(Optional<String> recorded, Optional<String> found) {
    recorded.ifPresent(uuid -> uuids.put(uuid, found.orElseThrow()));
  }

  private void nothingElse() {
    collect();
    assertThat(pending).as("%s: not recorded, but came", name).isEmpty();
  }
}
