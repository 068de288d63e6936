package io.homeport.state;

import io.homeport.model.AppId;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationId;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * Many stored changes at once, as when a store is read. They lead to the same state as one after
 * the other; but what is derived is made once, at the end, and not anew for each of them.
 */
public final class Replay {
  private final SortedMap<AppId, SortedMap<InstanceId, Instance>> instances = new TreeMap<>();
  private final SortedMap<ReservationId, Reservation> reservations = new TreeMap<>();

  /** All but instances, reservations and what is derived of them. */
  private DurableState rest = DurableState.EMPTY;

  /** No change yet: the state of a fresh installation. */
  public Replay() {}

  /**
   * A further change.
   *
   * @param change what happened next
   */
  public void add(Change.Stored change) {
    switch (change) {
      case Change.InstancePut put -> add(put.instance());
      case Change.InstanceRemoved removed -> remove(removed.instance());
      case Change.ReservationPut put -> reservations.put(put.reservation().id(), put.reservation());
      case Change.ReservationRemoved removed -> reservations.remove(removed.reservation());
      case Change.InstallationNamed _,
          Change.TermBegan _,
          Change.FrameworkRegistered _,
          Change.SafeModeBegan _,
          Change.SafeModeEnded _,
          Change.AppPut _,
          Change.AppVersionRemoved _,
          Change.AppRemoved _,
          Change.DeploymentPut _,
          Change.DeploymentRemoved _,
          Change.AgentPut _,
          Change.AgentRemoved _,
          Change.TaskFailed _ ->
          rest = rest.apply(change);
    }
  }

  private void add(Instance instance) {
    instances
        .computeIfAbsent(instance.appId(), app -> new TreeMap<>())
        .put(instance.id(), instance);
  }

  private void remove(InstanceId id) {
    AppId app = id.appId();
    SortedMap<InstanceId, Instance> others = instances.get(app);
    if (others != null && others.remove(id) != null && others.isEmpty()) {
      instances.remove(app);
    }
  }

  /** The state after all changes. */
  public DurableState state() {
    SortedMap<AppId, AppInstances> filed = new TreeMap<>();
    SortedSet<AppId> waiting = new TreeSet<>();
    instances.forEach(
        (app, all) -> {
          AppInstances known = AppInstances.of(all);
          filed.put(app, known);
          if (!known.waiting().isEmpty()) {
            waiting.add(app);
          }
        });
    return new DurableState(
        rest.installation(),
        rest.term(),
        rest.frameworkId(),
        rest.safeMode(),
        rest.apps(),
        TreePMap.fromSortedMap(filed),
        TreePMap.fromSortedMap(reservations),
        rest.deployments(),
        rest.agents(),
        rest.failures(),
        ReservationIndex.of(reservations.values()),
        TreePSet.fromSortedSet(waiting),
        Spread.of(filed.values(), reservations.values()),
        rest.servicePorts());
  }
}
