package io.homeport.api.definition;

import io.homeport.model.Container;
import io.homeport.model.ContainerImage;
import io.homeport.model.HostVolume;
import io.homeport.model.PersistentVolumeSpec;
import io.homeport.model.PortMapping;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes {@code container} in Marathon's shape. */
final class ContainerWriter {
  private ContainerWriter() {}

  /**
   * Writes a container.
   *
   * @param json takes its fields
   * @param container the container
   * @param withMappings whether its port mappings are told: not with host networking
   */
  static void write(ObjectNode json, Container container, boolean withMappings) {
    json.put("type", container.type().name());
    container.image().ifPresent(image -> writeImage(json.putObject("docker"), image));
    ArrayNode volumes = json.putArray("volumes");
    container.persistentVolumes().forEach(volume -> writePersistent(volumes.addObject(), volume));
    container.hostVolumes().forEach(volume -> writeHost(volumes.addObject(), volume));
    if (withMappings) {
      ArrayNode mappings = json.putArray("portMappings");
      container.portMappings().forEach(mapping -> writeMapping(mappings.addObject(), mapping));
    }
  }

  private static void writeImage(ObjectNode json, ContainerImage image) {
    json.put("forcePullImage", image.forcePull());
    json.put("image", image.name());
    ArrayNode parameters = json.putArray("parameters");
    for (ContainerImage.Parameter parameter : image.parameters()) {
      parameters.addObject().put("key", parameter.key()).put("value", parameter.value());
    }
    json.put("privileged", image.privileged());
  }

  private static void writePersistent(ObjectNode json, PersistentVolumeSpec volume) {
    json.put("containerPath", volume.containerPath());
    ObjectNode info = json.putObject("persistent");
    info.put("type", Choices.lowerCase(volume.type()));
    info.put("size", (long) volume.sizeMib());
    volume.maxSizeMib().ifPresent(size -> info.put("maxSize", size.longValue()));
    volume.profileName().ifPresent(name -> info.put("profileName", name));
    AppWriter.writeConstraints(info.putArray("constraints"), volume.constraints());
    json.put("mode", volume.mode().name());
  }

  private static void writeHost(ObjectNode json, HostVolume volume) {
    json.put("containerPath", volume.containerPath());
    json.put("hostPath", volume.hostPath());
    json.put("mode", volume.mode().name());
  }

  private static void writeMapping(ObjectNode json, PortMapping mapping) {
    json.put("containerPort", mapping.containerPort());
    mapping.hostPort().ifPresent(port -> json.put("hostPort", port));
    AppWriter.writeMap(json.putObject("labels"), mapping.labels());
    mapping.name().ifPresent(name -> json.put("name", name));
    json.put("protocol", mapping.protocol());
    json.put("servicePort", mapping.servicePort());
  }
}
