package io.homeport.mesos;

import io.homeport.model.DiskSource;
import io.homeport.model.DiskType;
import java.util.Optional;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Resource.DiskInfo.Source;

/** Where disk resources come from, and how container paths of volumes are written. */
final class Disks {
  private Disks() {}

  /** The source of a disk resource; empty for kinds that hold no files (BLOCK, RAW). */
  static Optional<DiskSource> source(Resource resource) {
    if (!resource.hasDisk() || !resource.getDisk().hasSource()) {
      return Optional.of(DiskSource.ROOT);
    }
    Source source = resource.getDisk().getSource();
    Optional<String> profile =
        source.hasProfile() ? Optional.of(source.getProfile()) : Optional.empty();
    return switch (source.getType()) {
      case PATH ->
          Optional.of(new DiskSource(DiskType.PATH, root(source.getPath().getRoot()), profile));
      case MOUNT ->
          Optional.of(new DiskSource(DiskType.MOUNT, root(source.getMount().getRoot()), profile));
      case BLOCK, RAW, UNKNOWN -> Optional.empty();
    };
  }

  private static Optional<String> root(String path) {
    return path.isEmpty() ? Optional.empty() : Optional.of(path);
  }

  /** The source in Mesos's form, for resources that no offer shows us. */
  static Optional<Source> described(DiskSource source) {
    Source.Builder builder = Source.newBuilder();
    source.profileName().ifPresent(builder::setProfile);
    return switch (source.type()) {
      case ROOT -> Optional.empty();
      case PATH -> {
        builder.setType(Source.Type.PATH);
        source.path().ifPresent(path -> builder.getPathBuilder().setRoot(path));
        yield Optional.of(builder.build());
      }
      case MOUNT -> {
        builder.setType(Source.Type.MOUNT);
        source.path().ifPresent(path -> builder.getMountBuilder().setRoot(path));
        yield Optional.of(builder.build());
      }
    };
  }

  /**
   * The container path of a volume as Mesos takes it: a name in the sandbox. Absolute paths, which
   * are mapped to that name inside a container with an image, are written so that they can be read
   * back from a later offer.
   */
  static String nameInSandbox(String containerPath) {
    return containerPath.startsWith("/")
        ? containerPath.replace("%", "%25").replace("/", "%2F")
        : containerPath;
  }

  /** The container path that a name in the sandbox stands for. */
  static String containerPath(String nameInSandbox) {
    return nameInSandbox.startsWith("%2F")
        ? nameInSandbox.replace("%2F", "/").replace("%25", "%")
        : nameInSandbox;
  }
}
