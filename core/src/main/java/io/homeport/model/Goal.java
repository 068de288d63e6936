package io.homeport.model;

/** What is wanted of an instance. */
public enum Goal {
  /** It is to run. */
  RUNNING,
  /** It is not to run, but keeps its reservation and volumes: they are detached. */
  STOPPED,
  /** It is to go. What becomes of its reservation is said by the reservation's own state. */
  DECOMMISSIONED
}
