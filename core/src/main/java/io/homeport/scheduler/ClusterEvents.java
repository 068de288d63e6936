package io.homeport.scheduler;

import io.homeport.model.Agent;
import io.homeport.model.AgentId;
import io.homeport.model.AgentStatus;
import io.homeport.model.ClusterEvent;
import io.homeport.model.Condition;
import io.homeport.model.Event;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.model.Offer;
import io.homeport.model.OfferId;
import io.homeport.model.OfferedReservation;
import io.homeport.model.OperationId;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationId;
import io.homeport.model.Task;
import io.homeport.model.TaskId;
import io.homeport.model.TaskState;
import io.homeport.model.Volume;
import io.homeport.state.AgentView;
import io.homeport.state.AppInstances;
import io.homeport.state.Change;
import io.homeport.state.Reconciliation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.pcollections.TreePSet;

/** What the engine says about itself, its agents and what they offer. */
final class ClusterEvents {
  /** Agents are lost in waves; what is known of their tasks is asked for all of them at once. */
  private static final Duration ASK_AFTER_LOSS = Duration.ofSeconds(2);

  private ClusterEvents() {}

  static Decision learn(Draft draft, ClusterEvent event) {
    return switch (event) {
      case ClusterEvent.Connected connected -> connected(draft, connected);
      case ClusterEvent.Disconnected _ -> disconnected(draft);
      case ClusterEvent.OffersReceived received -> offers(draft, received);
      case ClusterEvent.OfferRescinded rescinded -> {
        if (draft.present().offers().containsKey(rescinded.offer())) {
          draft.change(new Change.OfferRemoved(rescinded.offer()));
        }
        yield draft.done(new Reply.Done());
      }
      case ClusterEvent.TaskUpdated updated -> TaskUpdates.learn(draft, updated.update());
      case ClusterEvent.OperationUpdated updated -> OperationUpdates.learn(draft, updated.update());
      case ClusterEvent.AgentReported reported -> agent(draft, reported);
    };
  }

  private static Decision connected(Draft draft, ClusterEvent.Connected connected) {
    String known = draft.durable().frameworkId();
    // Stored even if it is known: the commit fails for a server that has been superseded without
    // noticing, before it acknowledges or kills anything on this connection.
    draft.change(new Change.FrameworkRegistered(connected.frameworkId()));
    draft.publish(new Event.SchedulerRegistered(connected.frameworkId(), !known.isEmpty()));
    dropOffers(draft);
    draft.change(new Change.ConnectionChanged(true, draft.now()));
    lookAtEverything(draft);
    return draft.done(new Reply.Done());
  }

  /** Asks after all that may have changed unseen, and wakes all that may be waiting. */
  static void lookAtEverything(Draft draft) {
    draft.change(new Change.ReconciliationChanged(doubts(draft)));
    for (AppInstances instances : draft.durable().instances().values()) {
      for (InstanceId id : instances.settling()) {
        draft
            .durable()
            .instance(id)
            .filter(instance -> instance.condition() == Condition.UNREACHABLE)
            .ifPresent(instance -> draft.startCounting(instance.id()));
      }
    }
    draft.wakeMatching(true);
  }

  /** Every live task and every operation without a known outcome is asked after. */
  private static Reconciliation doubts(Draft draft) {
    List<TaskId> tasks = new ArrayList<>();
    for (AppInstances instances : draft.durable().instances().values()) {
      for (Instance instance : instances.all().values()) {
        instance.task().filter(Task::isLive).map(Task::id).ifPresent(tasks::add);
      }
    }
    List<OperationId> operations = new ArrayList<>();
    for (Reservation reservation : draft.durable().reservations().values()) {
      reservation.state().pending().ifPresent(operations::add);
    }
    return new Reconciliation(
        TreePSet.from(tasks), TreePSet.from(operations), 0, Optional.of(draft.now()));
  }

  /** Time without a connection does not count as time in which an agent is out of reach. */
  private static Decision disconnected(Draft draft) {
    dropOffers(draft);
    draft.change(new Change.ConnectionChanged(false, draft.now()));
    for (InstanceId id : List.copyOf(draft.present().unreachableSince().keySet())) {
      draft.stopCounting(id);
    }
    // Those on their way may be lost: they are sent again when the tasks are heard of.
    for (TaskId task : List.copyOf(draft.present().kills().keySet())) {
      draft.change(new Change.KillSent(task, Optional.empty()));
    }
    draft.publish(new Event.SchedulerDisconnected());
    return draft.done(new Reply.Done());
  }

  private static void dropOffers(Draft draft) {
    for (OfferId offer : List.copyOf(draft.present().offers().keySet())) {
      draft.change(new Change.OfferRemoved(offer));
    }
  }

  private static Decision offers(Draft draft, ClusterEvent.OffersReceived received) {
    Set<AgentId> former = new TreeSet<>();
    for (Offer offer : received.offers()) {
      remember(draft, offer.agent());
      draft.change(new Change.OfferAdded(offer, draft.now()));
      for (OfferedReservation offered : offer.reservations()) {
        Optional<Reservation> known = draft.durable().reservation(offered.id());
        known.ifPresentOrElse(
            home -> see(draft, home, offered, offer.agent()),
            () -> VolumeCommands.quarantine(draft, offered, offer.agent()));
        known
            .map(Reservation::agent)
            .filter(agent -> !agent.equals(offer.agent().id()) && !offered.volumes().isEmpty())
            .ifPresent(former::add);
      }
    }
    former.forEach(agent -> Succession.strike(draft, agent));
    draft.wakeMatching(false);
    return draft.done(new Reply.Done());
  }

  private static void remember(Draft draft, Agent agent) {
    if (!agent.equals(draft.durable().agents().get(agent.id()))) {
      draft.change(new Change.AgentPut(agent));
    }
  }

  /** What is offered exists, and is vacant; and it is where the offer says, whatever was known. */
  private static void see(Draft draft, Reservation known, OfferedReservation offered, Agent agent) {
    Reservation seen =
        known.agent().equals(agent.id()) ? known : known.on(agent.id(), agent.hostname());
    List<Volume> volumes = new ArrayList<>();
    for (Volume volume : seen.volumes()) {
      boolean there = offered.volumes().stream().anyMatch(other -> other.id().equals(volume.id()));
      volumes.add(
          there && volume.state() == Volume.State.REQUESTED
              ? volume.in(Volume.State.CREATED)
              : volume);
    }
    seen = seen.withVolumes(volumes).existing();
    if (!seen.equals(known)) {
      draft.put(seen);
    }
    seen.owner().ifPresent(draft::stopCounting);
  }

  private static Decision agent(Draft draft, ClusterEvent.AgentReported reported) {
    Agent agent = reported.agent();
    if (Succession.isOfNobody(draft, agent.id(), reported.status())) {
      return draft.done(new Reply.Done());
    }
    AgentView before = draft.present().views().get(agent.id());
    Optional<AgentStatus> previous = Optional.ofNullable(before).map(AgentView::status);
    remember(draft, agent);
    draft.change(
        new Change.AgentStatusChanged(
            agent.id(), reported.status(), reported.total(), draft.now()));
    if (previous.filter(reported.status()::equals).isPresent()) {
      return draft.done(new Reply.Done());
    }
    draft.publish(new Event.AgentChanged(agent, reported.status(), previous));
    for (ReservationId id : draft.durable().residents(agent.id())) {
      draft.durable().reservation(id).ifPresent(home -> tellOwner(draft, home, reported.status()));
    }
    switch (reported.status()) {
      case ACTIVE, DRAINING, DRAINED -> {
        stopCounting(draft, agent.id());
        askAfterLeaving(draft, agent.id());
        askAfterOperations(draft, agent.id());
      }
      case UNREACHABLE, GONE -> {}
    }
    draft.wakeMatching(true);
    return draft.done(new Reply.Done());
  }

  private static void tellOwner(Draft draft, Reservation home, AgentStatus status) {
    Optional<Instance> owner = home.owner().flatMap(draft.durable()::instance);
    if (owner.isEmpty()) {
      return;
    }
    Instance instance = owner.get();
    draft.unsettle(instance.appId());
    switch (status) {
      case UNREACHABLE -> {
        // The agent with the home is what counts, whatever happened to the task's before.
        draft.countAnew(instance.id());
        if (draft.isConnected()) {
          if (instance.condition() != Condition.UNREACHABLE) {
            askAfter(draft, instance);
          }
        }
      }
      case GONE -> abandon(draft, instance);
      case ACTIVE, DRAINING, DRAINED -> {}
    }
  }

  /**
   * An agent is in reach, and what ran there with it; a master that failed meanwhile says so only
   * when it is asked.
   */
  private static void stopCounting(Draft draft, AgentId agent) {
    for (InstanceId id : List.copyOf(draft.present().unreachableSince().keySet())) {
      Optional<Instance> instance = draft.durable().instance(id);
      Optional<AgentId> place =
          instance.flatMap(
              waiting ->
                  waiting
                      .task()
                      .filter(Task::isLive)
                      .map(Task::agent)
                      .or(() -> draft.durable().reservationOf(waiting).map(Reservation::agent)));
      if (instance.isPresent() && place.filter(agent::equals).isPresent()) {
        draft.stopCounting(id);
        askAfter(draft, instance.get());
      }
    }
  }

  /** Instances that were let go while they were out of reach: what became of their tasks? */
  private static void askAfterLeaving(Draft draft, AgentId agent) {
    draft.durable().instances().values().stream()
        .flatMap(instances -> instances.leaving().stream())
        .flatMap(id -> draft.durable().instance(id).stream())
        .filter(leaving -> leaving.condition() == Condition.UNREACHABLE)
        .filter(leaving -> leaving.task().map(Task::agent).filter(agent::equals).isPresent())
        .toList()
        .forEach(leaving -> askAfter(draft, leaving));
  }

  private static void askAfterOperations(Draft draft, AgentId agent) {
    Instant at = draft.now().plus(ASK_AFTER_LOSS);
    for (ReservationId id : draft.durable().residents(agent)) {
      draft
          .durable()
          .reservation(id)
          .flatMap(home -> home.state().pending())
          .ifPresent(
              operation ->
                  draft.change(
                      new Change.ReconciliationChanged(
                          draft.present().reconciliation().with(operation, at))));
    }
  }

  /** A master that failed over says that an agent is lost, and of its tasks only when asked. */
  private static void askAfter(Draft draft, Instance instance) {
    instance
        .task()
        .filter(Task::isLive)
        .ifPresent(
            task ->
                draft.change(
                    new Change.ReconciliationChanged(
                        draft
                            .present()
                            .reconciliation()
                            .with(task.id(), draft.now().plus(ASK_AFTER_LOSS)))));
  }

  /** An operator said that the agent will not come back: its instances get other homes. */
  private static void abandon(Draft draft, Instance instance) {
    String why = "its agent was declared gone by an operator";
    boolean mayLive = instance.isLive() && instance.condition() != Condition.UNREACHABLE;
    if (mayLive) {
      // Its own TASK_GONE_BY_OPERATOR comes, and has the same consequence.
      return;
    }
    Optional<Task> task = instance.task();
    if (instance.isLive() && task.isPresent()) {
      TaskUpdates.conclude(draft, instance, task.get(), TaskState.TASK_GONE_BY_OPERATOR, why);
    }
    draft.durable().instance(instance.id()).ifPresent(left -> Homes.leaveBehind(draft, left, why));
  }
}
