package io.homeport.state;

import io.homeport.model.Condition;
import io.homeport.model.Goal;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.model.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * The instances of one app with what is asked of them most often, kept up to date one instance at a
 * time so that no decision has to walk through all of a large app.
 *
 * @param all the instances by id
 * @param places those that are not to go, by ordinal
 * @param waiting those that are to run and need a launch, by ordinal
 * @param homeless those of them that have no home, by ordinal
 * @param detached those that keep a home but are not to run, by ordinal
 * @param leaving those that are to go
 * @param settling those with a task that is starting, ending, or out of reach
 * @param running how many are to run
 * @param versions how many have a task of each version
 */
public record AppInstances(
    TreePMap<InstanceId, Instance> all,
    TreePSet<Place> places,
    TreePSet<Place> waiting,
    TreePSet<Place> homeless,
    TreePSet<Place> detached,
    TreePSet<InstanceId> leaving,
    TreePSet<InstanceId> settling,
    int running,
    TreePMap<Instant, Integer> versions) {
  /** No instance. */
  public static final AppInstances NONE =
      new AppInstances(
          TreePMap.empty(),
          TreePSet.empty(),
          TreePSet.empty(),
          TreePSet.empty(),
          TreePSet.empty(),
          TreePSet.empty(),
          TreePSet.empty(),
          0,
          TreePMap.empty());

  /**
   * An instance in the order of ordinals.
   *
   * @param ordinal its ordinal
   * @param id its id
   */
  public record Place(int ordinal, InstanceId id) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      return ordinal != other.ordinal
          ? Integer.compare(ordinal, other.ordinal)
          : id.compareTo(other.id);
    }
  }

  /**
   * All instances of an app.
   *
   * @param some the instances, in any order; of one that is there twice the last counts
   */
  static AppInstances of(List<Instance> some) {
    TreePMap<InstanceId, Instance> all = InOrder.map(some, Instance::id, Function.identity());
    Collecting sets = new Collecting();
    all.values().forEach(sets::add);
    return new AppInstances(
        all,
        InOrder.set(sets.places),
        InOrder.set(sets.waiting),
        InOrder.set(sets.homeless),
        InOrder.set(sets.detached),
        InOrder.set(sets.leaving),
        InOrder.set(sets.settling),
        sets.running,
        InOrder.map(sets.versions));
  }

  /**
   * The same with an instance as given.
   *
   * @param instance the instance
   */
  public AppInstances plus(Instance instance) {
    return plus(Optional.ofNullable(all.get(instance.id())), instance);
  }

  AppInstances plus(Optional<Instance> before, Instance instance) {
    boolean movesUp = before.filter(known -> known.ordinal() != instance.ordinal()).isPresent();
    return movesUp
        ? minus(instance.id()).with(Standing.NONE, Standing.of(instance), instance)
        : with(before.map(Standing::of).orElse(Standing.NONE), Standing.of(instance), instance);
  }

  /**
   * The same without an instance.
   *
   * @param id the instance
   */
  public AppInstances minus(InstanceId id) {
    Instance instance = all.get(id);
    if (instance == null) {
      return this;
    }
    AppInstances rest = with(Standing.of(instance), Standing.NONE, instance);
    return new AppInstances(
        all.minus(id),
        rest.places,
        rest.waiting,
        rest.homeless,
        rest.detached,
        rest.leaving,
        rest.settling,
        rest.running,
        rest.versions);
  }

  /** In which of the sets an instance is, and with which version it counts. */
  private record Standing(
      boolean stays,
      boolean waits,
      boolean isHomeless,
      boolean isDetached,
      boolean leaves,
      boolean settles,
      boolean runs,
      Optional<Instant> version) {
    private static final Standing NONE =
        new Standing(false, false, false, false, false, false, false, Optional.empty());

    static Standing of(Instance instance) {
      boolean leaves = instance.goal() == Goal.DECOMMISSIONED;
      boolean waits = instance.needsLaunch();
      return new Standing(
          !leaves,
          waits,
          waits && instance.reservation().isEmpty(),
          instance.goal() == Goal.STOPPED,
          leaves,
          isSettling(instance),
          instance.goal() == Goal.RUNNING,
          instance.task().map(Task::version));
    }

    private static boolean isSettling(Instance instance) {
      return instance.isLive()
          && (instance.condition() != Condition.RUNNING
              || instance.task().flatMap(Task::killRequestedAt).isPresent());
    }
  }

  /** The sets in the making, when all instances are known at once. */
  private static final class Collecting {
    private final List<Place> places = new ArrayList<>();
    private final List<Place> waiting = new ArrayList<>();
    private final List<Place> homeless = new ArrayList<>();
    private final List<Place> detached = new ArrayList<>();
    private final List<InstanceId> leaving = new ArrayList<>();
    private final List<InstanceId> settling = new ArrayList<>();
    private final Map<Instant, Integer> versions = new LinkedHashMap<>();
    private int running;

    void add(Instance instance) {
      Standing standing = Standing.of(instance);
      Place place = new Place(instance.ordinal(), instance.id());
      addIf(standing.stays, places, place);
      addIf(standing.waits, waiting, place);
      addIf(standing.isHomeless, homeless, place);
      addIf(standing.isDetached, detached, place);
      addIf(standing.leaves, leaving, instance.id());
      addIf(standing.settles, settling, instance.id());
      running += standing.runs ? 1 : 0;
      standing.version.ifPresent(version -> versions.merge(version, 1, Integer::sum));
    }

    private static <E> void addIf(boolean belongs, List<E> set, E element) {
      if (belongs) {
        set.add(element);
      }
    }
  }

  /** Only the sets that an instance enters or leaves are changed: most changes concern few. */
  private AppInstances with(Standing before, Standing after, Instance instance) {
    InstanceId id = instance.id();
    Place place = new Place(instance.ordinal(), id);
    return new AppInstances(
        all.plus(id, instance),
        moved(places, before.stays, after.stays, place),
        moved(waiting, before.waits, after.waits, place),
        moved(homeless, before.isHomeless, after.isHomeless, place),
        moved(detached, before.isDetached, after.isDetached, place),
        moved(leaving, before.leaves, after.leaves, id),
        moved(settling, before.settles, after.settles, id),
        running + (after.runs ? 1 : 0) - (before.runs ? 1 : 0),
        Counts.moved(versions, before.version, after.version));
  }

  private static <E> TreePSet<E> moved(TreePSet<E> set, boolean before, boolean after, E element) {
    if (before == after) {
      return set;
    }
    return after ? set.plus(element) : set.minus(element);
  }
}
