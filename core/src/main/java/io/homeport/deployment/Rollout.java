package io.homeport.deployment;

import io.homeport.model.AppDefinition;
import io.homeport.model.Condition;
import io.homeport.model.Goal;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.model.KillSelection;
import io.homeport.model.Task;
import io.homeport.state.AppInstances;
import io.homeport.state.ClusterState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is to be done next for an app, and whether anything is left to do.
 *
 * <p>Instances with volumes are replaced in place: the task ends, and the next one runs the new
 * version on the same volumes. Instances without are replaced by others beside them where the
 * upgrade strategy allows more of them for a while, else in place too.
 */
public final class Rollout {
  private Rollout() {}

  /**
   * The next steps.
   *
   * @param state what is known
   * @param app the app's current definition
   * @param restarting whether a deployment replaces instances of earlier versions
   * @param most how many steps at most
   */
  public static List<InstanceStep> next(
      ClusterState state, AppDefinition app, boolean restarting, int most) {
    AppInstances instances = state.durable().instancesOf(app.id());
    List<InstanceStep> steps = new ArrayList<>();
    if (restarting) {
      List<Instance> outdated = outdated(app, instances);
      if (!outdated.isEmpty() && overCapacity(app) > 0) {
        return surge(state, app, instances, outdated, most);
      }
      restartInPlace(state, app, remaining(state, app, instances), most, steps);
    }
    int missing = app.instances() - instances.running();
    if (missing > 0) {
      grow(instances, Math.min(missing, most), steps);
    } else if (missing < 0) {
      shrink(state, app, instances, Math.min(-missing, most), steps);
    }
    return steps;
  }

  /**
   * Whether everything within reach is as wanted.
   *
   * @param state what is known
   * @param app the app's current definition
   * @param restarting whether instances of earlier versions are to be replaced
   */
  public static boolean isComplete(ClusterState state, AppDefinition app, boolean restarting) {
    AppInstances instances = state.durable().instancesOf(app.id());
    if (instances.running() != app.instances()) {
      return false;
    }
    for (AppInstances.Place place : instances.waiting()) {
      if (!isOutOfReach(state, instances, place.id())) {
        return false;
      }
    }
    for (InstanceId id : instances.settling()) {
      if (!isOutOfReach(state, instances, id)) {
        return false;
      }
    }
    boolean mustLook = restarting || !app.healthChecks().isEmpty();
    return !mustLook
        || instances.all().values().stream()
            .allMatch(instance -> isInEffect(state, app, instance, restarting));
  }

  private static boolean isOutOfReach(ClusterState state, AppInstances instances, InstanceId id) {
    Instance instance = instances.all().get(id);
    return instance != null && Readiness.isOutOfReach(state, instance);
  }

  private static boolean isInEffect(
      ClusterState state, AppDefinition app, Instance instance, boolean restarting) {
    if (instance.goal() != Goal.RUNNING || Readiness.isOutOfReach(state, instance)) {
      return true;
    }
    return Readiness.isReady(state, app, instance)
        && !(restarting && Readiness.isOutdated(app, instance));
  }

  private static int overCapacity(AppDefinition app) {
    return (int) (app.instances() * app.upgradeStrategy().maximumOverCapacity());
  }

  private static int minimumHealthy(AppDefinition app) {
    return (int) Math.ceil(app.instances() * app.upgradeStrategy().minimumHealthCapacity());
  }

  /** The instances that are to run and are not surplus. */
  private static List<Instance> remaining(
      ClusterState state, AppDefinition app, AppInstances instances) {
    List<Instance> running = new ArrayList<>(toRun(instances));
    int surplus = instances.running() - app.instances();
    running.removeAll(surplus > 0 ? victims(state, app, instances, surplus) : List.of());
    return running;
  }

  private static List<Instance> toRun(AppInstances instances) {
    return instances.all().values().stream()
        .filter(instance -> instance.goal() == Goal.RUNNING)
        .toList();
  }

  private static List<Instance> outdated(AppDefinition app, AppInstances instances) {
    return toRun(instances).stream()
        .filter(instance -> Readiness.isOutdated(app, instance))
        .toList();
  }

  /** Lowest detached ordinals first, then new instances in the lowest free ordinals. */
  private static void grow(AppInstances instances, int missing, List<InstanceStep> steps) {
    int left = missing;
    for (AppInstances.Place place : instances.detached()) {
      if (left == 0) {
        return;
      }
      steps.add(new InstanceStep.Reattach(place.id()));
      left--;
    }
    int ordinal = 0;
    boolean contiguous =
        !instances.places().isEmpty()
            && instances.places().last().ordinal() == instances.places().size() - 1;
    if (contiguous) {
      ordinal = instances.places().size();
    }
    var taken = instances.places().iterator();
    int next = !contiguous && taken.hasNext() ? taken.next().ordinal() : Integer.MAX_VALUE;
    while (left > 0) {
      while (next < ordinal) {
        next = taken.hasNext() ? taken.next().ordinal() : Integer.MAX_VALUE;
      }
      if (next != ordinal) {
        steps.add(new InstanceStep.Create(ordinal));
        left--;
      }
      ordinal++;
    }
  }

  private static void shrink(
      ClusterState state,
      AppDefinition app,
      AppInstances instances,
      int surplus,
      List<InstanceStep> steps) {
    for (Instance victim : victims(state, app, instances, surplus)) {
      steps.add(
          victim.reservation().isPresent()
              ? new InstanceStep.Detach(victim.id())
              : new InstanceStep.Retire(victim.id()));
    }
  }

  /** Which instances go: of those with volumes the highest ordinals. */
  private static List<Instance> victims(
      ClusterState state, AppDefinition app, AppInstances instances, int surplus) {
    List<Instance> victims = new ArrayList<>();
    for (AppInstances.Place place : instances.places().descendingSet()) {
      Instance instance = instances.all().get(place.id());
      if (instance != null && instance.goal() == Goal.RUNNING) {
        victims.add(instance);
        if (app.isStateful() && victims.size() == surplus) {
          break;
        }
      }
    }
    if (!app.isStateful()) {
      victims.sort(killOrder(state, app));
    }
    return victims.subList(0, Math.min(surplus, victims.size()));
  }

  /**
   * Marathon's order: what is out of reach goes first, then what is not there yet, then by age as
   * the app wants it. But what runs and does not work goes before what works, whatever its age, and
   * what is in doubt goes between them.
   */
  private static Comparator<Instance> killOrder(ClusterState state, AppDefinition app) {
    Comparator<Instance> byAge = Comparator.comparing(Rollout::age);
    boolean oldestFirst = app.killSelection() == KillSelection.OLDEST_FIRST;
    return Comparator.comparingInt(Rollout::weight)
        .thenComparing(instance -> Readiness.isReady(state, app, instance))
        .thenComparing(instance -> Readiness.isInDoubt(state, app, instance))
        .thenComparing(oldestFirst ? byAge : byAge.reversed())
        .thenComparing(Instance::id);
  }

  private static Instant age(Instance instance) {
    return instance.task().map(Task::stagedAt).orElse(instance.createdAt());
  }

  private static int weight(Instance instance) {
    return switch (instance.condition()) {
      case SCHEDULED -> 0;
      case UNREACHABLE -> 1;
      case PROVISIONED, STAGING -> 2;
      case STARTING -> 3;
      case RUNNING -> 4;
      case KILLING, FINISHED, FAILED, KILLED, ERROR, GONE, GONE_BY_OPERATOR, DROPPED, UNKNOWN -> 0;
    };
  }

  /**
   * Ends as many outdated tasks as the minimum of healthy ones leaves room for; what is surplus
   * does not count, because it goes anyway. Where there would never be room (all must stay
   * healthy), one at a time goes, as in Marathon.
   */
  private static void restartInPlace(
      ClusterState state,
      AppDefinition app,
      List<Instance> remaining,
      int most,
      List<InstanceStep> steps) {
    List<Instance> order =
        new ArrayList<>(
            remaining.stream().filter(instance -> Readiness.isOutdated(app, instance)).toList());
    if (order.isEmpty()) {
      return;
    }
    int keep = Math.min(minimumHealthy(app), Math.max(0, app.instances() - 1));
    Spare spare = Spare.of(state, app, remaining, keep);
    order.sort(Comparator.comparingInt(Instance::ordinal).reversed());
    for (Instance instance : order) {
      boolean requested = instance.task().flatMap(Task::killRequestedAt).isPresent();
      if (!requested && steps.size() < most && spare.take(instance)) {
        steps.add(new InstanceStep.Restart(instance.id()));
      }
    }
  }

  /** Starts new ones within the over-capacity, and retires old ones as new ones become ready. */
  private static List<InstanceStep> surge(
      ClusterState state,
      AppDefinition app,
      AppInstances instances,
      List<Instance> outdated,
      int most) {
    List<InstanceStep> steps = new ArrayList<>();
    int fresh = instances.running() - outdated.size();
    int room = app.instances() + overCapacity(app) - instances.running();
    int create = Math.min(Math.min(app.instances() - fresh, room), most);
    if (create > 0) {
      grow(instances, create, steps);
    }
    List<Instance> toRun = toRun(instances);
    long freshReady =
        toRun.stream()
            .filter(instance -> !Readiness.isOutdated(app, instance))
            .filter(instance -> Readiness.isReady(state, app, instance))
            .count();
    boolean allFreshReady = freshReady >= app.instances();
    Spare spare = Spare.of(state, app, toRun, allFreshReady ? 0 : minimumHealthy(app));
    List<Instance> order = new ArrayList<>(outdated);
    order.sort(killOrder(state, app));
    for (Instance old : order) {
      // What runs and does not work may be all there is, so others must be on their way first.
      boolean premature = fresh == 0 && old.condition() == Condition.RUNNING && !spare.isLeft();
      if (steps.size() < most && !premature && spare.take(old)) {
        steps.add(new InstanceStep.Retire(old.id()));
      }
    }
    return steps;
  }
}
