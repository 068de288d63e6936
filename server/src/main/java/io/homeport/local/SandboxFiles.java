package io.homeport.local;

import io.homeport.model.TaskState;
import io.homeport.model.VolumeId;
import io.homeport.runtime.TaskFiles;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads sandboxes and volumes. The logs are shown as files of the sandbox, though they are kept
 * where the task cannot reach them; a volume is shown as a directory where the task has its link.
 */
final class SandboxFiles implements TaskFiles {
  private static final Set<String> LOGS = Set.of("stdout", "stderr");

  /** More is not read at once, whatever is asked for. */
  private static final int LARGEST_CHUNK = 8 << 20;

  private final Path root;
  private final VolumeUsage usage;

  SandboxFiles(Path root, VolumeUsage usage) {
    this.root = root;
    this.usage = usage;
  }

  /** A directory within an agent's, and the way from there. */
  private record Spot(AgentDirectories agent, Path base, List<String> names) {}

  private Spot spot(Place place, String path) throws IOException {
    List<String> names = SecureWalk.names(path);
    return switch (place) {
      case Place.VolumeData data -> {
        AgentDirectories agent = agent(data.agent());
        yield new Spot(agent, agent.data(data.volume()), names);
      }
      case Place.Sandbox sandbox -> {
        AgentDirectories agent = agent(sandbox.agent());
        for (TaskRecord.Mount mount : mounts(agent, sandbox)) {
          List<String> link = SecureWalk.names(mount.containerPath());
          if (names.size() >= link.size() && names.subList(0, link.size()).equals(link)) {
            Path data = agent.data(new VolumeId(mount.volume()));
            yield new Spot(agent, data, names.subList(link.size(), names.size()));
          }
        }
        yield new Spot(agent, agent.sandbox(sandbox.task()), names);
      }
    };
  }

  private AgentDirectories agent(io.homeport.model.AgentId id) throws NoSuchFileException {
    return AgentNames.directories(root, id).orElseThrow(() -> new NoSuchFileException(id.value()));
  }

  private static List<TaskRecord.Mount> mounts(AgentDirectories agent, Place.Sandbox sandbox)
      throws IOException {
    return AgentLedger.recordOf(agent, sandbox.task())
        .orElseThrow(() -> new NoSuchFileException(sandbox.task().value()))
        .mounts();
  }

  private SecureWalk walk(Spot spot) throws IOException {
    List<String> names = new ArrayList<>();
    root.relativize(spot.base()).forEach(name -> names.add(name.toString()));
    SecureWalk walk = SecureWalk.from(root);
    try {
      return walk.enter(names);
    } catch (IOException e) {
      walk.close();
      throw e;
    }
  }

  @Override
  public List<Entry> list(Place place, String path) throws IOException {
    Spot spot = spot(place, path);
    String prefix = String.join("/", SecureWalk.names(path));
    List<Entry> entries = new ArrayList<>();
    try (SecureWalk walk = walk(spot).enter(spot.names())) {
      for (Path entry : walk.here()) {
        Path name = entry.getFileName();
        try {
          entries.add(
              entry(
                  prefix,
                  name.toString(),
                  walk.here()
                      .getFileAttributeView(
                          name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                      .readAttributes()));
        } catch (NoSuchFileException e) {
          Log.LOGGER.trace("{} vanished meanwhile", name, e);
        }
      }
    }
    if (place instanceof Place.Sandbox sandbox && prefix.isEmpty()) {
      addLogs(entries, spot.agent(), sandbox);
      showVolumes(entries, mounts(spot.agent(), sandbox));
    }
    entries.sort(Comparator.comparing(Entry::path));
    return entries;
  }

  private static Entry entry(String prefix, String name, PosixFileAttributes attributes) {
    Kind kind =
        attributes.isRegularFile()
            ? Kind.FILE
            : attributes.isDirectory() ? Kind.DIRECTORY : Kind.OTHER;
    return new Entry(
        prefix.isEmpty() ? name : prefix + "/" + name,
        kind,
        kind == Kind.FILE ? attributes.size() : 0,
        attributes.lastModifiedTime().toInstant(),
        PosixFilePermissions.toString(attributes.permissions()),
        attributes.owner().getName());
  }

  private static void addLogs(List<Entry> entries, AgentDirectories agent, Place.Sandbox sandbox)
      throws IOException {
    Path logs = logs(agent, sandbox);
    entries.removeIf(entry -> LOGS.contains(entry.path()));
    for (String name : LOGS) {
      long size = new SegmentedLog(logs, name).size();
      Instant at = Files.exists(logs) ? Files.getLastModifiedTime(logs).toInstant() : Instant.EPOCH;
      entries.add(new Entry(name, Kind.FILE, size, at, "rw-r-----", "homeport"));
    }
  }

  private static void showVolumes(List<Entry> entries, List<TaskRecord.Mount> mounts) {
    entries.replaceAll(
        entry -> {
          boolean volume =
              mounts.stream().anyMatch(mount -> mount.containerPath().equals(entry.path()));
          return volume
              ? new Entry(
                  entry.path(), Kind.DIRECTORY, 0, entry.modifiedAt(), entry.mode(), entry.owner())
              : entry;
        });
  }

  private static Path logs(AgentDirectories agent, Place.Sandbox sandbox) {
    return agent.run(sandbox.task()).resolve("logs");
  }

  @Override
  public Chunk read(Place place, String path, long offset, int length) throws IOException {
    Spot spot = spot(place, path);
    int most = Math.clamp(length, 0, LARGEST_CHUNK);
    if (spot.names().isEmpty()) {
      throw new NoSuchFileException(path, null, "not a regular file");
    }
    if (place instanceof Place.Sandbox sandbox && LOGS.contains(path)) {
      return new SegmentedLog(logs(spot.agent(), sandbox), path).read(offset, most);
    }
    List<String> above = spot.names().subList(0, spot.names().size() - 1);
    try (SecureWalk walk = walk(spot).enter(above);
        SeekableByteChannel channel = walk.open(spot.names().getLast())) {
      long size = channel.size();
      long begin = Math.clamp(offset < 0 ? size + offset : offset, 0, size);
      return new Chunk(begin, SegmentedLog.part(channel, begin, most), size);
    }
  }

  @Override
  public Optional<Usage> usage(Place.VolumeData place) {
    return AgentNames.directories(root, place.agent())
        .flatMap(agent -> usage.of(agent.data(place.volume())));
  }

  @Override
  public List<Use> uses(Place.VolumeData place) throws IOException {
    List<Use> uses = new ArrayList<>();
    for (TaskRecord record : AgentLedger.recordsOf(agent(place.agent()))) {
      if (record.mounts().stream()
          .anyMatch(mount -> mount.volume().equals(place.volume().value()))) {
        uses.add(use(record));
      }
    }
    uses.sort(Comparator.comparing(Use::from).reversed());
    return uses;
  }

  @Override
  public Optional<Use> use(Place.Sandbox place) {
    try {
      return AgentLedger.recordOf(agent(place.agent()), place.task()).map(SandboxFiles::use);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Use use(TaskRecord record) {
    return new Use(
        record.taskId(),
        record.launchedAt(),
        record.outcome().map(TaskRecord.Outcome::at),
        record.outcome().map(TaskRecord.Outcome::state).orElse(TaskState.TASK_RUNNING));
  }

  @Override
  public Optional<String> location(Place place) {
    try {
      Spot spot = spot(place, "");
      return Files.isDirectory(spot.base())
          ? Optional.of(spot.base().toString())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
