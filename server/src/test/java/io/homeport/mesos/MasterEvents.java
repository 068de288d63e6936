package io.homeport.mesos;

import io.homeport.model.Agent;
import io.homeport.model.DiskType;
import io.homeport.model.OfferedReservation;
import io.homeport.model.OperationUpdate;
import io.homeport.model.Pool;
import io.homeport.model.PortRanges;
import io.homeport.model.TaskUpdate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.mesos.protobuf.ByteString;
import org.apache.mesos.v1.Protos.AgentInfo;
import org.apache.mesos.v1.Protos.Attribute;
import org.apache.mesos.v1.Protos.NetworkInfo;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.OperationState;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Resource.ReservationInfo;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.Protos.Value;
import org.apache.mesos.v1.Protos.Volume;
import org.apache.mesos.v1.scheduler.Protos.Event;

/** What the Mesos of the tests says, in Mesos's words. */
final class MasterEvents {
  private static final double MILLIS = 1000;

  private MasterEvents() {}

  /**
   * An offer.
   *
   * @param installation tells what installation's label a reservation carries
   */
  static Offer offer(
      io.homeport.model.Offer offer,
      String frameworkId,
      String role,
      UnaryOperator<String> installation) {
    Offer.Builder made = Offer.newBuilder().setHostname(offer.agent().hostname());
    made.getIdBuilder().setValue(offer.id().value());
    made.getAgentIdBuilder().setValue(offer.agent().id().value());
    made.getFrameworkIdBuilder().setValue(frameworkId);
    made.getAllocationInfoBuilder().setRole(role);
    made.addAllAttributes(attributes(offer.agent()));
    made.addAllResources(resources(offer.unreserved(), role, List.of()));
    for (OfferedReservation part : offer.reservations()) {
      ReservationInfo reservation =
          ReservationInfo.newBuilder()
              .setType(ReservationInfo.Type.DYNAMIC)
              .setRole(role)
              .setLabels(Ownership.labels(installation.apply(part.id().value()), part.id()))
              .build();
      Pool plain = new Pool(part.resources(), part.ports(), part.disks());
      made.addAllResources(resources(plain, role, List.of(reservation)));
      part.volumes().forEach(volume -> made.addResources(volume(volume, role, reservation)));
    }
    return made.build();
  }

  private static Resource volume(
      OfferedReservation.OfferedVolume volume, String role, ReservationInfo reservation) {
    Resource.Builder made = scalar("disk", volume.sizeMib(), role, List.of(reservation));
    if (volume.source().type() != DiskType.ROOT) {
      made.getDiskBuilder().setSource(Disks.described(volume.source()).orElseThrow());
    }
    made.getDiskBuilder().getPersistenceBuilder().setId(volume.id().value());
    made.getDiskBuilder()
        .getVolumeBuilder()
        .setContainerPath(Disks.nameInSandbox(volume.containerPath()))
        .setMode(Volume.Mode.RW);
    return made.build();
  }

  private static List<Resource> resources(
      Pool pool, String role, List<ReservationInfo> reservations) {
    List<Resource> resources = new ArrayList<>();
    add(resources, "cpus", pool.resources().cpus(), role, reservations);
    add(resources, "mem", pool.resources().mem(), role, reservations);
    add(resources, "disk", pool.resources().disk(), role, reservations);
    if (!pool.ports().isEmpty()) {
      resources.add(ports(pool.ports(), role, reservations));
    }
    return resources;
  }

  private static void add(
      List<Resource> to, String name, double amount, String role, List<ReservationInfo> reserved) {
    if (amount > 0) {
      to.add(scalar(name, amount, role, reserved).build());
    }
  }

  private static Resource.Builder scalar(
      String name, double amount, String role, List<ReservationInfo> reservations) {
    Resource.Builder resource = Resource.newBuilder().setName(name).setType(Value.Type.SCALAR);
    resource.getScalarBuilder().setValue(amount);
    if (!role.isEmpty()) {
      resource.getAllocationInfoBuilder().setRole(role);
    }
    return resource.addAllReservations(reservations);
  }

  private static Resource ports(PortRanges ports, String role, List<ReservationInfo> reservations) {
    Resource.Builder resource = Resource.newBuilder().setName("ports").setType(Value.Type.RANGES);
    ports
        .ranges()
        .forEach(
            range ->
                resource
                    .getRangesBuilder()
                    .addRangeBuilder()
                    .setBegin(range.begin())
                    .setEnd(range.end()));
    if (!role.isEmpty()) {
      resource.getAllocationInfoBuilder().setRole(role);
    }
    return resource.addAllReservations(reservations).build();
  }

  private static List<Attribute> attributes(Agent agent) {
    List<Attribute> attributes = new ArrayList<>();
    agent
        .attributes()
        .forEach(
            (name, text) -> {
              Attribute.Builder attribute =
                  Attribute.newBuilder().setName(name).setType(Value.Type.TEXT);
              attribute.getTextBuilder().setValue(text);
              attributes.add(attribute.build());
            });
    return attributes;
  }

  /** An agent as the operator API lists it. */
  static AgentInfo agent(Agent agent, Pool total, int port) {
    AgentInfo.Builder info = AgentInfo.newBuilder().setHostname(agent.hostname()).setPort(port);
    info.getIdBuilder().setValue(agent.id().value());
    return info.addAllAttributes(attributes(agent))
        .addAllResources(resources(total, "", List.of()))
        .build();
  }

  /** A task's status. */
  static Event update(TaskUpdate update) {
    TaskStatus.Builder status =
        TaskStatus.newBuilder()
            .setState(TaskState.valueOf(update.state().name()))
            .setTimestamp(update.timestamp().toEpochMilli() / MILLIS);
    status.getTaskIdBuilder().setValue(update.task().value());
    update.agent().ifPresent(agent -> status.getAgentIdBuilder().setValue(agent.value()));
    update.healthy().ifPresent(status::setHealthy);
    update.uuid().ifPresent(uuid -> status.setUuid(bytes(uuid)));
    if (!update.message().isEmpty()) {
      status.setMessage(update.message());
    }
    for (TaskStatus.Reason reason : TaskStatus.Reason.values()) {
      if (reason.name().equals(update.reason())) {
        status.setReason(reason);
      }
    }
    update
        .ipAddresses()
        .forEach(
            address ->
                status
                    .getContainerStatusBuilder()
                    .addNetworkInfos(
                        NetworkInfo.newBuilder()
                            .addIpAddresses(
                                NetworkInfo.IPAddress.newBuilder().setIpAddress(address))));
    Event.Builder event = Event.newBuilder().setType(Event.Type.UPDATE);
    event.getUpdateBuilder().setStatus(status);
    return event.build();
  }

  /** An operation's status. */
  static Event update(OperationUpdate update) {
    Event.Builder event = Event.newBuilder().setType(Event.Type.UPDATE_OPERATION_STATUS);
    var status = event.getUpdateOperationStatusBuilder().getStatusBuilder();
    status.getOperationIdBuilder().setValue(update.operation().value());
    update.agent().ifPresent(agent -> status.getAgentIdBuilder().setValue(agent.value()));
    update.uuid().ifPresent(uuid -> status.getUuidBuilder().setValue(bytes(uuid)));
    status.setState(
        switch (update.state()) {
          case PENDING -> OperationState.OPERATION_PENDING;
          case FINISHED -> OperationState.OPERATION_FINISHED;
          case FAILED -> OperationState.OPERATION_ERROR;
          case DROPPED -> OperationState.OPERATION_DROPPED;
          case UNREACHABLE -> OperationState.OPERATION_UNREACHABLE;
          case GONE -> OperationState.OPERATION_GONE_BY_OPERATOR;
          case UNKNOWN -> OperationState.OPERATION_UNKNOWN;
        });
    if (!update.message().isEmpty()) {
      status.setMessage(update.message());
    }
    return event.build();
  }

  private static ByteString bytes(String uuid) {
    return ByteString.copyFrom(uuid, StandardCharsets.UTF_8);
  }
}
