package io.homeport.model;

import java.util.Optional;
import java.util.SortedMap;

/**
 * A port inside a container and the host port that leads to it.
 *
 * @param containerPort the port inside; 0 means the same number as the host port
 * @param hostPort the port on the agent; 0 means any free one, none means not reachable from
 *     outside
 * @param servicePort the port under which load balancers offer it; 0 asks Homeport to choose
 * @param protocol {@code tcp}, {@code udp} or {@code udp,tcp}
 * @param name a name, unique within the app
 * @param labels free key-value pairs
 */
public record PortMapping(
    int containerPort,
    Optional<Integer> hostPort,
    int servicePort,
    String protocol,
    Optional<String> name,
    SortedMap<String, String> labels) {
  /**
   * The same with another service port.
   *
   * @param number the service port
   */
  public PortMapping withServicePort(int number) {
    return new PortMapping(containerPort, hostPort, number, protocol, name, labels);
  }
}
