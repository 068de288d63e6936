package io.homeport.model;

/** Marathon's container types. */
public enum ContainerType {
  /** Mesos's own containers (UCR); a plain process when there is no image. */
  MESOS,
  /** The Docker engine (or Podman). */
  DOCKER
}
