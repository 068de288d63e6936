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
import java.util.Optional;
import java.util.function.Function;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * Many stored changes at once, as when a store is read. They lead to the same state as one after
 * the other; but what is derived is made once, at the end, and not anew for each of them.
 */
public final class Replay {
  private final Map<AppId, Arrived> instances = new LinkedHashMap<>();
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
      case Change.ReservationPut put -> reservations.add(withKnownNames(put.reservation()));
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
    instances.computeIfAbsent(instance.appId(), app -> new Arrived()).instances.add(instance);
  }

  /**
   * An instance and its home name each other. When both name the same objects, a large state is
   * smaller by an eighth, and to see that they belong together takes no look at the names.
   */
  private Reservation withKnownNames(Reservation home) {
    Arrived arrived = instances.get(home.appId());
    if (arrived == null || home.owner().isEmpty()) {
      return home;
    }
    return arrived
        .find(home.owner().get())
        .flatMap(
            owner ->
                owner.reservation().filter(home.id()::equals).map(id -> home.named(id, owner.id())))
        .orElse(home);
  }

  /** The instances of an app, in the order in which they came. */
  private static final class Arrived {
    private final List<Instance> instances = new ArrayList<>();

    /** Homes come in much the same order, so the one after the last that was found is likely. */
    private int likely;

    /** Finds an instance where they came in the order of their ids, as a store has them. */
    Optional<Instance> find(InstanceId id) {
      int low = 0;
      int high = instances.size();
      int place = Math.min(likely, high - 1);
      while (low < high) {
        int order = instances.get(place).id().compareTo(id);
        if (order == 0) {
          likely = place + 1;
          return Optional.of(instances.get(place));
        }
        low = order < 0 ? place + 1 : low;
        high = order < 0 ? high : place;
        place = (low + high) >>> 1;
      }
      return Optional.empty();
    }
  }

  /** Goes through all of an app's: what is read from a store has nothing that was removed. */
  private void remove(InstanceId id) {
    AppId app = id.appId();
    Arrived arrived = instances.get(app);
    if (arrived != null
        && arrived.instances.removeIf(known -> known.id().equals(id))
        && arrived.instances.isEmpty()) {
      instances.remove(app);
    }
  }

  /** The state after all changes. */
  public DurableState state() {
    return state(parts -> parts.forEach(Runnable::run));
  }

  /**
   * The same, made by several at the same time.
   *
   * @param workers who make it
   */
  public DurableState state(Workers workers) {
    List<Reservation> homes = InOrder.sorted(reservations, Reservation::id);
    InstancesFiled filed = new InstancesFiled(homes);
    ReservationsFiled reserved = new ReservationsFiled(homes);
    workers.all(List.of(filed, reserved));
    return new DurableState(
        rest.installation(),
        rest.term(),
        rest.frameworkId(),
        rest.safeMode(),
        rest.apps(),
        filed.byApp,
        reserved.byId,
        rest.deployments(),
        rest.agents(),
        rest.failures(),
        reserved.index,
        filed.waiting,
        filed.spread,
        rest.servicePorts());
  }

  /** Who does what can be done in any order. */
  public interface Workers {
    /**
     * Does all parts and returns when they are done.
     *
     * @param parts none needs another
     */
    void all(List<? extends Runnable> parts);
  }

  /** What there is of instances, and of where they are. */
  private final class InstancesFiled implements Runnable {
    private final List<Reservation> homes;
    private TreePMap<AppId, AppInstances> byApp = TreePMap.empty();
    private TreePSet<AppId> waiting = TreePSet.empty();
    private Spread spread = Spread.NONE;

    InstancesFiled(List<Reservation> homes) {
      this.homes = homes;
    }

    @Override
    public void run() {
      Map<AppId, AppInstances> filed = new LinkedHashMap<>();
      instances.forEach((app, all) -> filed.put(app, AppInstances.of(all.instances)));
      byApp = InOrder.map(filed);
      waiting =
          InOrder.set(
              filed.entrySet().stream()
                  .filter(entry -> !entry.getValue().waiting().isEmpty())
                  .map(Map.Entry::getKey)
                  .toList());
      spread = Spread.of(filed.values(), homes);
    }
  }

  /** What there is of reservations. */
  private static final class ReservationsFiled implements Runnable {
    private final List<Reservation> homes;
    private TreePMap<ReservationId, Reservation> byId = TreePMap.empty();
    private ReservationIndex index = ReservationIndex.NONE;

    ReservationsFiled(List<Reservation> homes) {
      this.homes = homes;
    }

    @Override
    public void run() {
      byId = InOrder.ofSorted(homes, Reservation::id, Function.identity());
      index = ReservationIndex.of(homes);
    }
  }
}
