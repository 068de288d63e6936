package io.homeport.scheduler;

import io.homeport.deployment.InstanceStep;
import io.homeport.deployment.Readiness;
import io.homeport.deployment.Rollout;
import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.Deployment;
import io.homeport.model.Event;
import io.homeport.model.Goal;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.state.App;
import io.homeport.state.AppInstances;
import io.homeport.state.Change;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Brings apps closer to what is wanted, a bounded number of steps at a time. */
final class AppSteps {
  /** How many steps of one app are taken in a decision. */
  private static final int MOST_STEPS = 200;

  /** How many versions of an app are kept (Marathon: {@code --zk_max_versions}). */
  private static final int MOST_VERSIONS = 50;

  private AppSteps() {}

  /**
   * Looks at the unsettled apps until the decision is full; the others are looked at next. In the
   * safe mode nothing is decided for any of them: its end unsettles them all.
   */
  static void run(Draft draft) {
    if (draft.isSafe()) {
      if (!draft.present().unsettled().isEmpty()) {
        draft.change(new Change.AppsSettled(List.copyOf(draft.present().unsettled())));
      }
      return;
    }
    for (AppId id : List.copyOf(draft.present().unsettled())) {
      if (draft.isFull()) {
        return;
      }
      draft.change(new Change.AppsSettled(List.of(id)));
      App app = draft.durable().apps().get(id);
      boolean more = app == null ? takeDown(draft, id) : step(draft, app);
      removeEnded(draft, id);
      draft.durable().deploymentOf(id).ifPresent(deployment -> progress(draft, deployment));
      if (more) {
        draft.unsettle(id);
      }
    }
  }

  /** The app was deleted: that is the explicit request for which its volumes are destroyed. */
  private static boolean takeDown(Draft draft, AppId id) {
    for (AppInstances.Place place : draft.durable().instancesOf(id).places()) {
      if (draft.isFull()) {
        return true;
      }
      draft
          .durable()
          .instance(place.id())
          .ifPresent(instance -> draft.decommission(instance, draft.releasing("app deleted")));
    }
    return false;
  }

  private static boolean step(Draft draft, App app) {
    forgetVersions(draft, app);
    Optional<Deployment> deployment = draft.durable().deploymentOf(app.id());
    Optional<Deployment.Kind> action = deployment.flatMap(d -> actionOn(d, app.id()));
    boolean held =
        deployment.isPresent() && (action.isEmpty() || action.get() == Deployment.Kind.START);
    if (held) {
      return false;
    }
    boolean restarting = action.filter(kind -> kind == Deployment.Kind.RESTART).isPresent();
    List<InstanceStep> steps =
        Rollout.next(draft.state(), app.definition(), restarting, MOST_STEPS);
    for (InstanceStep step : steps) {
      if (draft.isFull()) {
        return true;
      }
      take(draft, app.definition(), step);
    }
    return !steps.isEmpty();
  }

  private static Optional<Deployment.Kind> actionOn(Deployment deployment, AppId app) {
    return deployment.step().actions().stream()
        .filter(action -> action.app().equals(app))
        .map(Deployment.Action::kind)
        .findFirst();
  }

  private static void take(Draft draft, AppDefinition app, InstanceStep step) {
    switch (step) {
      case InstanceStep.Create create -> draft.put(created(draft, app, create.ordinal()));
      case InstanceStep.Reattach reattach ->
          draft
              .durable()
              .instance(reattach.instance())
              .ifPresent(instance -> draft.put(instance.withGoal(Goal.RUNNING)));
      case InstanceStep.Detach detach ->
          draft
              .durable()
              .instance(detach.instance())
              .ifPresent(instance -> InstanceCommands.stop(draft, instance));
      case InstanceStep.Retire retire ->
          draft
              .durable()
              .instance(retire.instance())
              .ifPresent(
                  instance -> draft.decommission(instance, draft.releasing("not wanted any more")));
      case InstanceStep.Restart restart -> draft.kill(restart.instance());
    }
  }

  private static Instance created(Draft draft, AppDefinition app, int ordinal) {
    return new Instance(
        InstanceId.of(app.id(), draft.unique()),
        app.id(),
        ordinal,
        Goal.RUNNING,
        Optional.empty(),
        0,
        Optional.empty(),
        draft.now());
  }

  private static void removeEnded(Draft draft, AppId id) {
    for (InstanceId leaving : draft.durable().instancesOf(id).leaving()) {
      if (draft.isFull()) {
        draft.unsettle(id);
        return;
      }
      draft
          .durable()
          .instance(leaving)
          .filter(instance -> !instance.isLive())
          .ifPresent(draft::remove);
    }
  }

  private static void forgetVersions(Draft draft, App app) {
    int surplus = app.versions().size() - MOST_VERSIONS;
    if (surplus <= 0) {
      return;
    }
    SortedMap<Instant, Integer> used = draft.durable().instancesOf(app.id()).versions();
    for (Instant version : List.copyOf(app.versions().keySet()).subList(0, surplus)) {
      if (!used.containsKey(version)) {
        draft.change(new Change.AppVersionRemoved(app.id(), version));
      }
    }
  }

  private static void progress(Draft draft, Deployment deployment) {
    for (Deployment.Action action : deployment.step().actions()) {
      if (!isComplete(draft, action)) {
        return;
      }
    }
    draft.publish(new Event.DeploymentStepSucceeded(deployment));
    for (Deployment.Action action : deployment.step().actions()) {
      if (action.kind() == Deployment.Kind.STOP) {
        draft.publish(new Event.AppTerminated(action.app()));
      }
    }
    if (deployment.isAtLastStep()) {
      draft.change(new Change.DeploymentRemoved(deployment.id()));
      draft.publish(new Event.DeploymentSucceeded(deployment));
    } else {
      Deployment next = deployment.atNextStep();
      draft.change(new Change.DeploymentPut(next));
      draft.publish(new Event.DeploymentStepStarted(next));
      next.apps().forEach(draft::unsettle);
    }
  }

  private static boolean isComplete(Draft draft, Deployment.Action action) {
    App app = draft.durable().apps().get(action.app());
    return switch (action.kind()) {
      case START -> true;
      case SCALE -> app == null || Rollout.isComplete(draft.state(), app.definition(), false);
      case RESTART -> app == null || Rollout.isComplete(draft.state(), app.definition(), true);
      case STOP -> isTakenDown(draft, action.app());
    };
  }

  private static boolean isTakenDown(Draft draft, AppId id) {
    AppInstances instances = draft.durable().instancesOf(id);
    return instances.places().isEmpty()
        && instances.all().values().stream()
            .allMatch(instance -> Readiness.isOutOfReach(draft.state(), instance));
  }
}
