package io.homeport.scheduler;

import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.Deployment;
import io.homeport.model.Goal;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.state.App;
import io.homeport.state.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Ending tasks on request, and what becomes of their instances. */
final class InstanceCommands {
  private InstanceCommands() {}

  static Decision kill(Draft draft, Command.KillInstances kill) {
    for (InstanceId id : kill.instances()) {
      if (draft.isSafe() && !Strangers.of(draft.state(), id).isEmpty()) {
        return draft.done(tooEarly(id));
      }
    }
    List<Instance> found = new ArrayList<>();
    for (InstanceId id : kill.instances()) {
      Strangers.kill(draft, id);
      draft
          .durable()
          .instance(id)
          .filter(instance -> instance.goal() != Goal.DECOMMISSIONED)
          .ifPresent(found::add);
    }
    return switch (kill.mode()) {
      case RELAUNCH -> {
        found.forEach(instance -> draft.kill(instance.id()));
        yield draft.done(new Reply.Killed(found, Optional.empty()));
      }
      case SCALE -> scale(draft, found, kill.force());
      case WIPE -> {
        found.forEach(instance -> draft.decommission(instance, draft.releasing("wiped")));
        yield draft.done(new Reply.Killed(found, Optional.empty()));
      }
      case REPLACE -> {
        found.forEach(
            instance -> draft.decommission(instance, draft.leftBehind("replaced on request")));
        yield draft.done(new Reply.Killed(found, Optional.empty()));
      }
    };
  }

  /** There is no record that could keep the request until the end of the safe mode. */
  private static Reply.Rejected tooEarly(InstanceId id) {
    return Reply.Rejected.of(
        ErrorCode.SAFE_MODE,
        "The instance "
            + id
            + " has a task without a record, and Homeport is in the safe mode after a restore, in"
            + " which nothing is killed. End the safe mode first (homeport state resume).");
  }

  /**
   * The apps shrink by the named instances; those with volumes are detached. Those of a deleted app
   * go anyway, and what takes them down must not be cancelled.
   */
  private static Decision scale(Draft draft, List<Instance> found, boolean force) {
    List<Instance> running =
        found.stream()
            .filter(instance -> instance.goal() == Goal.RUNNING)
            .filter(instance -> draft.durable().apps().containsKey(instance.appId()))
            .toList();
    SortedMap<AppId, Integer> counts = new TreeMap<>();
    running.forEach(instance -> counts.merge(instance.appId(), 1, Integer::sum));
    if (counts.isEmpty()) {
      return draft.done(new Reply.Killed(found, Optional.empty()));
    }
    Optional<Reply.Rejected> conflict = Deployments.conflict(draft, counts.keySet(), force);
    if (conflict.isPresent()) {
      return Deployments.refuse(draft, conflict.get());
    }
    Deployments.cancel(draft, counts.keySet());
    Instant version = Deployments.nextVersion(draft, counts.keySet());
    SortedMap<AppId, Optional<AppDefinition>> originals = new TreeMap<>();
    List<Deployment.Action> actions = new ArrayList<>();
    counts.forEach(
        (id, count) -> {
          App app = draft.durable().apps().get(id);
          if (app != null) {
            AppDefinition before = app.definition();
            int left = Math.max(0, before.instances() - count);
            draft.change(
                new Change.AppPut(
                    before.asVersion(left, version, version, before.lastConfigChangeAt())));
            originals.put(id, Optional.of(before));
            actions.add(new Deployment.Action(Deployment.Kind.SCALE, id));
          }
        });
    running.forEach(instance -> stop(draft, instance));
    Reply.Deployed deployed =
        Deployments.begin(
            draft, version, List.of(new Deployment.Step(List.copyOf(actions))), originals);
    return draft.done(new Reply.Killed(found, Optional.of(deployed)));
  }

  /** An instance that is not wanted now: with a home it is detached, without it is let go. */
  static void stop(Draft draft, Instance instance) {
    if (instance.reservation().isPresent()) {
      draft.put(instance.withGoal(Goal.STOPPED));
      draft.kill(instance.id());
    } else {
      draft.decommission(instance, draft.releasing("the instance has no reservation"));
    }
  }
}
