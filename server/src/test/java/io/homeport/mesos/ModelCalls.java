package io.homeport.mesos;

import io.homeport.model.AgentId;
import io.homeport.model.DiskSource;
import io.homeport.model.DiskType;
import io.homeport.model.InstanceId;
import io.homeport.model.OfferId;
import io.homeport.model.OfferedReservation;
import io.homeport.model.Operation;
import io.homeport.model.OperationId;
import io.homeport.model.Pool;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationId;
import io.homeport.model.ReservationState;
import io.homeport.model.TaskId;
import io.homeport.model.TaskLaunch;
import io.homeport.model.Volume;
import io.homeport.model.VolumeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.scheduler.Protos.Call;

/**
 * What the core must have asked for, read from a call as Mesos gets it: the way back of {@link
 * CallTranslation}, for tests that hold a recorded call against ours.
 */
final class ModelCalls {
  private static final double MILLIS = 1000;

  private ModelCalls() {}

  /** The core's call; empty for those it has no part in. */
  static Optional<io.homeport.model.Call> of(Call call) {
    return switch (call.getType()) {
      case ACCEPT -> Optional.of(accept(call.getAccept()));
      case DECLINE ->
          Optional.of(
              new io.homeport.model.Call.Decline(
                  call.getDecline().getOfferIdsList().stream()
                      .map(id -> new OfferId(id.getValue()))
                      .toList(),
                  duration(call.getDecline().getFilters().getRefuseSeconds())));
      case KILL ->
          Optional.of(
              new io.homeport.model.Call.Kill(
                  new TaskId(call.getKill().getTaskId().getValue()),
                  new AgentId(call.getKill().getAgentId().getValue()),
                  call.getKill().hasKillPolicy()
                      ? Optional.of(
                          Duration.ofNanos(
                              call.getKill().getKillPolicy().getGracePeriod().getNanoseconds()))
                      : Optional.empty()));
      case ACKNOWLEDGE ->
          Optional.of(
              new io.homeport.model.Call.Acknowledge(
                  new TaskId(call.getAcknowledge().getTaskId().getValue()),
                  new AgentId(call.getAcknowledge().getAgentId().getValue()),
                  UpdateTranslation.text(call.getAcknowledge().getUuid())));
      case ACKNOWLEDGE_OPERATION_STATUS ->
          Optional.of(
              new io.homeport.model.Call.AcknowledgeOperation(
                  new OperationId(call.getAcknowledgeOperationStatus().getOperationId().getValue()),
                  new AgentId(call.getAcknowledgeOperationStatus().getAgentId().getValue()),
                  UpdateTranslation.text(call.getAcknowledgeOperationStatus().getUuid())));
      case RECONCILE ->
          Optional.of(
              new io.homeport.model.Call.Reconcile(
                  call.getReconcile().getTasksList().stream()
                      .map(
                          task ->
                              new io.homeport.model.Call.KnownTask(
                                  new TaskId(task.getTaskId().getValue()),
                                  new AgentId(task.getAgentId().getValue())))
                      .toList()));
      case RECONCILE_OPERATIONS ->
          Optional.of(
              new io.homeport.model.Call.ReconcileOperations(
                  call.getReconcileOperations().getOperationsList().stream()
                      .map(
                          operation ->
                              new io.homeport.model.Call.KnownOperation(
                                  new OperationId(operation.getOperationId().getValue()),
                                  new AgentId(operation.getAgentId().getValue())))
                      .toList()));
      case REVIVE -> Optional.of(new io.homeport.model.Call.Revive());
      case SUPPRESS -> Optional.of(new io.homeport.model.Call.Suppress());
      case SUBSCRIBE,
          TEARDOWN,
          ACCEPT_INVERSE_OFFERS,
          DECLINE_INVERSE_OFFERS,
          SHUTDOWN,
          MESSAGE,
          REQUEST,
          UPDATE_FRAMEWORK,
          UNKNOWN ->
          Optional.empty();
    };
  }

  private static Duration duration(double seconds) {
    return Duration.ofMillis(Math.round(seconds * MILLIS));
  }

  private static io.homeport.model.Call.Accept accept(Call.Accept accept) {
    List<Operation> operations = new ArrayList<>();
    String agent = "";
    for (Offer.Operation operation : accept.getOperationsList()) {
      if (operation.hasLaunch()) {
        agent = operation.getLaunch().getTaskInfos(0).getAgentId().getValue();
      }
      operations.addAll(operations(operation, accept));
    }
    return new io.homeport.model.Call.Accept(
        accept.getOfferIdsList().stream().map(id -> new OfferId(id.getValue())).toList(),
        new AgentId(agent.isEmpty() ? "agent" : agent),
        operations,
        duration(accept.getFilters().getRefuseSeconds()));
  }

  private static List<Operation> operations(Offer.Operation operation, Call.Accept accept) {
    OperationId id =
        new OperationId(
            operation.getId().getValue().isEmpty() ? "none" : operation.getId().getValue());
    return switch (operation.getType()) {
      case RESERVE ->
          List.of(
              new Operation.Reserve(
                  id, reserved(operation.getReserve().getResourcesList(), created(accept), id)));
      case CREATE -> {
        Resource made = operation.getCreate().getVolumes(0);
        yield List.of(
            new Operation.Create(id, reserved(List.of(), List.of(made), id), volume(made)));
      }
      case DESTROY -> {
        OfferedReservation home = offered(operation.getDestroy().getVolumesList());
        yield List.of(new Operation.Destroy(id, home, home.volumes().getFirst()));
      }
      case UNRESERVE ->
          List.of(
              new Operation.Unreserve(id, offered(operation.getUnreserve().getResourcesList())));
      case LAUNCH ->
          operation.getLaunch().getTaskInfosList().stream()
              .<Operation>map(info -> new Operation.Launch(launch(info)))
              .toList();
      case LAUNCH_GROUP, GROW_VOLUME, SHRINK_VOLUME, CREATE_DISK, DESTROY_DISK, UNKNOWN ->
          List.of();
    };
  }

  private static List<Resource> created(Call.Accept accept) {
    return accept.getOperationsList().stream()
        .flatMap(operation -> operation.getCreate().getVolumesList().stream())
        .toList();
  }

  private static Volume volume(Resource resource) {
    return new Volume(
        new VolumeId(resource.getDisk().getPersistence().getId()),
        Disks.containerPath(resource.getDisk().getVolume().getContainerPath()),
        resource.getScalar().getValue(),
        Disks.source(resource).orElse(DiskSource.ROOT),
        Volume.State.REQUESTED,
        Instant.EPOCH);
  }

  /** A reservation as it is asked for: the space of its volumes is part of what is reserved. */
  private static Reservation reserved(
      List<Resource> resources, List<Resource> created, OperationId id) {
    List<Resource> all = new ArrayList<>(resources);
    all.addAll(created);
    ReservationId label =
        all.stream()
            .flatMap(each -> Ownership.reservation(each).stream())
            .findFirst()
            .orElseThrow();
    List<Volume> volumes =
        created.stream()
            .filter(each -> Ownership.reservation(each).filter(label::equals).isPresent())
            .map(ModelCalls::volume)
            .toList();
    Pool pool = OfferTranslation.pool(resources);
    double space =
        volumes.stream()
            .filter(volume -> volume.source().type() == DiskType.ROOT)
            .mapToDouble(Volume::sizeMib)
            .sum();
    double disk = Math.max(0, pool.resources().disk() - space);
    return reservation(label, pool, disk, volumes, new ReservationState.Requested(id));
  }

  private static Reservation reservation(
      ReservationId label, Pool pool, double disk, List<Volume> volumes, ReservationState state) {
    return new Reservation(
        label,
        new io.homeport.model.AppId("/app"),
        0,
        Optional.<InstanceId>empty(),
        new AgentId("agent"),
        "host",
        "homeport",
        pool.resources().withDisk(disk),
        pool.ports().ports(),
        volumes,
        state,
        false);
  }

  private static OfferedReservation offered(List<Resource> resources) {
    Offer offer = Offer.newBuilder(TestOffers.EMPTY).addAllResources(resources).build();
    return OfferTranslation.offer(offer, TestOffers.AGENT).reservations().getFirst();
  }

  private static TaskLaunch launch(TaskInfo info) {
    List<Resource> resources = info.getResourcesList();
    Optional<ReservationId> label =
        resources.stream().flatMap(each -> Ownership.reservation(each).stream()).findFirst();
    Pool pool = OfferTranslation.pool(resources);
    Optional<Reservation> home =
        label.map(
            id ->
                reservation(
                    id,
                    pool,
                    pool.resources().disk(),
                    resources.stream()
                        .filter(each -> each.getDisk().hasPersistence())
                        .map(ModelCalls::volume)
                        .toList(),
                    new ReservationState.Held()));
    TreeMap<String, String> env = new TreeMap<>();
    info.getCommand()
        .getEnvironment()
        .getVariablesList()
        .forEach(variable -> env.put(variable.getName(), variable.getValue()));
    return new TaskLaunch(
        new TaskId(info.getTaskId().getValue()),
        ModelApps.of(info, pool),
        0,
        new AgentId(info.getAgentId().getValue()),
        env,
        pool.ports().ports(),
        home);
  }
}
