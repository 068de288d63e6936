package io.homeport.state;

import io.homeport.model.AppId;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.pcollections.TreePMap;

/**
 * Many stored changes at once, as when a store is read. They lead to the same state as one after
 * the other; but what is derived is made once, at the end, and not anew for each of them.
 */
public final class Replay {
  private final Map<AppId, List<Instance>> instances = new LinkedHashMap<>();
  private final List<Reservation> reservations = new ArrayList<>();

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
      case Change.ReservationPut put -> reservations.add(put.reservation());
      case Change.ReservationRemoved removed ->
          reservations.removeIf(known -> known.id().equals(removed.reservation()));
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
    instances.computeIfAbsent(instance.appId(), app -> new ArrayList<>()).add(instance);
  }

  /** Goes through all of an app's: what is read from a store has nothing that was removed. */
  private void remove(InstanceId id) {
    AppId app = id.appId();
    List<Instance> others = instances.getOrDefault(app, List.of());
    if (others.removeIf(known -> known.id().equals(id)) && others.isEmpty()) {
      instances.remove(app);
    }
  }

  /** The state after all changes. */
  public DurableState state() {
    Map<AppId, AppInstances> filed = new LinkedHashMap<>();
    List<AppId> waiting = new ArrayList<>();
    instances.forEach(
        (app, all) -> {
          AppInstances known = AppInstances.of(all);
          filed.put(app, known);
          if (!known.waiting().isEmpty()) {
            waiting.add(app);
          }
        });
    TreePMap<ReservationId, Reservation> homes =
        InOrder.map(reservations, Reservation::id, Function.identity());
    return new DurableState(
        rest.installation(),
        rest.term(),
        rest.frameworkId(),
        rest.safeMode(),
        rest.apps(),
        InOrder.map(filed),
        homes,
        rest.deployments(),
        rest.agents(),
        rest.failures(),
        ReservationIndex.of(homes.values()),
        InOrder.set(waiting),
        Spread.of(filed.values(), homes.values()),
        rest.servicePorts());
  }
}
