package io.homeport.mesos;

import io.homeport.model.AgentId;
import io.homeport.model.VolumeId;
import io.homeport.runtime.TaskFiles;
import io.homeport.runtime.UsageSeries;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.mesos.v1.Protos.FileInfo;
import org.apache.mesos.v1.agent.Protos.Response;

/**
 * Files of sandboxes and volumes, read through the agents' own API, so that browsers and command
 * lines need no route to agents.
 */
final class AgentFiles implements TaskFiles {
  private static final Duration USAGE_AGE = Duration.ofSeconds(30);
  private static final int TYPE_MASK = 0170000;
  private static final int TYPE_FILE = 0100000;
  private static final int TYPE_DIRECTORY = 0040000;
  private static final int PERMISSIONS = 9;

  private final MesosHttp http;
  private final KnownAgents agents;
  private final Supplier<Optional<String>> frameworkId;
  private final Map<VolumeId, Optional<Usage>> usages = new ConcurrentHashMap<>();
  private final Map<VolumeId, UsageSeries> series = new ConcurrentHashMap<>();
  private final Map<VolumeId, Instant> asked = new ConcurrentHashMap<>();

  /**
   * Files.
   *
   * @param http the wire
   * @param agents where agents are
   * @param frameworkId Mesos's name for us
   */
  AgentFiles(MesosHttp http, KnownAgents agents, Supplier<Optional<String>> frameworkId) {
    this.http = http;
    this.agents = agents;
    this.frameworkId = frameworkId;
  }

  private static AgentId agent(Place place) {
    return switch (place) {
      case Place.Sandbox sandbox -> sandbox.agent();
      case Place.VolumeData data -> data.agent();
    };
  }

  private AgentApi api(Place place) throws IOException {
    AgentId agent = agent(place);
    URI address =
        agents
            .address(agent)
            .orElseThrow(
                () ->
                    new NoSuchFileException(
                        "The master lists no agent '" + agent + "', so its files cannot be read"));
    return new AgentApi(http, address);
  }

  private String root(AgentApi api, Place place) throws IOException, InterruptedException {
    return switch (place) {
      case Place.Sandbox sandbox -> AgentApi.path(frameworkId.get().orElse(""), sandbox.task());
      case Place.VolumeData data ->
          api.tenant(data.volume())
              .map(AgentApi::path)
              .orElseThrow(
                  () ->
                      new NoSuchFileException(
                          "Mesos shows a volume's files only through the sandbox of a task that"
                              + " uses or used it, and the agent remembers none of volume "
                              + data.volume()));
    };
  }

  /** Refuses paths that lead upwards; agents refuse those that leave the sandbox by links. */
  private static String within(String root, String path) throws IOException {
    String relative = path.replaceFirst("^/+", "").replaceFirst("/+$", "");
    if (List.of(relative.split("/")).contains("..")) {
      throw new NoSuchFileException(path);
    }
    return relative.isEmpty() ? root : root + "/" + relative;
  }

  @Override
  public List<Entry> list(Place place, String path) throws IOException {
    try {
      AgentApi api = api(place);
      String prefix = path.replaceFirst("^/+", "").replaceFirst("/+$", "");
      return api.list(within(root(api, place), path)).stream()
          .map(file -> entry(prefix, file))
          .sorted(Comparator.comparing(Entry::path))
          .toList();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static Entry entry(String prefix, FileInfo file) {
    String name = file.getPath().substring(file.getPath().lastIndexOf('/') + 1);
    int type = file.getMode() & TYPE_MASK;
    Kind kind =
        type == TYPE_FILE ? Kind.FILE : type == TYPE_DIRECTORY ? Kind.DIRECTORY : Kind.OTHER;
    return new Entry(
        prefix.isEmpty() ? name : prefix + "/" + name,
        kind,
        kind == Kind.FILE ? file.getSize() : 0,
        Instant.ofEpochSecond(0, file.getMtime().getNanoseconds()),
        permissions(file.getMode()),
        file.getUid());
  }

  private static String permissions(int mode) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    PosixFilePermission[] all = PosixFilePermission.values(); // in the order of the bits
    for (int bit = 0; bit < PERMISSIONS; bit++) {
      if ((mode & (1 << (PERMISSIONS - 1 - bit))) != 0) {
        permissions.add(all[bit]);
      }
    }
    return PosixFilePermissions.toString(permissions);
  }

  @Override
  public Chunk read(Place place, String path, long offset, int length) throws IOException {
    try {
      AgentApi api = api(place);
      String file = within(root(api, place), path);
      long from = offset < 0 ? Math.max(0, api.read(file, 0, 0).getSize() + offset) : offset;
      Response.ReadFile part = api.read(file, from, length);
      return new Chunk(
          Math.min(from, part.getSize()), part.getData().toByteArray(), part.getSize());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IOException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    InterruptedIOException interrupted = new InterruptedIOException("interrupted");
    interrupted.initCause(cause);
    return interrupted;
  }

  /** What was last measured; asking makes for a newer measurement, which this does not wait for. */
  @Override
  public Optional<Usage> usage(Place.VolumeData place) {
    Instant now = Instant.now();
    Instant last = asked.getOrDefault(place.volume(), Instant.EPOCH);
    if (last.plus(USAGE_AGE).isBefore(now)) {
      asked.put(place.volume(), now);
      http.threads().execute(() -> measure(place));
    }
    return usages.getOrDefault(place.volume(), Optional.empty());
  }

  private void measure(Place.VolumeData place) {
    try {
      api(place)
          .used(place.volume())
          .ifPresent(
              bytes -> {
                UsageSeries known = series.computeIfAbsent(place.volume(), _ -> new UsageSeries());
                synchronized (known) {
                  usages.put(place.volume(), Optional.of(known.add(bytes, Instant.now())));
                }
              });
    } catch (IOException e) {
      Log.LOGGER.debug("The use of volume {} is not known", place.volume(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public List<Use> uses(Place.VolumeData place) throws IOException {
    try {
      return api(place).uses(place.volume());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Would have to be asked of the agent, for each task again. */
  @Override
  public Optional<Use> use(Place.Sandbox place) {
    return Optional.empty();
  }

  /** The agent's directories are its own; what can be said is the path its API takes. */
  @Override
  public Optional<String> location(Place place) {
    return switch (place) {
      case Place.Sandbox sandbox -> frameworkId.get().map(id -> AgentApi.path(id, sandbox.task()));
      case Place.VolumeData _ -> Optional.empty();
    };
  }
}
