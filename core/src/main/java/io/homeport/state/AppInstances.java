package io.homeport.state;

import io.homeport.model.Goal;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * The instances of one app with what is asked of them most often, kept up to date one instance at a
 * time so that no decision has to walk through all of a large app.
 *
 * @param all the instances by id
 * @param waiting those that are to run and need a launch, by ordinal
 * @param detached those that keep a home but are not to run, by ordinal
 * @param leaving those that are to go
 * @param running how many are to run
 */
public record AppInstances(
    TreePMap<InstanceId, Instance> all,
    TreePSet<Place> waiting,
    TreePSet<Place> detached,
    TreePSet<InstanceId> leaving,
    int running) {
  /** No instance. */
  public static final AppInstances NONE =
      new AppInstances(TreePMap.empty(), TreePSet.empty(), TreePSet.empty(), TreePSet.empty(), 0);

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
    Instance before = all.get(instance.id());
    AppInstances rest = before == null ? this : unindexed(before);
    Place place = new Place(instance.ordinal(), instance.id());
    return new AppInstances(
        all.plus(instance.id(), instance),
        instance.needsLaunch() ? rest.waiting.plus(place) : rest.waiting,
        instance.goal() == Goal.STOPPED ? rest.detached.plus(place) : rest.detached,
        instance.goal() == Goal.DECOMMISSIONED ? rest.leaving.plus(instance.id()) : rest.leaving,
        rest.running + (instance.goal() == Goal.RUNNING ? 1 : 0));
  }

  /**
   * The same without an instance.
   *
   * @param id the instance
   */
  public AppInstances minus(InstanceId id) {
    Instance before = all.get(id);
    if (before == null) {
      return this;
    }
    AppInstances rest = unindexed(before);
    return new AppInstances(all.minus(id), rest.waiting, rest.detached, rest.leaving, rest.running);
  }

  private AppInstances unindexed(Instance instance) {
    Place place = new Place(instance.ordinal(), instance.id());
    return new AppInstances(
        all,
        instance.needsLaunch() ? waiting.minus(place) : waiting,
        instance.goal() == Goal.STOPPED ? detached.minus(place) : detached,
        instance.goal() == Goal.DECOMMISSIONED ? leaving.minus(instance.id()) : leaving,
        running - (instance.goal() == Goal.RUNNING ? 1 : 0));
  }
}
