package io.homeport.model;

import java.util.Optional;

/**
 * A place on an agent that volumes are taken from.
 *
 * @param type the kind of disk
 * @param path where it is mounted on the agent; absent for {@link DiskType#ROOT}
 * @param profileName its storage profile, if it has one
 */
public record DiskSource(DiskType type, Optional<String> path, Optional<String> profileName) {
  /** The agent's common space. */
  public static final DiskSource ROOT =
      new DiskSource(DiskType.ROOT, Optional.empty(), Optional.empty());
}
