package io.homeport.simulation.cluster;

import io.homeport.model.ClusterEvent;

/** Whoever subscribes to the master's events. */
public interface Subscriber {
  /** Its name, for the trace. */
  String name();

  /**
   * An event arrives.
   *
   * @param event the event
   */
  void observe(ClusterEvent event);

  /**
   * The connection is no more.
   *
   * @param connection which
   * @param why for people
   */
  void disconnected(Connection connection, String why);
}
