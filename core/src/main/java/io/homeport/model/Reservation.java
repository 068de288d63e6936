package io.homeport.model;

import java.util.List;
import java.util.Optional;

/**
 * Resources kept for one instance on one agent, with the volumes that lie there.
 *
 * @param id the value of the label that all its resources carry
 * @param appId the app it was made for (or adopted by)
 * @param ordinal the ordinal of the instance it was made for
 * @param owner the instance whose home it is; absent once left behind or releasing
 * @param agent where it is, by the last known name of the agent
 * @param hostname the agent's host name, for people and constraints
 * @param role the role it is reserved for
 * @param resources cpus, mem and gpus, and as {@code disk} the sandbox's, without volumes
 * @param ports the host ports, in the order the task sees them
 * @param volumes its volumes, in the order of the definition
 * @param state where it is in its life
 * @param everRan whether a task was ever seen running on it: from then on it holds data
 */
public record Reservation(
    ReservationId id,
    AppId appId,
    int ordinal,
    Optional<InstanceId> owner,
    AgentId agent,
    String hostname,
    String role,
    Resources resources,
    List<Integer> ports,
    List<Volume> volumes,
    ReservationState state,
    boolean everRan) {

  /** Everything it takes from the agent's common space, root volumes included. */
  public Resources total() {
    double disk = resources.disk();
    for (Volume volume : volumes) {
      disk += volume.source().type() == DiskType.ROOT ? volume.sizeMib() : 0;
    }
    return resources.withDisk(disk);
  }

  /**
   * The same in another state.
   *
   * @param next the state
   */
  public Reservation in(ReservationState next) {
    return new Reservation(
        id, appId, ordinal, owner, agent, hostname, role, resources, ports, volumes, next, everRan);
  }

  /**
   * The same with other volumes.
   *
   * @param next replaces {@code volumes}
   */
  public Reservation withVolumes(List<Volume> next) {
    return new Reservation(
        id, appId, ordinal, owner, agent, hostname, role, resources, ports, next, state, everRan);
  }

  /**
   * The same, owned by an instance or by none.
   *
   * @param instance the owner
   * @param app the owner's app
   * @param number the owner's ordinal
   */
  public Reservation ownedBy(Optional<InstanceId> instance, AppId app, int number) {
    return new Reservation(
        id, app, number, instance, agent, hostname, role, resources, ports, volumes, state,
        everRan);
  }

  /**
   * The same, with names that are equal to its own and known from elsewhere, so that they are in
   * memory once.
   *
   * @param same its id
   * @param instance its owner
   */
  public Reservation named(ReservationId same, InstanceId instance) {
    return new Reservation(
        same,
        appId,
        ordinal,
        Optional.of(instance),
        agent,
        hostname,
        role,
        resources,
        ports,
        volumes,
        state,
        everRan);
  }

  /**
   * The same on an agent that came back under another name.
   *
   * @param name the agent's name now
   * @param host its host name now
   */
  public Reservation on(AgentId name, String host) {
    return new Reservation(
        id, appId, ordinal, owner, name, host, role, resources, ports, volumes, state, everRan);
  }

  /** The same, once it is known that it exists, with or without its volumes. */
  public Reservation existing() {
    return switch (state) {
      case ReservationState.Requested _ -> in(new ReservationState.Held());
      case ReservationState.LeftBehind left ->
          in(new ReservationState.LeftBehind(left.since(), left.why(), Optional.empty()));
      case ReservationState.Held _, ReservationState.Releasing _ -> this;
    };
  }

  /** The same, after a task was seen running on it. */
  public Reservation used() {
    return everRan
        ? this
        : new Reservation(
            id, appId, ordinal, owner, agent, hostname, role, resources, ports, volumes, state,
            true);
  }

  /**
   * The volume with that id, if it is one of these.
   *
   * @param volume a volume's id
   */
  public Optional<Volume> volume(VolumeId volume) {
    return volumes.stream().filter(candidate -> candidate.id().equals(volume)).findFirst();
  }

  /**
   * Whether it has the same volumes as another, whatever has become of them.
   *
   * @param other the other
   */
  public boolean hasVolumesOf(Reservation other) {
    if (volumes.size() != other.volumes.size()) {
      return false;
    }
    for (int index = 0; index < volumes.size(); index++) {
      if (!volumes.get(index).id().equals(other.volumes.get(index).id())) {
        return false;
      }
    }
    return true;
  }
}
