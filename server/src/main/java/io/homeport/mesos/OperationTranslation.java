package io.homeport.mesos;

import io.homeport.model.DiskSource;
import io.homeport.model.DiskType;
import io.homeport.model.OfferedReservation;
import io.homeport.model.Operation;
import io.homeport.model.OperationId;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationId;
import io.homeport.model.Resources;
import io.homeport.model.TaskLaunch;
import io.homeport.model.Volume;
import io.homeport.model.VolumeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.mesos.v1.Protos;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Resource.ReservationInfo;
import org.apache.mesos.v1.Protos.Value;

/** From the core's operations to Mesos's, for the offers of one ACCEPT. */
final class OperationTranslation {
  private final String installation;
  private final String principal;
  private final String role;
  private final boolean feedback;
  private final ResourceLot lot;

  /**
   * A translation.
   *
   * @param installation ours
   * @param principal ours; empty without authentication
   * @param role the role the offers are allocated to
   * @param feedback whether the agent can say what became of operations
   * @param offered the resources of the offers
   */
  OperationTranslation(
      String installation,
      String principal,
      String role,
      boolean feedback,
      List<Resource> offered) {
    this.installation = installation;
    this.principal = principal;
    this.role = role;
    this.feedback = feedback;
    this.lot = new ResourceLot(role, offered);
  }

  /**
   * The operations, in order. Launches that follow each other go together.
   *
   * @param operations the core's
   */
  List<Offer.Operation> operations(List<Operation> operations) {
    List<Offer.Operation> translated = new ArrayList<>();
    Offer.Operation.Launch.Builder launches = Offer.Operation.Launch.newBuilder();
    for (Operation operation : operations) {
      if (operation instanceof Operation.Launch(TaskLaunch launch)) {
        launches.addTaskInfos(TaskInfos.of(launch, resources(launch)));
        continue;
      }
      flush(launches, translated);
      translated.add(
          switch (operation) {
            case Operation.Reserve reserve -> reserve(reserve);
            case Operation.Create create -> create(create);
            case Operation.Destroy destroy -> destroy(destroy);
            case Operation.Unreserve unreserve -> unreserve(unreserve);
            case Operation.Launch _ -> throw new IllegalStateException("handled above");
          });
    }
    flush(launches, translated);
    return translated;
  }

  private static void flush(Offer.Operation.Launch.Builder launches, List<Offer.Operation> to) {
    if (launches.getTaskInfosCount() > 0) {
      to.add(
          Offer.Operation.newBuilder()
              .setType(Offer.Operation.Type.LAUNCH)
              .setLaunch(launches.build())
              .build());
      launches.clear();
    }
  }

  /** Ids may be given only where feedback can come: other agents' masters refuse them. */
  private Offer.Operation.Builder begin(Offer.Operation.Type type, OperationId id) {
    Offer.Operation.Builder operation = Offer.Operation.newBuilder().setType(type);
    if (feedback) {
      operation.getIdBuilder().setValue(id.value());
    }
    return operation;
  }

  private Offer.Operation reserve(Operation.Reserve reserve) {
    Reservation home = reserve.reservation();
    List<Resource> taken = new ArrayList<>(takeFree(home.total(), home.ports()));
    for (Volume volume : home.volumes()) {
      if (volume.source().type() != DiskType.ROOT) {
        taken.addAll(
            lot.take(
                "disk",
                volume.sizeMib(),
                resource -> Ownership.isFree(resource) && isOn(resource, volume.source()),
                () -> made("disk", volume.source())));
      }
    }
    Offer.Operation.Builder operation = begin(Offer.Operation.Type.RESERVE, reserve.id());
    ReservationInfo reservation = reservation(home.id());
    for (Resource resource : taken) {
      Resource reserved = resource.toBuilder().addReservations(reservation).build();
      operation.getReserveBuilder().addResources(reserved);
      lot.add(reserved);
    }
    return operation.build();
  }

  private ReservationInfo reservation(ReservationId id) {
    ReservationInfo.Builder info =
        ReservationInfo.newBuilder()
            .setType(ReservationInfo.Type.DYNAMIC)
            .setRole(role)
            .setLabels(Ownership.labels(installation, id));
    if (!principal.isEmpty()) {
      info.setPrincipal(principal);
    }
    return info.build();
  }

  private List<Resource> takeFree(Resources wanted, List<Integer> ports) {
    return take(wanted, ports, Ownership::isFree, Optional.empty());
  }

  private List<Resource> take(
      Resources wanted,
      List<Integer> ports,
      Predicate<Resource> meant,
      Optional<ReservationId> reserved) {
    Predicate<Resource> common =
        resource -> meant.test(resource) && isOn(resource, DiskSource.ROOT);
    List<Resource> taken = new ArrayList<>();
    taken.addAll(lot.take("cpus", wanted.cpus(), meant, () -> scalar("cpus", reserved)));
    taken.addAll(lot.take("mem", wanted.mem(), meant, () -> scalar("mem", reserved)));
    taken.addAll(lot.take("disk", wanted.disk(), common, () -> scalar("disk", reserved)));
    taken.addAll(lot.take("gpus", wanted.gpus(), meant, () -> scalar("gpus", reserved)));
    taken.addAll(lot.takePorts(ports, meant, () -> made("ports", Value.Type.RANGES, reserved)));
    return taken;
  }

  private Resource.Builder scalar(String name, Optional<ReservationId> reserved) {
    return made(name, Value.Type.SCALAR, reserved);
  }

  private Resource.Builder made(String name, Value.Type type, Optional<ReservationId> reserved) {
    Resource.Builder resource = lot.made(name, type);
    reserved.ifPresent(id -> resource.addReservations(reservation(id)));
    return resource;
  }

  private Resource.Builder made(String name, DiskSource source) {
    Resource.Builder resource = lot.made(name, Value.Type.SCALAR);
    Disks.described(source).ifPresent(described -> resource.getDiskBuilder().setSource(described));
    return resource;
  }

  /** Whether a resource is plain space on a disk. */
  private static boolean isOn(Resource resource, DiskSource source) {
    return !resource.getDisk().hasPersistence()
        && Disks.source(resource).filter(source::equals).isPresent();
  }

  private static Predicate<Resource> of(ReservationId id) {
    return resource -> Ownership.reservation(resource).filter(id::equals).isPresent();
  }

  private Offer.Operation create(Operation.Create create) {
    Volume volume = create.volume();
    ReservationId home = create.reservation().id();
    List<Resource> space =
        lot.take(
            "disk",
            volume.sizeMib(),
            resource -> of(home).test(resource) && isOn(resource, volume.source()),
            () -> made("disk", volume.source()).addReservations(reservation(home)));
    Offer.Operation.Builder operation = begin(Offer.Operation.Type.CREATE, create.id());
    // Space of one reservation on one disk is one resource; a second part would be refused anyway.
    Resource made = asVolume(space.getFirst(), volume, volume.sizeMib());
    operation.getCreateBuilder().addVolumes(made);
    lot.add(made);
    return operation.build();
  }

  private Resource asVolume(Resource space, Volume volume, double sizeMib) {
    Resource.Builder made = space.toBuilder();
    made.getScalarBuilder().setValue(sizeMib);
    made.getDiskBuilder().getPersistenceBuilder().setId(volume.id().value());
    if (!principal.isEmpty()) {
      made.getDiskBuilder().getPersistenceBuilder().setPrincipal(principal);
    }
    made.getDiskBuilder().setVolume(mounted(volume.containerPath()));
    return made.build();
  }

  private static Protos.Volume.Builder mounted(String containerPath) {
    return Protos.Volume.newBuilder()
        .setContainerPath(Disks.nameInSandbox(containerPath))
        .setMode(Protos.Volume.Mode.RW);
  }

  private static boolean is(Resource resource, VolumeId id) {
    return resource.getDisk().getPersistence().getId().equals(id.value());
  }

  private Offer.Operation destroy(Operation.Destroy destroy) {
    OfferedReservation.OfferedVolume volume = destroy.volume();
    ReservationId home = destroy.reservation().id();
    List<Resource> found =
        lot.takeAll(resource -> of(home).test(resource) && is(resource, volume.id()));
    Resource meant = found.isEmpty() ? missing(home, volume) : found.getFirst();
    Offer.Operation.Builder operation = begin(Offer.Operation.Type.DESTROY, destroy.id());
    operation.getDestroyBuilder().addVolumes(meant);
    Resource.Builder space = meant.toBuilder();
    space.getDiskBuilder().clearPersistence().clearVolume();
    lot.add(space.getDisk().hasSource() ? space.build() : space.clearDisk().build());
    return operation.build();
  }

  private Resource missing(ReservationId home, OfferedReservation.OfferedVolume volume) {
    Resource.Builder made = made("disk", volume.source()).addReservations(reservation(home));
    made.getScalarBuilder().setValue(volume.sizeMib());
    made.getDiskBuilder().getPersistenceBuilder().setId(volume.id().value());
    if (!principal.isEmpty()) {
      made.getDiskBuilder().getPersistenceBuilder().setPrincipal(principal);
    }
    made.getDiskBuilder().setVolume(mounted(volume.containerPath()));
    return made.build();
  }

  private Offer.Operation unreserve(Operation.Unreserve unreserve) {
    OfferedReservation home = unreserve.reservation();
    List<Resource> held = new ArrayList<>(lot.takeAll(of(home.id())));
    if (held.isEmpty()) {
      held.addAll(
          take(home.resources(), home.ports().ports(), of(home.id()), Optional.of(home.id())));
    }
    Offer.Operation.Builder operation = begin(Offer.Operation.Type.UNRESERVE, unreserve.id());
    for (Resource resource : held) {
      operation.getUnreserveBuilder().addResources(resource);
      Resource.Builder freed = resource.toBuilder();
      freed.removeReservations(freed.getReservationsCount() - 1);
      lot.add(freed.build());
    }
    return operation.build();
  }

  private List<Resource> resources(TaskLaunch launch) {
    if (launch.reservation().isEmpty()) {
      return takeFree(launch.app().resources(), launch.ports());
    }
    Reservation home = launch.reservation().get();
    List<Resource> taken =
        new ArrayList<>(
            take(home.resources(), home.ports(), of(home.id()), Optional.of(home.id())));
    for (Volume volume : home.volumes()) {
      List<Resource> found =
          lot.takeAll(resource -> of(home.id()).test(resource) && is(resource, volume.id()));
      Resource meant =
          found.isEmpty()
              ? missing(
                  home.id(),
                  new OfferedReservation.OfferedVolume(
                      volume.id(), volume.containerPath(), volume.sizeMib(), volume.source()))
              : found.getFirst();
      Resource.Builder used = meant.toBuilder();
      used.getDiskBuilder().setVolume(mounted(volume.containerPath()));
      taken.add(used.build());
    }
    return taken;
  }
}
