package io.homeport.api.definition;

import io.homeport.model.AccessMode;
import io.homeport.model.Constraint;
import io.homeport.model.DiskType;
import io.homeport.model.HostVolume;
import io.homeport.model.PersistentVolumeSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;

/**
 * Reads {@code container.volumes}, with the rules for persistent volumes of Marathon 1.11 and its
 * messages.
 */
final class VolumeReader {
  private static final SequencedMap<String, AccessMode> MODES =
      Choices.of(AccessMode.values(), AccessMode::name);
  private static final SequencedMap<String, DiskType> TYPES =
      Choices.of(DiskType.values(), Choices::lowerCase);

  private final Problems problems;
  private final boolean image;
  private final List<PersistentVolumeSpec> persistent = new ArrayList<>();
  private final List<HostVolume> host = new ArrayList<>();
  private final Map<String, Integer> positions = new HashMap<>();

  /**
   * A reader for one container.
   *
   * @param problems takes what is wrong
   * @param image whether the container has an image; without one its tasks are plain processes,
   *     which see their volumes in the sandbox
   */
  VolumeReader(Problems problems, boolean image) {
    this.problems = problems;
    this.image = image;
  }

  /** The persistent volumes read. */
  List<PersistentVolumeSpec> persistent() {
    return List.copyOf(persistent);
  }

  /** The host volumes read. */
  List<HostVolume> host() {
    return List.copyOf(host);
  }

  /**
   * Reads all volumes.
   *
   * @param container the fields of the container
   */
  void read(Fields container) {
    Optional<JsonNode> volumes = container.value("volumes");
    if (volumes.isEmpty()) {
      return;
    }
    if (!volumes.get().isArray()) {
      container.problem("volumes", "expected an array, found " + Found.describe(volumes.get()));
      return;
    }
    for (int position = 0; position < volumes.get().size(); position++) {
      FieldPath path = container.path("volumes").item(position);
      Optional<Fields> fields = Fields.of(volumes.get().get(position), path, problems);
      if (fields.isPresent()) {
        readVolume(fields.get(), position);
      }
    }
  }

  private void readVolume(Fields volume, int position) {
    volume.unsupported(
        "external", "use a persistent volume, or a hostPath where the data is mounted");
    volume.unsupported("secret", "put the secret into a file that is fetched or mounted");
    volume.require("containerPath", "where the task sees the volume");
    Optional<String> path = volume.nonEmptyText("containerPath");
    path.ifPresent(found -> checkPath(volume, found, position));
    Optional<Fields> info = volume.object("persistent");
    if (volume.has("persistent")) {
      Optional<AccessMode> mode = volume.choice("mode", MODES);
      if (mode.orElse(AccessMode.RW) != AccessMode.RW) {
        volume.problem("mode", "does not equal RW");
      }
      if (volume.has("hostPath")) {
        volume.problem("hostPath", "a persistent volume cannot have a path on the host");
      }
      info.flatMap(fields -> persistent(fields, path.orElse(""))).ifPresent(persistent::add);
    } else if (volume.has("hostPath")) {
      readHostVolume(volume, path);
    } else if (!volume.has("external") && !volume.has("secret")) {
      volume.choice("mode", MODES);
      problems.add(volume.path(), "expected a volume with \"persistent\" or \"hostPath\"");
    } else {
      volume.value("mode");
    }
    volume.finish();
  }

  private void readHostVolume(Fields volume, Optional<String> path) {
    volume.require("mode", "RO or RW");
    Optional<AccessMode> mode = volume.choice("mode", MODES);
    Optional<String> hostPath = volume.nonEmptyText("hostPath");
    if (hostPath.isPresent() && !isAbsolute(hostPath.get())) {
      volume.problem(
          "hostPath",
          "expected an absolute path without \".\" and \"..\", found "
              + Found.quoted(hostPath.get()));
    }
    if (path.isPresent() && hostPath.isPresent() && mode.isPresent()) {
      host.add(new HostVolume(path.get(), hostPath.get(), mode.get()));
    }
  }

  private void checkPath(Fields volume, String path, int position) {
    ContainerPaths.problem(path, image)
        .ifPresent(problem -> volume.problem("containerPath", problem));
    Integer earlier = positions.putIfAbsent(path, position);
    if (earlier != null) {
      volume.problem(
          "containerPath",
          "Container paths must be unique: volumes(" + earlier + ") has " + path + " too");
    }
  }

  private static boolean isAbsolute(String path) {
    return path.equals("/") || ContainerPaths.isAbsolute(path);
  }

  private Optional<PersistentVolumeSpec> persistent(Fields info, String containerPath) {
    int before = problems.count();
    info.require("size", "the size of the volume in MiB");
    Optional<Long> size = info.wholeNumber("size", Limits.NO_LESS, Limits.MOST_MIB);
    size.filter(mib -> mib <= 0)
        .ifPresent(mib -> info.problem("size", "got " + mib + ", expected more than 0"));
    Optional<String> profile = info.nonEmptyText("profileName");
    DiskType type =
        info.choice("type", TYPES).orElse(profile.isPresent() ? DiskType.MOUNT : DiskType.ROOT);
    Optional<Long> maxSize = info.wholeNumber("maxSize", 0, Limits.MOST_MIB);
    if (maxSize.isPresent() && type != DiskType.MOUNT) {
      problems.add(info.path(), "Only mount volumes can have maxSize");
    }
    if (maxSize.isPresent() && size.isPresent() && maxSize.get() <= size.get()) {
      problems.add(info.path(), "Max size must be larger than size");
    }
    List<Constraint> constraints =
        ConstraintReader.read(info, new ConstraintReader(problems)::ofVolume);
    if (type == DiskType.ROOT && !constraints.isEmpty()) {
      problems.add(info.path(), "Constraints on root volumes are not supported");
    }
    info.finish();
    if (problems.count() != before || size.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new PersistentVolumeSpec(
            containerPath,
            AccessMode.RW,
            type,
            size.get(),
            maxSize.map(Long::doubleValue),
            profile,
            constraints));
  }
}
