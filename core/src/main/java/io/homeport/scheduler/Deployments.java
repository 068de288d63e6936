package io.homeport.scheduler;

import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.Deployment;
import io.homeport.model.DeploymentId;
import io.homeport.model.Event;
import io.homeport.state.App;
import io.homeport.state.Change;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Beginning, overtaking and cancelling deployments: what the commands about apps have in common.
 */
final class Deployments {
  /** Marathon's default for {@code --max_running_deployments}. */
  static final int MOST = 100;

  private Deployments() {}

  /** The refusal when deployments are in the way, in Marathon's words; empty when nothing is. */
  static Optional<Reply.Rejected> conflict(Draft draft, Collection<AppId> apps, boolean force) {
    List<DeploymentId> inTheWay = new ArrayList<>();
    for (Deployment deployment : draft.durable().deployments().values()) {
      if (apps.stream().anyMatch(deployment.originals()::containsKey)) {
        inTheWay.add(deployment.id());
      }
    }
    if (!force && !inTheWay.isEmpty()) {
      return Optional.of(
          new Reply.Rejected(
              ErrorCode.APP_LOCKED,
              "App is locked by one or more deployments. Override with the option '?force=true'."
                  + " View details at '/v2/deployments/<DEPLOYMENT_ID>'.",
              List.of(),
              inTheWay));
    }
    int others = draft.durable().deployments().size() - inTheWay.size();
    if (others >= MOST) {
      return Optional.of(
          Reply.Rejected.of(
              ErrorCode.TOO_MANY_DEPLOYMENTS,
              "At most "
                  + MOST
                  + " deployments may be under way at a time, and there are "
                  + others
                  + ". Wait for one to finish, or cancel one."));
    }
    return Optional.empty();
  }

  /** Ends the deployments of these apps, because something newer takes their place. */
  static void cancel(Draft draft, Collection<AppId> apps) {
    for (Deployment deployment : List.copyOf(draft.durable().deployments().values())) {
      if (apps.stream().anyMatch(deployment.originals()::containsKey)) {
        end(draft, deployment, "The upgrade has been cancelled");
      }
    }
  }

  static void end(Draft draft, Deployment deployment, String reason) {
    draft.change(new Change.DeploymentRemoved(deployment.id()));
    draft.publish(new Event.DeploymentFailed(deployment, reason));
  }

  /** A version later than every version of these apps, in whole milliseconds as Marathon's. */
  static Instant nextVersion(Draft draft, Collection<AppId> apps) {
    Instant version = draft.now().truncatedTo(ChronoUnit.MILLIS);
    for (AppId id : apps) {
      App app = draft.durable().apps().get(id);
      if (app != null && !version.isAfter(app.definition().version())) {
        version = app.definition().version().plusMillis(1);
      }
    }
    return version;
  }

  /** Begins a deployment; one without any step is over at once, as in Marathon. */
  static Reply.Deployed begin(
      Draft draft,
      Instant version,
      List<Deployment.Step> steps,
      SortedMap<AppId, Optional<AppDefinition>> originals) {
    Deployment deployment =
        new Deployment(new DeploymentId(draft.unique()), version, steps, 0, originals, draft.now());
    draft.publish(new Event.GroupChanged(version));
    if (steps.isEmpty()) {
      draft.publish(new Event.DeploymentSucceeded(deployment));
    } else {
      draft.change(new Change.DeploymentPut(deployment));
      draft.publish(new Event.DeploymentStepStarted(deployment));
      originals.keySet().forEach(draft::unsettle);
    }
    return new Reply.Deployed(deployment.id(), version);
  }

  /** A deployment of one action on one app. */
  static Reply.Deployed begin(
      Draft draft, Instant version, Deployment.Kind kind, AppDefinition original) {
    SortedMap<AppId, Optional<AppDefinition>> originals = new TreeMap<>();
    originals.put(original.id(), Optional.of(original));
    Deployment.Action action = new Deployment.Action(kind, original.id());
    return begin(draft, version, List.of(new Deployment.Step(List.of(action))), originals);
  }

  /** A refused change: the reply, and the event that Marathon publishes about it. */
  static Decision refuse(Draft draft, Reply.Rejected rejected) {
    draft.publish(new Event.GroupChangeFailed(draft.now(), rejected.message()));
    return draft.done(rejected);
  }
}
