package io.homeport.scheduler;

import io.homeport.deployment.Folders;
import io.homeport.deployment.ImmutableFields;
import io.homeport.deployment.Versions;
import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.Deployment;
import io.homeport.model.Event;
import io.homeport.model.Goal;
import io.homeport.model.HealthCheck;
import io.homeport.state.App;
import io.homeport.state.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Creating, changing, restarting and deleting apps. */
final class AppCommands {
  private AppCommands() {}

  static Decision put(Draft draft, Command.PutApps put) {
    List<AppId> ids = put.apps().stream().map(app -> app.definition().id()).toList();
    Optional<Reply.Rejected> refusal = refusal(draft, put, ids);
    if (refusal.isPresent()) {
      return Deployments.refuse(draft, refusal.get());
    }
    Deployments.cancel(draft, ids);
    Instant version = Deployments.nextVersion(draft, ids);
    SortedMap<AppId, Optional<AppDefinition>> originals = new TreeMap<>();
    List<Deployment.Action> starts = new ArrayList<>();
    List<Deployment.Action> actions = new ArrayList<>();
    for (Command.AppPut app : put.apps()) {
      put(draft, app.definition(), version, put.origin(), originals, starts, actions);
    }
    List<Deployment.Step> steps = new ArrayList<>();
    if (!starts.isEmpty()) {
      steps.add(new Deployment.Step(List.copyOf(starts)));
    }
    if (!actions.isEmpty()) {
      steps.add(new Deployment.Step(List.copyOf(actions)));
    }
    return draft.done(Deployments.begin(draft, version, steps, originals));
  }

  private static Optional<Reply.Rejected> refusal(
      Draft draft, Command.PutApps put, List<AppId> ids) {
    for (Command.AppPut app : put.apps()) {
      Optional<Reply.Rejected> refusal = refusal(draft, app);
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    Optional<Reply.Rejected> ambiguous = Folders.conflict(ids).map(AppCommands::ambiguous);
    return ambiguous.isPresent() ? ambiguous : Deployments.conflict(draft, ids, put.force());
  }

  private static Optional<Reply.Rejected> refusal(Draft draft, Command.AppPut put) {
    AppId id = put.definition().id();
    App known = draft.durable().apps().get(id);
    if (known == null) {
      return put.basis().isPresent() ? Optional.of(unknown(id)) : refusalOfNew(draft, put);
    }
    if (put.basis().isEmpty()) {
      return Optional.of(
          Reply.Rejected.of(ErrorCode.APP_EXISTS, "An app with id [" + id + "] already exists."));
    }
    if (!put.basis().get().equals(known.definition().version())) {
      return Optional.of(stale(known.definition(), put.basis().get()));
    }
    List<Reply.Detail> details =
        ImmutableFields.violations(known.definition(), put.definition()).stream()
            .map(violation -> new Reply.Detail(violation.path(), List.of(violation.message())))
            .toList();
    return details.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Reply.Rejected(ErrorCode.INVALID, "Object is not valid", details, List.of()));
  }

  /**
   * While the instances of a deleted app of the same name are still being let go, they could be
   * taken for instances of the new one, with volumes that are about to be destroyed.
   */
  private static Optional<Reply.Rejected> refusalOfNew(Draft draft, Command.AppPut put) {
    AppId id = put.definition().id();
    return draft.durable().instancesOf(id).places().isEmpty()
        ? Folders.conflict(draft.durable().apps(), id).map(AppCommands::ambiguous)
        : Optional.of(
            Reply.Rejected.of(
                ErrorCode.APP_LOCKED,
                "The app "
                    + id
                    + " was deleted a moment ago and is still being taken down."
                    + " Try again shortly."));
  }

  private static Reply.Rejected ambiguous(String message) {
    return new Reply.Rejected(
        ErrorCode.INVALID,
        "Object is not valid",
        List.of(new Reply.Detail("/id", List.of(message))),
        List.of());
  }

  static Reply.Rejected unknown(AppId id) {
    return Reply.Rejected.of(ErrorCode.APP_UNKNOWN, "App '" + id + "' does not exist");
  }

  static Reply.Rejected stale(AppDefinition current, Instant basis) {
    return Reply.Rejected.of(
        ErrorCode.STALE,
        "The request was made for version "
            + basis
            + " of the app "
            + current.id()
            + ", but its version is "
            + current.version()
            + " now. Read it again, and repeat the change if it is still wanted.");
  }

  private static void put(
      Draft draft,
      AppDefinition wanted,
      Instant version,
      Command.Origin origin,
      SortedMap<AppId, Optional<AppDefinition>> originals,
      List<Deployment.Action> starts,
      List<Deployment.Action> actions) {
    App known = draft.durable().apps().get(wanted.id());
    Optional<AppDefinition> before = Optional.ofNullable(known).map(App::definition);
    AppDefinition numbered = ServicePorts.assigned(draft.durable(), before, wanted);
    AppDefinition next = Versions.versioned(before, numbered, version);
    if (before.isPresent() && next.equals(before.get())) {
      return;
    }
    draft.change(new Change.AppPut(next));
    draft.publish(new Event.AppPosted(origin.clientIp(), origin.uri(), next));
    publishHealthChecks(draft, before, next);
    originals.put(next.id(), before);
    if (before.isEmpty()) {
      starts.add(new Deployment.Action(Deployment.Kind.START, next.id()));
    }
    boolean restarts = before.isPresent() && next.lastConfigChangeAt().equals(version);
    actions.add(
        new Deployment.Action(
            restarts ? Deployment.Kind.RESTART : Deployment.Kind.SCALE, next.id()));
    if (restarts && draft.present().delays().containsKey(next.id())) {
      draft.change(new Change.DelayChanged(next.id(), Optional.empty()));
    }
  }

  private static void publishHealthChecks(
      Draft draft, Optional<AppDefinition> before, AppDefinition next) {
    List<HealthCheck> earlier = before.map(AppDefinition::healthChecks).orElse(List.of());
    if (earlier.equals(next.healthChecks())) {
      return;
    }
    earlier.forEach(check -> draft.publish(new Event.HealthCheckRemoved(next.id())));
    next.healthChecks()
        .forEach(
            check -> draft.publish(new Event.HealthCheckAdded(next.id(), next.version(), check)));
  }

  static Decision restart(Draft draft, Command.RestartApp restart) {
    App app = draft.durable().apps().get(restart.app());
    if (app == null) {
      return draft.done(unknown(restart.app()));
    }
    List<AppId> ids = List.of(app.id());
    Optional<Reply.Rejected> conflict = Deployments.conflict(draft, ids, restart.force());
    if (conflict.isPresent()) {
      return Deployments.refuse(draft, conflict.get());
    }
    Deployments.cancel(draft, ids);
    Instant version = Deployments.nextVersion(draft, ids);
    AppDefinition before = app.definition();
    draft.change(
        new Change.AppPut(before.asVersion(before.instances(), version, version, version)));
    if (draft.present().delays().containsKey(app.id())) {
      draft.change(new Change.DelayChanged(app.id(), Optional.empty()));
    }
    return draft.done(Deployments.begin(draft, version, Deployment.Kind.RESTART, before));
  }

  static Decision delete(Draft draft, Command.DeleteApp delete) {
    App app = draft.durable().apps().get(delete.app());
    if (app == null) {
      return draft.done(unknown(delete.app()));
    }
    if (delete.basis().filter(basis -> !basis.equals(app.definition().version())).isPresent()) {
      return draft.done(stale(app.definition(), delete.basis().orElse(Instant.EPOCH)));
    }
    List<AppId> ids = List.of(app.id());
    Optional<Reply.Rejected> conflict = Deployments.conflict(draft, ids, delete.force());
    if (conflict.isPresent()) {
      return Deployments.refuse(draft, conflict.get());
    }
    Deployments.cancel(draft, ids);
    Instant version = Deployments.nextVersion(draft, ids);
    AppDefinition before = app.definition();
    draft.change(new Change.AppRemoved(app.id()));
    if (draft.present().delays().containsKey(app.id())) {
      draft.change(new Change.DelayChanged(app.id(), Optional.empty()));
    }
    before.healthChecks().forEach(check -> draft.publish(new Event.HealthCheckRemoved(app.id())));
    return draft.done(Deployments.begin(draft, version, Deployment.Kind.STOP, before));
  }

  static Decision resetDelay(Draft draft, Command.ResetDelay reset) {
    boolean waits =
        draft.durable().instancesOf(reset.app()).waiting().stream()
            .map(place -> draft.durable().instance(place.id()))
            .anyMatch(instance -> instance.filter(i -> i.goal() == Goal.RUNNING).isPresent());
    if (!waits) {
      return draft.done(
          Reply.Rejected.of(
              ErrorCode.APP_UNKNOWN, "Application " + reset.app() + " not found in tasks queue."));
    }
    if (draft.present().delays().containsKey(reset.app())) {
      draft.change(new Change.DelayChanged(reset.app(), Optional.empty()));
      draft.wakeMatching(true);
    }
    return draft.done(new Reply.Done());
  }

  static Decision cancel(Draft draft, Command.CancelDeployment cancel) {
    Deployment deployment = draft.durable().deployments().get(cancel.deployment());
    if (deployment == null) {
      return draft.done(
          Reply.Rejected.of(
              ErrorCode.DEPLOYMENT_UNKNOWN,
              "DeploymentPlan " + cancel.deployment() + " does not exist"));
    }
    if (cancel.force()) {
      Deployments.end(draft, deployment, "The upgrade has been cancelled");
      deployment.originals().keySet().forEach(draft::unsettle);
      return draft.done(new Reply.Done());
    }
    return rollBack(draft, deployment);
  }

  /**
   * A further deployment to the definitions before; apps that the deployment created are deleted.
   */
  private static Decision rollBack(Draft draft, Deployment deployment) {
    Deployments.end(draft, deployment, "The upgrade has been cancelled");
    Instant version = Deployments.nextVersion(draft, deployment.apps());
    SortedMap<AppId, Optional<AppDefinition>> originals = new TreeMap<>();
    List<Deployment.Action> actions = new ArrayList<>();
    deployment
        .originals()
        .forEach(
            (id, original) -> {
              App app = draft.durable().apps().get(id);
              originals.put(id, Optional.ofNullable(app).map(App::definition));
              if (original.isEmpty()) {
                draft.change(new Change.AppRemoved(id));
                actions.add(new Deployment.Action(Deployment.Kind.STOP, id));
              } else {
                AppDefinition back = original.get();
                draft.change(
                    new Change.AppPut(back.asVersion(back.instances(), version, version, version)));
                actions.add(new Deployment.Action(Deployment.Kind.RESTART, id));
              }
            });
    return draft.done(
        Deployments.begin(
            draft, version, List.of(new Deployment.Step(List.copyOf(actions))), originals));
  }
}
