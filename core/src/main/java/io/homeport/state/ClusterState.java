package io.homeport.state;

/**
 * All that Homeport knows: an immutable value. Only {@link #apply} leads from one to the next.
 *
 * @param durable what is committed, and survives
 * @param present what is true only while this server leads
 */
public record ClusterState(DurableState durable, TransientState present) {
  /** The state of a fresh installation. */
  public static final ClusterState EMPTY =
      new ClusterState(DurableState.EMPTY, TransientState.EMPTY);

  /**
   * The state after a change.
   *
   * @param change what happened
   */
  public ClusterState apply(Change change) {
    return switch (change) {
      case Change.Stored stored -> new ClusterState(durable.apply(stored), present);
      case Change.Transient passing -> new ClusterState(durable, present.apply(passing));
    };
  }

  /**
   * The state after several changes, in order.
   *
   * @param changes what happened
   */
  public ClusterState applyAll(Iterable<? extends Change> changes) {
    ClusterState state = this;
    for (Change change : changes) {
      state = state.apply(change);
    }
    return state;
  }
}
