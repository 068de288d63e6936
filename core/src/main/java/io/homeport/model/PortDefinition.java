package io.homeport.model;

import java.util.Optional;
import java.util.SortedMap;

/**
 * A port of an app with host networking.
 *
 * @param port the service port, and with {@code requirePorts} the host port too; 0 asks Homeport to
 *     choose a service port
 * @param protocol {@code tcp}, {@code udp} or {@code udp,tcp}
 * @param name a name, unique within the app; gives tasks the variable {@code PORT_<NAME>}
 * @param labels free key-value pairs
 */
public record PortDefinition(
    int port, String protocol, Optional<String> name, SortedMap<String, String> labels) {
  /**
   * The same with another service port.
   *
   * @param number the service port
   */
  public PortDefinition withPort(int number) {
    return new PortDefinition(number, protocol, name, labels);
  }
}
