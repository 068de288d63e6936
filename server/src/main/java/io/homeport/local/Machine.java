package io.homeport.local;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** What all agents of an engine share: this machine and what it can do. */
final class Machine {
  private final Supervisor supervisor;
  private final ControlGroups controlGroups;
  private final String boot;
  private final AtomicReference<Optional<ContainerRuntime>> containers =
      new AtomicReference<>(Optional.empty());

  /**
   * A machine whose container runtime is not known yet.
   *
   * @param supervisor starts tasks
   * @param controlGroups limits them
   * @param boot the kernel's name for the time since it was started
   */
  Machine(Supervisor supervisor, ControlGroups controlGroups, String boot) {
    this.supervisor = supervisor;
    this.controlGroups = controlGroups;
    this.boot = boot;
  }

  /** Starts tasks. */
  Supervisor supervisor() {
    return supervisor;
  }

  /** Limits them. */
  ControlGroups controlGroups() {
    return controlGroups;
  }

  /** The kernel's name for the time since the machine was last started. */
  String boot() {
    return boot;
  }

  /** Runs images, if anything here can. */
  Optional<ContainerRuntime> containers() {
    return containers.get();
  }

  /** What runs images was found. */
  void found(ContainerRuntime runtime) {
    containers.set(Optional.of(runtime));
  }
}
