package io.homeport.model;

/** Where a persistent volume is taken from (Mesos: {@code DiskInfo.Source}). */
public enum DiskType {
  /** The agent's common disk space. */
  ROOT,
  /** A directory on a disk of its own, shared by volumes up to its size. */
  PATH,
  /** A whole disk: the volume gets all of it. */
  MOUNT
}
