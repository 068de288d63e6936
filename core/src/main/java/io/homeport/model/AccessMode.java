package io.homeport.model;

/** Whether a task may write. */
public enum AccessMode {
  /** Read only. */
  RO,
  /** Read and write. */
  RW
}
