package io.homeport.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What an app is to be: a validated definition with every default filled in. The fields are those
 * of Marathon's app object.
 *
 * @param id the app
 * @param command what its tasks run
 * @param user the user they run as; the server's own when absent
 * @param env environment variables, by name
 * @param instances how many instances are wanted, 0 or more
 * @param resources what each instance needs; {@code disk} is that of the sandbox, volumes come on
 *     top
 * @param container image and volumes
 * @param networks how tasks are connected; one host network unless given
 * @param portDefinitions host ports wanted with host networking, in order
 * @param requirePorts whether the numbers in {@code portDefinitions} are the host ports themselves
 * @param constraints where instances may be placed
 * @param fetch what is downloaded into the sandbox before the start
 * @param healthChecks how it is found out whether a task works
 * @param upgradeStrategy limits while instances are replaced
 * @param backoff how relaunches of failing tasks are delayed
 * @param labels free key-value pairs
 * @param acceptedResourceRoles roles of offers that may be used; empty means any
 * @param role the Mesos role its resources are reserved for
 * @param unreachableStrategy what happens to instances whose agent is out of reach
 * @param killSelection which stateless instances go first when there are too many
 * @param killGracePeriod between the polite signal and the forced one; the engine's default if
 *     absent
 * @param residency what happens to instances with volumes when a task is lost; present exactly if
 *     there are persistent volumes
 * @param version when this definition was made; unique within the app, in whole milliseconds
 * @param lastScalingAt the version that last changed only the number of instances
 * @param lastConfigChangeAt the version that last changed anything else (or was a restart); tasks
 *     of earlier versions are out of date
 */
public record AppDefinition(
    AppId id,
    RunCommand command,
    Optional<String> user,
    SortedMap<String, String> env,
    int instances,
    Resources resources,
    Optional<Container> container,
    List<Network> networks,
    List<PortDefinition> portDefinitions,
    boolean requirePorts,
    List<Constraint> constraints,
    List<FetchUri> fetch,
    List<HealthCheck> healthChecks,
    UpgradeStrategy upgradeStrategy,
    BackoffStrategy backoff,
    SortedMap<String, String> labels,
    List<String> acceptedResourceRoles,
    String role,
    UnreachableStrategy unreachableStrategy,
    KillSelection killSelection,
    Optional<Duration> killGracePeriod,
    Optional<Residency> residency,
    Instant version,
    Instant lastScalingAt,
    Instant lastConfigChangeAt) {

  /** The persistent volumes each instance has, in the order of the definition. */
  public List<PersistentVolumeSpec> persistentVolumes() {
    return container.map(Container::persistentVolumes).orElse(List.of());
  }

  /** Whether instances have persistent volumes and so are pinned to the agents that hold them. */
  public boolean isStateful() {
    return !persistentVolumes().isEmpty();
  }

  /**
   * The host ports an instance needs, in the order in which a task sees them as {@code PORT0},
   * {@code PORT1}, ...: those of the port mappings of a container, else the port definitions.
   */
  public List<WantedPort> wantedPorts() {
    List<PortMapping> mappings = container.map(Container::portMappings).orElse(List.of());
    if (!mappings.isEmpty()) {
      return mappings.stream()
          .filter(mapping -> mapping.hostPort().isPresent())
          .map(mapping -> new WantedPort(mapping.hostPort().orElse(0), mapping.name()))
          .toList();
    }
    return portDefinitions.stream()
        .map(port -> new WantedPort(requirePorts ? port.port() : 0, port.name()))
        .toList();
  }

  /**
   * Everything an instance takes from its agent, volumes included ({@code root} disks only; those
   * on disks of their own are not taken from the agent's common space).
   */
  public Resources resourcesWithVolumes() {
    double disk = resources.disk();
    for (PersistentVolumeSpec volume : persistentVolumes()) {
      disk += volume.type() == DiskType.ROOT ? volume.sizeMib() : 0;
    }
    return resources.withDisk(disk);
  }

  /**
   * The definition as a later version.
   *
   * @param instances how many instances it wants
   * @param version when it was made
   * @param lastScalingAt see the component
   * @param lastConfigChangeAt see the component
   */
  public AppDefinition asVersion(
      int instances, Instant version, Instant lastScalingAt, Instant lastConfigChangeAt) {
    return new AppDefinition(
        id,
        command,
        user,
        env,
        instances,
        resources,
        container,
        networks,
        portDefinitions,
        requirePorts,
        constraints,
        fetch,
        healthChecks,
        upgradeStrategy,
        backoff,
        labels,
        acceptedResourceRoles,
        role,
        unreachableStrategy,
        killSelection,
        killGracePeriod,
        residency,
        version,
        lastScalingAt,
        lastConfigChangeAt);
  }

  /**
   * The definition with other ports.
   *
   * @param ports replaces {@code portDefinitions}
   * @param container replaces {@code container}
   */
  public AppDefinition withPorts(List<PortDefinition> ports, Optional<Container> container) {
    return new AppDefinition(
        id,
        command,
        user,
        env,
        instances,
        resources,
        container,
        networks,
        ports,
        requirePorts,
        constraints,
        fetch,
        healthChecks,
        upgradeStrategy,
        backoff,
        labels,
        acceptedResourceRoles,
        role,
        unreachableStrategy,
        killSelection,
        killGracePeriod,
        residency,
        version,
        lastScalingAt,
        lastConfigChangeAt);
  }

  /** A host port an instance needs: {@code number} 0 means any the agent has free. */
  public record WantedPort(int number, Optional<String> name) {}

  /**
   * The same with another's rules for Homeport itself: what it does when tasks fail, vanish or are
   * replaced. Tasks never see them, so that a change of them alone concerns no task that runs.
   *
   * @param other whose upgrade and unreachable strategies, back-off, kill selection and residency
   *     are taken
   */
  public AppDefinition withSchedulingOf(AppDefinition other) {
    return new AppDefinition(
        id,
        command,
        user,
        env,
        instances,
        resources,
        container,
        networks,
        portDefinitions,
        requirePorts,
        constraints,
        fetch,
        healthChecks,
        other.upgradeStrategy,
        other.backoff,
        labels,
        acceptedResourceRoles,
        role,
        other.unreachableStrategy,
        other.killSelection,
        killGracePeriod,
        other.residency,
        version,
        lastScalingAt,
        lastConfigChangeAt);
  }
}
