package io.homeport.state;

import io.homeport.model.Condition;
import io.homeport.model.Goal;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.model.Task;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * The instances of one app with what is asked of them most often, kept up to date one instance at a
 * time so that no decision has to walk through all of a large app.
 *
 * @param all the instances by id
 * @param places those that are not to go, by ordinal
 * @param waiting those that are to run and need a launch, by ordinal
 * @param detached those that keep a home but are not to run, by ordinal
 * @param leaving those that are to go
 * @param settling those with a task that is starting, ending, or out of reach
 * @param running how many are to run
 */
public record AppInstances(
    TreePMap<InstanceId, Instance> all,
    TreePSet<Place> places,
    TreePSet<Place> waiting,
    TreePSet<Place> detached,
    TreePSet<InstanceId> leaving,
    TreePSet<InstanceId> settling,
    int running) {
  /** No instance. */
  public static final AppInstances NONE =
      new AppInstances(
          TreePMap.empty(),
          TreePSet.empty(),
          TreePSet.empty(),
          TreePSet.empty(),
          TreePSet.empty(),
          TreePSet.empty(),
          0);

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
   * The same with an instance as given.
   *
   * @param instance the instance
   */
  public AppInstances plus(Instance instance) {
    AppInstances rest = minus(instance.id());
    InstanceId id = instance.id();
    Place place = new Place(instance.ordinal(), id);
    boolean leaves = instance.goal() == Goal.DECOMMISSIONED;
    return new AppInstances(
        rest.all.plus(id, instance),
        leaves ? rest.places : rest.places.plus(place),
        instance.needsLaunch() ? rest.waiting.plus(place) : rest.waiting,
        instance.goal() == Goal.STOPPED ? rest.detached.plus(place) : rest.detached,
        leaves ? rest.leaving.plus(id) : rest.leaving,
        isSettling(instance) ? rest.settling.plus(id) : rest.settling,
        rest.running + (instance.goal() == Goal.RUNNING ? 1 : 0));
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
    Place place = new Place(instance.ordinal(), id);
    boolean leaves = instance.goal() == Goal.DECOMMISSIONED;
    return new AppInstances(
        all.minus(id),
        leaves ? places : places.minus(place),
        instance.needsLaunch() ? waiting.minus(place) : waiting,
        instance.goal() == Goal.STOPPED ? detached.minus(place) : detached,
        leaves ? leaving.minus(id) : leaving,
        isSettling(instance) ? settling.minus(id) : settling,
        running - (instance.goal() == Goal.RUNNING ? 1 : 0));
  }

  private static boolean isSettling(Instance instance) {
    return instance.isLive()
        && (instance.condition() != Condition.RUNNING
            || instance.task().flatMap(Task::killRequestedAt).isPresent());
  }
}
