package io.homeport.model;

import java.util.Optional;

/**
 * How tasks are connected.
 *
 * @param mode the kind of network
 * @param name the network's name, for {@link Mode#CONTAINER}
 */
public record Network(Mode mode, Optional<String> name) {
  /** The network an app has when it names none. */
  public static final Network HOST = new Network(Mode.HOST, Optional.empty());

  /** Marathon's network modes. */
  public enum Mode {
    /** The agent's own network. */
    HOST,
    /** A named virtual network. */
    CONTAINER,
    /** The container runtime's default bridge. */
    CONTAINER_BRIDGE
  }
}
