package io.homeport.mesos;

import io.homeport.model.AccessMode;
import io.homeport.model.AppDefinition;
import io.homeport.model.Container;
import io.homeport.model.ContainerImage;
import io.homeport.model.ContainerType;
import io.homeport.model.Network;
import io.homeport.model.PersistentVolumeSpec;
import io.homeport.model.PortMapping;
import io.homeport.model.TaskLaunch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.mesos.v1.Protos.ContainerInfo;
import org.apache.mesos.v1.Protos.ContainerInfo.DockerInfo;
import org.apache.mesos.v1.Protos.Image;
import org.apache.mesos.v1.Protos.NetworkInfo;
import org.apache.mesos.v1.Protos.Volume;

/** Images, mounts and networks of tasks. */
final class ContainerInfos {
  /** The name that Mesos's documentation gives the bridge of the universal container runtime. */
  private static final String BRIDGE = "mesos-bridge";

  private ContainerInfos() {}

  /** The container of a task; none for a plain process in its sandbox. */
  static Optional<ContainerInfo> of(TaskLaunch launch) {
    AppDefinition app = launch.app();
    Optional<Container> container = app.container();
    boolean plain =
        container.isEmpty()
            || (container.get().image().isEmpty() && container.get().hostVolumes().isEmpty());
    if (plain && TaskInfos.isOnHostNetwork(app)) {
      return Optional.empty();
    }
    ContainerInfo.Builder info = ContainerInfo.newBuilder();
    boolean docker =
        container.map(Container::type).filter(ContainerType.DOCKER::equals).isPresent()
            && container.flatMap(Container::image).isPresent();
    if (docker) {
      info.setType(ContainerInfo.Type.DOCKER);
      container.flatMap(Container::image).ifPresent(image -> docker(info, image, launch));
    } else {
      info.setType(ContainerInfo.Type.MESOS);
      container.flatMap(Container::image).ifPresent(image -> mesos(info, image));
      network(app)
          .filter(network -> network.mode() != Network.Mode.HOST)
          .ifPresent(network -> info.addNetworkInfos(joined(network, launch)));
    }
    container.ifPresent(some -> mounts(some).forEach(info::addVolumes));
    return Optional.of(info.build());
  }

  private static Optional<Network> network(AppDefinition app) {
    return app.networks().stream().findFirst();
  }

  private static void mesos(ContainerInfo.Builder info, ContainerImage image) {
    Image.Builder builder =
        Image.newBuilder().setType(Image.Type.DOCKER).setCached(!image.forcePull());
    builder.getDockerBuilder().setName(image.name());
    info.getMesosBuilder().setImage(builder);
  }

  private static void docker(ContainerInfo.Builder info, ContainerImage image, TaskLaunch launch) {
    DockerInfo.Builder docker =
        info.getDockerBuilder()
            .setImage(image.name())
            .setForcePullImage(image.forcePull())
            .setPrivileged(image.privileged());
    image
        .parameters()
        .forEach(
            parameter ->
                docker.addParametersBuilder().setKey(parameter.key()).setValue(parameter.value()));
    Network network = network(launch.app()).orElse(Network.HOST);
    docker.setNetwork(
        switch (network.mode()) {
          case HOST -> DockerInfo.Network.HOST;
          case CONTAINER_BRIDGE -> DockerInfo.Network.BRIDGE;
          case CONTAINER -> DockerInfo.Network.USER;
        });
    network.name().ifPresent(name -> info.addNetworkInfosBuilder().setName(name));
    if (network.mode() != Network.Mode.HOST) {
      mappings(launch)
          .forEach(
              mapping ->
                  docker
                      .addPortMappingsBuilder()
                      .setHostPort(mapping.getHostPort())
                      .setContainerPort(mapping.getContainerPort())
                      .setProtocol(mapping.getProtocol()));
    }
  }

  private static NetworkInfo joined(Network network, TaskLaunch launch) {
    return NetworkInfo.newBuilder()
        .setName(network.name().orElse(BRIDGE))
        .addAllPortMappings(mappings(launch))
        .build();
  }

  private static List<NetworkInfo.PortMapping> mappings(TaskLaunch launch) {
    List<NetworkInfo.PortMapping> mappings = new ArrayList<>();
    int host = 0;
    for (PortMapping mapping :
        launch.app().container().map(Container::portMappings).orElse(List.of())) {
      if (mapping.hostPort().isEmpty() || host >= launch.ports().size()) {
        continue;
      }
      int hostPort = launch.ports().get(host++);
      for (String protocol : mapping.protocol().split(",")) {
        mappings.add(
            NetworkInfo.PortMapping.newBuilder()
                .setHostPort(hostPort)
                .setContainerPort(mapping.containerPort() == 0 ? hostPort : mapping.containerPort())
                .setProtocol(protocol)
                .build());
      }
    }
    return mappings;
  }

  /**
   * Directories of the agent, and for persistent volumes at absolute paths the mapping from the
   * name in the sandbox, where Mesos mounts them, to the path in the container.
   */
  private static List<Volume> mounts(Container container) {
    List<Volume> mounts = new ArrayList<>();
    container
        .hostVolumes()
        .forEach(
            volume -> mounts.add(mount(volume.containerPath(), volume.hostPath(), volume.mode())));
    for (PersistentVolumeSpec volume : container.persistentVolumes()) {
      if (volume.containerPath().startsWith("/")) {
        mounts.add(
            mount(
                volume.containerPath(),
                Disks.nameInSandbox(volume.containerPath()),
                volume.mode()));
      }
    }
    return mounts;
  }

  private static Volume mount(String containerPath, String hostPath, AccessMode mode) {
    return Volume.newBuilder()
        .setContainerPath(containerPath)
        .setHostPath(hostPath)
        .setMode(
            switch (mode) {
              case RO -> Volume.Mode.RO;
              case RW -> Volume.Mode.RW;
            })
        .build();
  }
}
