package io.homeport.simulation.cluster;

import io.homeport.model.AgentId;
import io.homeport.model.ClusterEvent;
import io.homeport.model.Operation;
import io.homeport.model.OperationUpdate;
import io.homeport.model.TaskLaunch;
import io.homeport.model.TaskUpdate;
import io.homeport.model.VolumeId;

/** Sees all that really happens in the cluster; it does not change anything. */
public interface ClusterWitness {
  /** Nobody looks. */
  ClusterWitness NONE = new ClusterWitness() {};

  /**
   * A process is about to start.
   *
   * @param machine where
   * @param launch what
   */
  default void launched(Machine machine, TaskLaunch launch) {}

  /**
   * A volume's data is gone.
   *
   * @param volume the volume
   */
  default void destroyed(VolumeId volume) {}

  /**
   * The master calls an agent unreachable.
   *
   * @param agent the agent
   */
  default void givenUp(AgentId agent) {}

  /**
   * The master calls an agent reachable again.
   *
   * @param agent the agent
   */
  default void returned(AgentId agent) {}

  /**
   * An operator declared an agent gone.
   *
   * @param agent the agent
   */
  default void declaredGone(AgentId agent) {}

  /**
   * The master refused an operation, judging by the offers alone, which the scheduler knew.
   *
   * @param operation the operation
   * @param why for people
   */
  default void refused(Operation operation, String why) {}

  /**
   * An agent has something to tell that is to be acknowledged.
   *
   * @param update what
   */
  default void told(TaskUpdate update) {}

  /**
   * An agent has something to tell that is to be acknowledged.
   *
   * @param update what
   */
  default void told(OperationUpdate update) {}

  /**
   * An event reached a scheduler.
   *
   * @param event the event
   */
  default void heard(ClusterEvent event) {}
}
