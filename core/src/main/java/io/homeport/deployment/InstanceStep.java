package io.homeport.deployment;

import io.homeport.model.InstanceId;

/** One thing to do to bring an app closer to what is wanted. */
public sealed interface InstanceStep {
  /**
   * A new instance comes into being.
   *
   * @param ordinal its ordinal
   */
  record Create(int ordinal) implements InstanceStep {}

  /**
   * A detached instance is wanted again; it comes back to its volumes.
   *
   * @param instance the instance
   */
  record Reattach(InstanceId instance) implements InstanceStep {}

  /**
   * An instance is not wanted now; its volumes are kept.
   *
   * @param instance the instance
   */
  record Detach(InstanceId instance) implements InstanceStep {}

  /**
   * An instance without volumes is not wanted any more.
   *
   * @param instance the instance
   */
  record Retire(InstanceId instance) implements InstanceStep {}

  /**
   * An instance's task is ended, so that its next one runs the current version in the same place.
   *
   * @param instance the instance
   */
  record Restart(InstanceId instance) implements InstanceStep {}
}
