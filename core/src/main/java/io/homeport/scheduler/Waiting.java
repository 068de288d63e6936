package io.homeport.scheduler;

import io.homeport.model.Agent;
import io.homeport.model.AgentId;
import io.homeport.model.AgentStatus;
import io.homeport.model.AppId;
import io.homeport.model.Condition;
import io.homeport.model.Goal;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.model.Reservation;
import io.homeport.model.Task;
import io.homeport.placement.Reason;
import io.homeport.state.AgentView;
import io.homeport.state.AppInstances;
import io.homeport.state.Change;
import io.homeport.state.ClusterState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

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
    if (!state.durable().releasing().isEmpty() || state.durable().safeMode().isPresent()) {
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
    return predecessor(state, instance)
        .map(
            other ->
                Reason.of(
                    Reason.Kind.PREDECESSOR_ENDING,
                    "waits until its predecessor " + other.id() + " has ended"));
  }

  /**
   * The instance that had this one's place and still runs within reach. One that is out of reach
   * does not keep its replacement waiting: it is ended when it returns.
   */
  private static Optional<Instance> predecessor(ClusterState state, Instance instance) {
    AppInstances instances = state.durable().instancesOf(instance.appId());
    return instances.leaving().stream()
        .map(instances.all()::get)
        .filter(Objects::nonNull)
        .filter(other -> other.ordinal() == instance.ordinal())
        .filter(other -> other.isLive() && other.condition() != Condition.UNREACHABLE)
        .findFirst();
  }

  /** Whether new instances may go to an agent. */
  static boolean isUsable(ClusterState state, AgentId agent) {
    AgentView view = state.present().views().get(agent);
    return view == null || view.status() == AgentStatus.ACTIVE;
  }

  /**
   * The agents of an app's instances that have one; the detached ones count, those leaving do not.
   */
  static List<Agent> placed(ClusterState state, AppId app) {
    List<Agent> placed = new ArrayList<>();
    for (Instance instance : state.durable().instancesOf(app).all().values()) {
      if (instance.goal() == Goal.DECOMMISSIONED && !instance.isLive()) {
        continue;
      }
      Optional<AgentId> agent =
          state
              .durable()
              .reservationOf(instance)
              .map(Reservation::agent)
              .or(() -> instance.task().filter(Task::isLive).map(Task::agent));
      agent.map(state.durable().agents()::get).ifPresent(placed::add);
    }
    return placed;
  }
}
