package io.homeport.mesos;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.model.AccessMode;
import io.homeport.model.AgentId;
import io.homeport.model.AppDefinition;
import io.homeport.model.Call;
import io.homeport.model.Container;
import io.homeport.model.ContainerImage;
import io.homeport.model.ContainerType;
import io.homeport.model.DiskType;
import io.homeport.model.HostVolume;
import io.homeport.model.OfferId;
import io.homeport.model.Operation;
import io.homeport.model.OperationId;
import io.homeport.model.PersistentVolumeSpec;
import io.homeport.model.Pool;
import io.homeport.model.PortDefinition;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationId;
import io.homeport.model.ReservationState;
import io.homeport.model.Resources;
import io.homeport.model.TaskId;
import io.homeport.model.TaskLaunch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.mesos.v1.Protos.ContainerInfo;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Resource.ReservationInfo;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.Protos.Value;
import org.junit.jupiter.api.Test;

/** Containers, ports and reservations that the recordings do not show. */
final class TaskInfosTest {
  private static TaskLaunch launch(Optional<Container> container, List<PortDefinition> ports) {
    TaskInfo.Builder info = TaskInfo.newBuilder().setName("samson.sesame");
    info.getCommandBuilder().setShell(false).addArguments("serve");
    AppDefinition app = ModelApps.of(info.buildPartial(), Pool.EMPTY).withPorts(ports, container);
    return new TaskLaunch(
        new TaskId("sesame_samson.instance-t-1._app.1"),
        app,
        0,
        new AgentId("agent"),
        new TreeMap<>(),
        List.of(31001),
        Optional.empty());
  }

  private static Container container(ContainerType type) {
    return new Container(
        type,
        Optional.of(new ContainerImage("mysql:8", true, false, List.of())),
        List.of(
            new PersistentVolumeSpec(
                "/var/lib/mysql",
                AccessMode.RW,
                DiskType.ROOT,
                10,
                Optional.empty(),
                Optional.empty(),
                List.of())),
        List.of(new HostVolume("/etc/keys", "/opt/keys", AccessMode.RO)),
        List.of());
  }

  @Test
  void aVolumeAtAnAbsolutePathIsMappedIntoTheContainer() {
    for (ContainerType type : ContainerType.values()) {
      ContainerInfo info =
          TaskInfos.of(launch(Optional.of(container(type)), List.of()), List.of()).getContainer();

      assertThat(info.getType().name()).isEqualTo(type.name());
      assertThat(info.getVolumesList())
          .extracting(volume -> volume.getHostPath() + " -> " + volume.getContainerPath())
          .containsExactly("/opt/keys -> /etc/keys", "%2Fvar%2Flib%2Fmysql -> /var/lib/mysql");
    }
    assertThat(Disks.containerPath(Disks.nameInSandbox("/a%2F/b"))).isEqualTo("/a%2F/b");
    assertThat(Disks.nameInSandbox("data")).isEqualTo("data");
  }

  @Test
  void anImagesEntryPointGetsTheArguments() {
    TaskInfo info =
        TaskInfos.of(launch(Optional.of(container(ContainerType.MESOS)), List.of()), List.of());

    assertThat(info.getCommand().hasValue()).isFalse();
    assertThat(info.getCommand().getArgumentsList()).containsExactly("serve");
    assertThat(info.getContainer().getMesos().getImage().getCached()).isFalse();
    assertThat(TaskInfos.of(launch(Optional.empty(), List.of()), List.of()).getCommand().getValue())
        .isEqualTo("serve");
  }

  @Test
  void portsAreDiscoverableUnderEachProtocol() {
    PortDefinition port =
        new PortDefinition(10_000, "udp,tcp", Optional.of("api"), new TreeMap<>());
    TaskInfo info = TaskInfos.of(launch(Optional.empty(), List.of(port)), List.of());

    assertThat(info.getDiscovery().getName()).isEqualTo("samson.sesame");
    assertThat(info.getDiscovery().getPorts().getPortsList())
        .extracting(each -> each.getNumber() + " " + each.getName() + " " + each.getProtocol())
        .containsExactly("31001 api udp", "31001 api tcp");
  }

  private static Resource cpus(double amount, String reservedFor) {
    Resource.Builder resource = Resource.newBuilder().setName("cpus").setType(Value.Type.SCALAR);
    resource.getScalarBuilder().setValue(amount);
    resource.getAllocationInfoBuilder().setRole("storage/homeport");
    if (!reservedFor.isEmpty()) {
      resource.addReservationsBuilder().setType(ReservationInfo.Type.STATIC).setRole(reservedFor);
    }
    return resource.build();
  }

  @Test
  void aStaticReservationForARoleAboveIsRefined() {
    Offer offer =
        TestOffers.EMPTY.toBuilder()
            .addResources(cpus(2, "storage"))
            .addResources(cpus(4, "storage/homeport"))
            .build();
    Offer allocated =
        offer.toBuilder()
            .setAllocationInfo(Resource.AllocationInfo.newBuilder().setRole("storage/homeport"))
            .build();
    Reservation home =
        new Reservation(
            new ReservationId("home"),
            new io.homeport.model.AppId("/app"),
            0,
            Optional.empty(),
            new AgentId("agent"),
            "host",
            "storage/homeport",
            new Resources(1, 0, 0, 0),
            List.of(),
            List.of(),
            new ReservationState.Requested(new OperationId("reserve~home~1")),
            false);
    CallTranslation translation =
        new CallTranslation(MesosOptions.of("m", "storage/homeport"), "installation");
    var call =
        translation.call(
            new Call.Accept(
                List.of(new OfferId("offer")),
                new AgentId("agent"),
                List.of(new Operation.Reserve(new OperationId("reserve~home~1"), home)),
                Duration.ZERO),
            "framework",
            List.of(allocated),
            _ -> false);

    // What is reserved for our very role without our labels is not ours to use.
    assertThat(OfferTranslation.offer(offer, TestOffers.AGENT).unreserved().resources().cpus())
        .isEqualTo(2);
    Offer.Operation reserve = call.getAccept().getOperations(0);
    assertThat(reserve.hasId()).as("an agent without feedback").isFalse();
    assertThat(reserve.getReserve().getResources(0).getReservationsList())
        .extracting(ReservationInfo::getRole)
        .containsExactly("storage", "storage/homeport");
  }
}
