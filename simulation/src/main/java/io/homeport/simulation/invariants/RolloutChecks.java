package io.homeport.simulation.invariants;

import io.homeport.deployment.Readiness;
import io.homeport.model.Agent;
import io.homeport.model.AgentId;
import io.homeport.model.AgentStatus;
import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.Condition;
import io.homeport.model.Constraint;
import io.homeport.model.Goal;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationState;
import io.homeport.model.Task;
import io.homeport.scheduler.Decision;
import io.homeport.scheduler.Input;
import io.homeport.simulation.world.Invariant;
import io.homeport.simulation.world.World;
import io.homeport.state.AgentView;
import io.homeport.state.App;
import io.homeport.state.Change;
import io.homeport.state.ClusterState;
import io.homeport.state.DurableState;
import io.homeport.state.TransientState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What must hold of every step of a deployment and of every placement. */
final class RolloutChecks {
  private final World world;

  RolloutChecks(World world) {
    this.world = world;
  }

  /** A decision is about to be settled. */
  void decided(ClusterState before, Input input, Decision decision, Instant now) {
    placements(before, decision);
    if (input instanceof Input.Tick) {
      ClusterState after = before.applyAll(decision.changes());
      for (App app : before.durable().apps().values()) {
        capacity(before, after, app.definition(), now);
      }
    }
  }

  /** Upgrade limits at every step. */
  private void capacity(ClusterState before, ClusterState after, AppDefinition app, Instant now) {
    int over = (int) (app.instances() * app.upgradeStrategy().maximumOverCapacity());
    int earlier = before.durable().instancesOf(app.id()).running();
    int later = after.durable().instancesOf(app.id()).running();
    world.check(
        later <= earlier || later <= app.instances() + over,
        Invariant.MAXIMUM_OVER_CAPACITY,
        () -> app.id() + " has " + later + " instances that are to run, at " + now);
    int minimum = (int) Math.ceil(app.instances() * app.upgradeStrategy().minimumHealthCapacity());
    boolean inPlace = over == 0;
    int keep = inPlace ? Math.min(minimum, Math.max(0, app.instances() - 1)) : minimum;
    keeps(before, after, app, keep, inPlace, RolloutChecks::works);
    keeps(before, after, app, keep, inPlace, RolloutChecks::worksOrMayWork);
  }

  /** What counts as an instance that must not be missed. */
  @FunctionalInterface
  private interface Count {
    boolean counts(ClusterState state, AppDefinition app, Instance instance);

    default List<Instance> of(ClusterState state, AppDefinition app) {
      return state.durable().instancesOf(app.id()).all().values().stream()
          .filter(instance -> instance.goal() == Goal.RUNNING && counts(state, app, instance))
          .toList();
    }
  }

  private void keeps(
      ClusterState before,
      ClusterState after,
      AppDefinition app,
      int keep,
      boolean inPlace,
      Count count) {
    List<InstanceId> left = count.of(after, app).stream().map(Instance::id).toList();
    // Whether some of an earlier version are ended, other than by scaling down.
    boolean upgrades =
        count.of(before, app).stream()
            .filter(instance -> !left.contains(instance.id()))
            .filter(instance -> Readiness.isOutdated(app, instance))
            .anyMatch(instance -> !inPlace || isToRun(after, instance.id()));
    world.check(
        !upgrades || left.size() >= keep,
        Invariant.MINIMUM_HEALTH_CAPACITY,
        () -> app.id() + " keeps " + left.size() + " of at least " + keep + " healthy instances");
  }

  private static boolean isToRun(ClusterState state, InstanceId id) {
    return state.durable().instance(id).filter(i -> i.goal() == Goal.RUNNING).isPresent();
  }

  /** Whether an instance works as far as the scheduler can know, judged apart from it. */
  private static boolean works(ClusterState state, AppDefinition app, Instance instance) {
    return isThere(state, instance)
        && (app.healthChecks().isEmpty()
            || health(state, instance).filter(TransientState.Health::healthy).isPresent());
  }

  /** The same, or of an earlier version and never asked how it is. */
  private static boolean worksOrMayWork(ClusterState state, AppDefinition app, Instance instance) {
    boolean neverAsked =
        isThere(state, instance)
            && health(state, instance).isEmpty()
            && Readiness.isOutdated(app, instance);
    return neverAsked || works(state, app, instance);
  }

  private static Optional<TransientState.Health> health(ClusterState state, Instance instance) {
    return instance.task().map(task -> state.present().health().get(task.id()));
  }

  private static boolean isThere(ClusterState state, Instance instance) {
    Optional<Task> task = instance.task().filter(t -> t.condition() == Condition.RUNNING);
    Optional<AgentStatus> agent =
        task.map(t -> state.present().views().get(t.agent())).map(AgentView::status);
    boolean outOfReach =
        agent
            .filter(status -> status == AgentStatus.UNREACHABLE || status == AgentStatus.GONE)
            .isPresent();
    return task.filter(t -> t.killRequestedAt().isEmpty()).isPresent() && !outOfReach;
  }

  /** Constraints at the time of launch, judged apart from the product. */
  private void placements(ClusterState before, Decision decision) {
    ClusterState state = before;
    for (Change change : decision.changes()) {
      if (change instanceof Change.ReservationPut put
          && put.reservation().state() instanceof ReservationState.Requested
          && state.durable().reservation(put.reservation().id()).isEmpty()) {
        placed(state, put.reservation().appId(), put.reservation().agent());
      } else if (change instanceof Change.InstancePut put && isFreshLaunch(state, put.instance())) {
        placed(state, put.instance().appId(), put.instance().task().orElseThrow().agent());
      }
      state = state.apply(change);
    }
  }

  private static boolean isFreshLaunch(ClusterState state, Instance next) {
    Optional<Task> task = next.task();
    return next.reservation().isEmpty()
        && task.isPresent()
        && task.get().isLive()
        && state
            .durable()
            .instance(next.id())
            .flatMap(Instance::task)
            .filter(earlier -> earlier.id().equals(task.get().id()))
            .isEmpty();
  }

  private void placed(ClusterState state, AppId id, AgentId agent) {
    App app = state.durable().apps().get(id);
    Agent where = state.durable().agents().get(agent);
    if (app == null || where == null) {
      return;
    }
    for (Constraint constraint : app.definition().constraints()) {
      SortedMap<String, Integer> counts = counts(state.durable(), id, constraint.field());
      String value = where.field(constraint.field()).orElse("");
      world.check(
          holds(constraint, counts, value),
          Invariant.CONSTRAINTS_AT_LAUNCH,
          () ->
              id + " is placed on " + agent + " against " + constraint + ", placed are " + counts);
    }
    world.tally().event("placement");
  }

  /** Where the app's instances are, by the value of a field. */
  static SortedMap<String, Integer> counts(DurableState state, AppId app, String field) {
    SortedMap<String, Integer> counts = new TreeMap<>();
    for (Instance instance : state.instancesOf(app).all().values()) {
      if (instance.goal() == Goal.DECOMMISSIONED && !instance.isLive()) {
        continue;
      }
      List<AgentId> agents = new ArrayList<>();
      state.reservationOf(instance).map(Reservation::agent).ifPresent(agents::add);
      if (agents.isEmpty() && instance.isLive()) {
        instance.task().map(Task::agent).ifPresent(agents::add);
      }
      for (AgentId id : agents) {
        Optional.ofNullable(state.agents().get(id))
            .flatMap(agent -> agent.field(field))
            .ifPresent(value -> counts.merge(value, 1, Integer::sum));
      }
    }
    return counts;
  }

  /** Marathon's operators (Marathon documentation, constraints). */
  static boolean holds(Constraint constraint, SortedMap<String, Integer> counts, String value) {
    int here = counts.getOrDefault(value, 0);
    String operand = constraint.value().orElse("");
    return switch (constraint.operator()) {
      case UNIQUE -> here == 0;
      case MAX_PER -> here < Integer.parseInt(operand);
      case CLUSTER -> operand.isEmpty() ? counts.isEmpty() || here > 0 : value.equals(operand);
      case GROUP_BY ->
          here == 0
              || (counts.values().stream().allMatch(count -> count >= here)
                  && (operand.isEmpty() || counts.size() >= Integer.parseInt(operand)));
      case LIKE -> value.matches(operand);
      case UNLIKE -> value.isEmpty() || !value.matches(operand);
      case IS -> value.equals(operand);
    };
  }
}
