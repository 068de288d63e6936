package io.homeport.runtime;

import io.homeport.model.Call;
import io.homeport.model.ClusterEvent;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The port to an engine that runs tasks. The contract is Mesos's scheduler API: calls go in and are
 * never answered directly; events come out, repeatedly until acknowledged. One suite of contract
 * tests runs against every engine.
 */
public interface Cluster extends AutoCloseable {
  /**
   * Connects, now and again after every loss. The first event is {@link ClusterEvent.Connected}.
   *
   * @param installation this installation's name, for the labels of reservations
   * @param frameworkId the name the engine gave us earlier; empty for the first time
   * @param events gets every event, in order, from any thread but never from two at a time
   */
  void start(String installation, Optional<String> frameworkId, Consumer<ClusterEvent> events);

  /**
   * Takes a call. Never blocks; a call that cannot be delivered is lost, as on a network, and found
   * out by reconciliation.
   *
   * @param call the call
   */
  void send(Call call);

  /** The engine's kind, for people: {@code local} or {@code mesos}. */
  String kind();

  /** What this engine cannot enforce here, each as a sentence for people. */
  List<String> limitations();

  /** What needs an operator's eye at the moment, each as a sentence for people. */
  default List<String> warnings() {
    return List.of();
  }

  /** The agents, as far as they can be operated through Homeport. */
  AgentControl agents();

  /** The files of tasks and volumes. */
  TaskFiles files();

  /** Disconnects. Tasks go on. */
  @Override
  void close();
}
