package io.homeport.model;

/** Which stateless instances are ended first when there are too many. */
public enum KillSelection {
  /** The one started last. */
  YOUNGEST_FIRST,
  /** The one started first. */
  OLDEST_FIRST
}
