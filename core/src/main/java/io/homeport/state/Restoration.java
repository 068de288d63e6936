package io.homeport.state;

import io.homeport.model.AppDefinition;
import io.homeport.model.Instance;
import io.homeport.model.Reservation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a state becomes when it is put back later. It is old then: there may be tasks and volumes
 * that it does not know, and what it knows may be over.
 */
public final class Restoration {
  /** Task ids of a restored state count from the seconds since then. */
  private static final Instant COUNT_FROM = Instant.parse("2020-01-01T00:00:00Z");

  private Restoration() {}

  /**
   * The changes that lead from a present state to the restored one.
   *
   * @param present the state whose place it takes
   * @param old the state that was kept
   * @param mode the safe mode that it begins with
   */
  public static List<Change.Stored> changes(DurableState present, DurableState old, SafeMode mode) {
    List<Change.Stored> changes = new ArrayList<>(removals(present));
    changes.addAll(changes(old, mode));
    return changes;
  }

  /** What a restored state does not take along: all that has a name in the present one. */
  private static List<Change.Stored> removals(DurableState present) {
    List<Change.Stored> removals = new ArrayList<>();
    present.apps().keySet().forEach(app -> removals.add(new Change.AppRemoved(app)));
    present
        .instances()
        .values()
        .forEach(
            each ->
                each.all().keySet().forEach(id -> removals.add(new Change.InstanceRemoved(id))));
    present.reservations().keySet().forEach(id -> removals.add(new Change.ReservationRemoved(id)));
    present.deployments().keySet().forEach(id -> removals.add(new Change.DeploymentRemoved(id)));
    present.agents().keySet().forEach(id -> removals.add(new Change.AgentRemoved(id)));
    return removals;
  }

  /**
   * The changes that lead from the empty state to the restored one.
   *
   * <ul>
   *   <li>It is in the safe mode.
   *   <li>Runs are counted on from a number that no task had, because an instance may have had
   *       tasks since; ids are made at most once a second, so that the number of seconds will do.
   *   <li>A reservation that was requested counts as made: engines forget the outcomes of
   *       operations, and one that nobody knows any more may well have succeeded.
   * </ul>
   *
   * @param old the state that was kept
   * @param mode the safe mode that it begins with
   */
  public static List<Change.Stored> changes(DurableState old, SafeMode mode) {
    List<Change.Stored> changes = new ArrayList<>(changesTo(old));
    int count = (int) Duration.between(COUNT_FROM, mode.since()).toSeconds();
    for (AppInstances instances : old.instances().values()) {
      for (Instance instance : instances.all().values()) {
        changes.add(new Change.InstancePut(instance.countingFrom(count)));
      }
    }
    for (Reservation reservation : old.reservations().values()) {
      changes.add(new Change.ReservationPut(reservation.existing()));
    }
    changes.add(new Change.SafeModeBegan(mode));
    return changes;
  }

  /**
   * The changes that lead from the empty state to one that is kept as it is.
   *
   * @param old the state
   */
  public static List<Change.Stored> changesTo(DurableState old) {
    List<Change.Stored> changes = new ArrayList<>();
    if (!old.installation().isEmpty()) {
      changes.add(new Change.InstallationNamed(old.installation()));
    }
    if (!old.term().isEmpty()) {
      changes.add(new Change.TermBegan(old.term()));
    }
    if (!old.frameworkId().isEmpty()) {
      changes.add(new Change.FrameworkRegistered(old.frameworkId()));
    }
    for (App app : old.apps().values()) {
      for (AppDefinition version : app.versions().values()) {
        changes.add(new Change.AppPut(version));
      }
    }
    old.failures().values().forEach(failure -> changes.add(new Change.TaskFailed(failure)));
    old.deployments()
        .values()
        .forEach(deployment -> changes.add(new Change.DeploymentPut(deployment)));
    old.agents().values().forEach(agent -> changes.add(new Change.AgentPut(agent)));
    for (AppInstances instances : old.instances().values()) {
      instances.all().values().forEach(each -> changes.add(new Change.InstancePut(each)));
    }
    old.reservations().values().forEach(each -> changes.add(new Change.ReservationPut(each)));
    old.safeMode().ifPresent(mode -> changes.add(new Change.SafeModeBegan(mode)));
    return changes;
  }
}
