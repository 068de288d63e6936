package io.homeport.scheduler;

import io.homeport.model.Agent;
import io.homeport.model.AgentId;
import io.homeport.model.AgentStatus;
import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.Condition;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.model.Offer;
import io.homeport.model.OfferId;
import io.homeport.model.OfferedReservation;
import io.homeport.model.Pool;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationId;
import io.homeport.model.Task;
import io.homeport.model.TaskFailure;
import io.homeport.placement.ConstraintRules;
import io.homeport.placement.FreshPlacement;
import io.homeport.placement.HomePlacement;
import io.homeport.placement.OfferPool;
import io.homeport.placement.Reason;
import io.homeport.placement.Verdict;
import io.homeport.state.AgentView;
import io.homeport.state.App;
import io.homeport.state.AppInstances;
import io.homeport.state.Change;
import io.homeport.state.ClusterState;
import io.homeport.state.HeldOffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Why an app is not as wanted: every wait has a reason. It is computed when asked, from what each
 * agent last offered, so that the scheduling path stays cheap.
 *
 * @param app the app
 * @param waiting the instances that wait for a launch, at most {@link #MOST} of them
 * @param waitingInAll how many wait
 * @param problems other things that are not as wanted, each as a sentence
 */
public record Explanation(
    AppId app, List<WaitingInstance> waiting, int waitingInAll, List<String> problems) {
  /** So many waiting instances are explained one by one. */
  public static final int MOST = 50;

  /**
   * An instance that waits for a launch.
   *
   * @param instance the instance
   * @param ordinal its ordinal
   * @param since since when it waits
   * @param reason the main reason, as a sentence
   * @param agents every known agent with every condition that it does not meet
   * @param wouldFit what would make it fit, each as a sentence; the smallest change first
   */
  public record WaitingInstance(
      InstanceId instance,
      int ordinal,
      Instant since,
      String reason,
      List<AgentReasons> agents,
      List<String> wouldFit) {}

  /**
   * An agent and what speaks against it.
   *
   * @param agent the agent
   * @param hostname its host name
   * @param status its status; absent when it was not seen since this server leads
   * @param unmet every unmet condition; none means that it fits as far as known
   */
  public record AgentReasons(
      AgentId agent, String hostname, Optional<AgentStatus> status, List<Reason> unmet) {}

  /**
   * Explains an app.
   *
   * @param state what is known
   * @param id the app; also one that is being deleted
   * @param now the time
   */
  public static Explanation of(ClusterState state, AppId id, Instant now) {
    AppInstances instances = state.durable().instancesOf(id);
    List<WaitingInstance> waiting = new ArrayList<>();
    App app = state.durable().apps().get(id);
    if (app != null) {
      ConstraintRules rules = Waiting.rules(state, app.definition());
      for (AppInstances.Place place : instances.waiting()) {
        if (waiting.size() == MOST) {
          break;
        }
        state
            .durable()
            .instance(place.id())
            .map(instance -> explain(state, app.definition(), rules, instance, now))
            .ifPresent(waiting::add);
      }
    }
    return new Explanation(id, waiting, instances.waiting().size(), problems(state, id, instances));
  }

  private static WaitingInstance explain(
      ClusterState state,
      AppDefinition app,
      ConstraintRules rules,
      Instance instance,
      Instant now) {
    Optional<Reservation> home = state.durable().reservationOf(instance);
    List<AgentReasons> agents = new ArrayList<>();
    for (Agent agent : state.durable().agents().values()) {
      List<Reason> unmet =
          home.isPresent()
              ? againstHome(state, home.get(), agent)
              : againstFresh(state, app, rules, agent);
      agents.add(new AgentReasons(agent.id(), agent.hostname(), status(state, agent.id()), unmet));
    }
    return new WaitingInstance(
        instance.id(),
        instance.ordinal(),
        instance.task().map(Task::changedAt).orElse(instance.createdAt()),
        mainReason(state, instance, home, agents, now),
        agents,
        home.isPresent() ? List.of() : wouldFit(agents));
  }

  private static Optional<AgentStatus> status(ClusterState state, AgentId agent) {
    return Optional.ofNullable(state.present().views().get(agent)).map(AgentView::status);
  }

  private static List<Reason> againstHome(ClusterState state, Reservation home, Agent agent) {
    if (!home.agent().equals(agent.id())) {
      return List.of(
          Reason.of(
              Reason.Kind.NO_CORRESPONDING_RESERVATION_FOUND,
              "does not hold the instance's volumes: they are on " + home.hostname()));
    }
    Optional<Reason> unusable = unusable(state, agent.id());
    if (unusable.isPresent()) {
      return List.of(unusable.get());
    }
    return switch (HomePlacement.judge(home, offered(state, home))) {
      case HomePlacement.Homecoming.Ready _ -> List.of();
      case HomePlacement.Homecoming.NotYet notYet -> List.of(notYet.reason());
    };
  }

  private static Optional<OfferedReservation> offered(ClusterState state, Reservation home) {
    ReservationId id = home.id();
    for (OfferId offer : state.present().offersOf(home.agent())) {
      HeldOffer held = state.present().offers().get(offer);
      if (held != null) {
        Offer there = held.offer();
        for (OfferedReservation part : there.reservations()) {
          if (part.id().equals(id)) {
            return Optional.of(part);
          }
        }
      }
    }
    return Optional.empty();
  }

  private static List<Reason> againstFresh(
      ClusterState state, AppDefinition app, ConstraintRules rules, Agent agent) {
    List<Reason> unmet = new ArrayList<>();
    unusable(state, agent.id()).ifPresent(unmet::add);
    AgentView view = state.present().views().get(agent.id());
    Pool lastOffered = view == null ? Pool.EMPTY : view.lastOffered();
    if (FreshPlacement.judge(app, rules, OfferPool.imagined(agent, lastOffered))
        instanceof Verdict.Unfit unfit) {
      unmet.addAll(unfit.reasons());
    }
    return unmet;
  }

  private static Optional<Reason> unusable(ClusterState state, AgentId agent) {
    AgentView view = state.present().views().get(agent);
    if (view == null) {
      return Optional.of(
          Reason.of(Reason.Kind.NOTHING_OFFERED, "was not heard of since this server leads"));
    }
    return switch (view.status()) {
      case ACTIVE -> Optional.empty();
      case DRAINING, DRAINED ->
          Optional.of(Reason.of(Reason.Kind.AGENT_MAINTENANCE, "is drained for maintenance"));
      case UNREACHABLE ->
          Optional.of(
              Reason.of(
                  Reason.Kind.AGENT_UNREACHABLE,
                  "is out of reach, last reported at " + view.seenAt()));
      case GONE ->
          Optional.of(Reason.of(Reason.Kind.AGENT_UNREACHABLE, "was declared gone by an operator"));
    };
  }

  private static String mainReason(
      ClusterState state,
      Instance instance,
      Optional<Reservation> home,
      List<AgentReasons> agents,
      Instant now) {
    Optional<String> safe = safeMode(state);
    if (safe.isPresent()) {
      return safe.get();
    }
    if (!state.present().connection().connected()) {
      return "The engine is not connected.";
    }
    Change.LaunchDelay delay = state.present().delays().get(instance.appId());
    if (delay != null && delay.until().isAfter(now)) {
      return "Launches are delayed after failures, for another "
          + (Duration.between(now, delay.until()).toSeconds() + 1)
          + " s."
          + lastFailure(state, instance.appId());
    }
    Optional<Reason> blocker = Waiting.blocker(state, instance, now);
    if (blocker.isPresent()) {
      return blocker.get().message();
    }
    if (home.isPresent()) {
      return agents.stream()
          .filter(agent -> agent.agent().equals(home.get().agent()))
          .flatMap(agent -> agent.unmet().stream())
          .map(reason -> "Its home, the agent " + home.get().hostname() + ", " + reason.message())
          .findFirst()
          .orElse("It is about to be launched on " + home.get().hostname() + ".");
    }
    if (agents.isEmpty()) {
      return "There is no agent.";
    }
    return agents.stream().anyMatch(agent -> agent.unmet().isEmpty())
        ? "It is about to be launched."
        : "No agent fits: " + agents.size() + " looked at, each with at least one unmet condition.";
  }

  private static String lastFailure(ClusterState state, AppId app) {
    TaskFailure failure = state.durable().failures().get(app);
    return failure == null || failure.message().isEmpty()
        ? ""
        : " The last one, on " + failure.hostname() + ": " + failure.message();
  }

  /** For each agent that misses little, what is missing; fewest conditions first. */
  private static List<String> wouldFit(List<AgentReasons> agents) {
    return agents.stream()
        .filter(agent -> !agent.unmet().isEmpty())
        .sorted(Comparator.comparingInt(agent -> agent.unmet().size()))
        .limit(3)
        .map(
            agent ->
                "On "
                    + agent.hostname()
                    + " this would have to change: "
                    + String.join("; ", agent.unmet().stream().map(Reason::message).toList()))
        .toList();
  }

  private static Optional<String> safeMode(ClusterState state) {
    return state
        .durable()
        .safeMode()
        .map(
            mode ->
                "Homeport is in the safe mode since "
                    + mode.since()
                    + ": "
                    + mode.why()
                    + " Nothing is reserved, launched, killed or destroyed until 'homeport state"
                    + " resume' ends it.");
  }

  private static List<String> problems(ClusterState state, AppId id, AppInstances instances) {
    List<String> problems = new ArrayList<>();
    safeMode(state).ifPresent(problems::add);
    for (InstanceId settling : instances.settling()) {
      state
          .durable()
          .instance(settling)
          .filter(instance -> instance.condition() == Condition.UNREACHABLE)
          .flatMap(Instance::task)
          .ifPresent(
              task ->
                  problems.add(
                      "The instance "
                          + settling
                          + " runs on "
                          + task.hostname()
                          + ", which is out of reach since "
                          + task.changedAt()
                          + task.killRequestedAt()
                              .map(at -> "; it is ended when its agent is back.")
                              .orElse("; its volumes are there, so it is waited for.")));
    }
    for (ReservationId leaving : state.durable().reservationIndex().releasing()) {
      state
          .durable()
          .reservation(leaving)
          .filter(reservation -> reservation.appId().equals(id))
          .ifPresent(
              reservation ->
                  problems.add(
                      "The reservation "
                          + leaving
                          + " on "
                          + reservation.hostname()
                          + " is being released; "
                          + status(state, reservation.agent())
                              .filter(status -> status == AgentStatus.ACTIVE)
                              .map(status -> "its agent has not confirmed it yet.")
                              .orElse("its agent is not in reach.")));
    }
    return problems;
  }
}
