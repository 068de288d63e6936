package io.homeport.store;

import io.homeport.model.AccessMode;
import io.homeport.model.Container;
import io.homeport.model.ContainerImage;
import io.homeport.model.ContainerType;
import io.homeport.model.DiskType;
import io.homeport.model.HostVolume;
import io.homeport.model.PersistentVolumeSpec;
import io.homeport.model.PortMapping;

/**
 * How containers are stored. The names here, and their order, are on users' disks: they never
 * change.
 */
final class ContainerFormat {
  private ContainerFormat() {}

  static void write(RecordWriter out, Container container) {
    out.constant("type", container.type());
    out.object("image", container.image(), ContainerFormat::writeImage);
    out.objects(
        "persistentVolumes", container.persistentVolumes(), ContainerFormat::writePersistent);
    out.objects("hostVolumes", container.hostVolumes(), ContainerFormat::writeHostVolume);
    out.objects("portMappings", container.portMappings(), ContainerFormat::writeMapping);
  }

  static Container read(RecordReader in) {
    return new Container(
        in.constant("type", ContainerType.class),
        in.optionalObject("image", ContainerFormat::readImage),
        in.objects("persistentVolumes", ContainerFormat::readPersistent),
        in.objects("hostVolumes", ContainerFormat::readHostVolume),
        in.objects("portMappings", ContainerFormat::readMapping));
  }

  private static void writeImage(RecordWriter out, ContainerImage image) {
    out.text("name", image.name());
    out.flag("forcePull", image.forcePull());
    out.flag("privileged", image.privileged());
    out.objects("parameters", image.parameters(), ContainerFormat::writeParameter);
  }

  private static ContainerImage readImage(RecordReader in) {
    return new ContainerImage(
        in.text("name"),
        in.flag("forcePull"),
        in.flag("privileged"),
        in.objects("parameters", ContainerFormat::readParameter));
  }

  private static void writeParameter(RecordWriter out, ContainerImage.Parameter parameter) {
    out.text("key", parameter.key());
    out.text("value", parameter.value());
  }

  private static ContainerImage.Parameter readParameter(RecordReader in) {
    return new ContainerImage.Parameter(in.text("key"), in.text("value"));
  }

  private static void writePersistent(RecordWriter out, PersistentVolumeSpec volume) {
    out.text("containerPath", volume.containerPath());
    out.constant("mode", volume.mode());
    out.constant("type", volume.type());
    out.number("sizeMib", volume.sizeMib());
    out.number("maxSizeMib", volume.maxSizeMib());
    out.text("profileName", volume.profileName());
    out.objects("constraints", volume.constraints(), AppFormat::writeConstraint);
  }

  private static PersistentVolumeSpec readPersistent(RecordReader in) {
    return new PersistentVolumeSpec(
        in.text("containerPath"),
        in.constant("mode", AccessMode.class),
        in.constant("type", DiskType.class),
        in.number("sizeMib"),
        in.optionalNumber("maxSizeMib"),
        in.optionalText("profileName"),
        in.objects("constraints", AppFormat::readConstraint));
  }

  private static void writeHostVolume(RecordWriter out, HostVolume volume) {
    out.text("containerPath", volume.containerPath());
    out.text("hostPath", volume.hostPath());
    out.constant("mode", volume.mode());
  }

  private static HostVolume readHostVolume(RecordReader in) {
    return new HostVolume(
        in.text("containerPath"), in.text("hostPath"), in.constant("mode", AccessMode.class));
  }

  private static void writeMapping(RecordWriter out, PortMapping mapping) {
    out.integer("containerPort", mapping.containerPort());
    out.integer("hostPort", mapping.hostPort());
    out.integer("servicePort", mapping.servicePort());
    out.text("protocol", mapping.protocol());
    out.text("name", mapping.name());
    out.texts("labels", mapping.labels());
  }

  private static PortMapping readMapping(RecordReader in) {
    return new PortMapping(
        in.integer("containerPort"),
        in.optionalInteger("hostPort"),
        in.integer("servicePort"),
        in.text("protocol"),
        in.optionalText("name"),
        in.textsByName("labels"));
  }
}
