package io.homeport.model;

import java.util.List;
import java.util.Optional;

/**
 * How a task is isolated and what is mounted into it.
 *
 * @param type which of Marathon's container types was asked for
 * @param image the image; none means a plain process in its sandbox
 * @param persistentVolumes volumes that outlive tasks
 * @param hostVolumes directories of the agent, mounted as they are
 * @param portMappings container ports and the host ports that lead to them
 */
public record Container(
    ContainerType type,
    Optional<ContainerImage> image,
    List<PersistentVolumeSpec> persistentVolumes,
    List<HostVolume> hostVolumes,
    List<PortMapping> portMappings) {}
