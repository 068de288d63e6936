package io.homeport.scheduler;

import io.homeport.model.Agent;
import io.homeport.model.AgentId;
import io.homeport.model.AgentStatus;
import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.Condition;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.model.Task;
import io.homeport.placement.ConstraintRules;
import io.homeport.placement.Reason;
import io.homeport.state.AgentView;
import io.homeport.state.AppInstances;
import io.homeport.state.Change;
import io.homeport.state.ClusterState;
import io.homeport.state.DurableState;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ObjIntConsumer;
import org.pcollections.TreePMap;

/** What keeps instances waiting apart from the offers themselves. */
final class Waiting {
  private Waiting() {}

  /** Whether launches of an app are delayed after failures. */
  static boolean isDelayed(ClusterState state, AppId app, Instant now) {
    Change.LaunchDelay delay = state.present().delays().get(app);
    return delay != null && delay.until().isAfter(now);
  }

  /** Whether anything waits that an offer could help now. */
  static boolean isAnything(ClusterState state, Instant now) {
    if (!state.durable().reservationIndex().releasing().isEmpty()
        || state.durable().safeMode().isPresent()) {
      return true; // in the safe mode offers are looked at, to see what there is
    }
    for (AppId app : state.durable().waitingApps()) {
      if (!isDelayed(state, app, now)) {
        return true;
      }
    }
    return isAnythingLostAtHome(state);
  }

  /**
   * Whether an instance's task is out of reach and its volumes may come back under another agent
   * id: only an offer of them tells (Mesos tape 13).
   */
  private static boolean isAnythingLostAtHome(ClusterState state) {
    for (InstanceId id : state.present().unreachableSince().keySet()) {
      boolean lost =
          state
              .durable()
              .instance(id)
              .filter(instance -> instance.reservation().isPresent())
              .filter(instance -> instance.condition() == Condition.UNREACHABLE)
              .isPresent();
      if (lost) {
        return true;
      }
    }
    return false;
  }

  /** Why an instance may not be launched anywhere at the moment, if so. */
  static Optional<Reason> blocker(ClusterState state, Instance instance, Instant now) {
    Change.Refusal refusal = state.present().refusals().get(instance.id());
    if (refusal != null && refusal.until().isAfter(now)) {
      return Optional.of(Reason.of(Reason.Kind.LAUNCH_REFUSED, refusal.why()));
    }
    Optional<Reason> stranger = Strangers.blocker(state, instance.id());
    if (stranger.isPresent()) {
      return stranger;
    }
    if (state.durable().instancesOf(instance.appId()).leaving().isEmpty()) {
      return Optional.empty();
    }
    return predecessor(state, instance)
        .map(
            other ->
                Reason.of(
                    Reason.Kind.PREDECESSOR_ENDING,
                    "waits until its predecessor " + other.id() + " has ended"));
  }

  /**
   * The instance that had this one's place and still runs within reach, or may: its agent is back,
   * and what became of its task is being asked. One that is out of reach does not keep its
   * replacement waiting: it is ended when it returns.
   */
  private static Optional<Instance> predecessor(ClusterState state, Instance instance) {
    AppInstances instances = state.durable().instancesOf(instance.appId());
    return instances.leaving().stream()
        .map(instances.all()::get)
        .filter(Objects::nonNull)
        .filter(other -> other.ordinal() == instance.ordinal())
        .filter(other -> other.isLive() && !isOutOfReach(state, other))
        .findFirst();
  }

  private static boolean isOutOfReach(ClusterState state, Instance instance) {
    return instance.condition() == Condition.UNREACHABLE
        && instance.task().map(Task::agent).filter(state.present()::isInReach).isEmpty();
  }

  /** Whether new instances may go to an agent. */
  static boolean isUsable(ClusterState state, AgentId agent) {
    AgentView view = state.present().views().get(agent);
    return view == null || view.status() == AgentStatus.ACTIVE;
  }

  /**
   * The constraints of an app, told where its instances are; the detached ones count, those leaving
   * only while they run.
   */
  static ConstraintRules rules(ClusterState state, AppDefinition app) {
    ConstraintRules rules = ConstraintRules.of(app.constraints());
    if (rules.count()) {
      forEachPlace(state.durable(), app.id(), rules::placed);
    }
    return rules;
  }

  /**
   * Goes through the agents of an app's instances. Both maps have the order of agents: for many it
   * is quicker to walk along both of them than to look each up.
   */
  private static void forEachPlace(DurableState state, AppId app, ObjIntConsumer<Agent> consumer) {
    TreePMap<AgentId, Integer> spread = state.spread().of(app);
    TreePMap<AgentId, Agent> agents = state.agents();
    if (spread.size() < agents.size() / 16) {
      spread.forEach(
          (id, instances) ->
              Optional.ofNullable(agents.get(id))
                  .ifPresent(agent -> consumer.accept(agent, instances)));
      return;
    }
    Iterator<Agent> known = agents.values().iterator();
    Optional<Agent> agent = next(known);
    for (Map.Entry<AgentId, Integer> entry : spread.entrySet()) {
      while (agent.isPresent() && agent.get().id().compareTo(entry.getKey()) < 0) {
        agent = next(known);
      }
      if (agent.isPresent() && agent.get().id().equals(entry.getKey())) {
        consumer.accept(agent.get(), entry.getValue());
      }
    }
  }

  private static Optional<Agent> next(Iterator<Agent> agents) {
    return agents.hasNext() ? Optional.of(agents.next()) : Optional.empty();
  }
}
