package io.homeport.local;

import io.homeport.model.FetchUri;
import io.homeport.model.RunCommand;
import io.homeport.model.TaskId;
import io.homeport.model.TaskLaunch;
import io.homeport.model.VolumeId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Prepares a task's sandbox and starts it. Takes long; runs beside the engine's thread. */
final class TaskLauncher {
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private final AgentDirectories directories;
  private final LocalEngineOptions options;
  private final Machine machine;

  TaskLauncher(AgentDirectories directories, LocalEngineOptions options, Machine machine) {
    this.directories = directories;
    this.options = options;
    this.machine = machine;
  }

  /** A launch that cannot be; the message is for people. */
  private static final class NotLaunched extends Exception {
    private static final long serialVersionUID = 1L;

    NotLaunched(String message) {
      super(message);
    }
  }

  /**
   * Launches a task that is on record.
   *
   * @param launch the task
   * @param record its record
   */
  Supervisor.Start launch(TaskLaunch launch, TaskRecord record) throws InterruptedException {
    try {
      TaskUser own = TaskUser.own();
      boolean image = record.container().isPresent();
      TaskUser user = image ? own : user(launch, own);
      Path sandbox = directories.sandbox(record.taskId());
      Path run = directories.run(record.taskId());
      DurableFiles.makeDirectory(sandbox, "rwxr-xr-x");
      DurableFiles.makeDirectory(run, "rwx------");
      Map<String, Path> volumes = volumes(record);
      Optional<String> tenant = tenant(volumes);
      if (tenant.isPresent()) {
        return new Supervisor.Start.VolumeInUse(tenant.get());
      }
      for (FetchUri uri : launch.app().fetch()) {
        Fetcher.fetch(uri, sandbox);
      }
      handOver(sandbox, volumes, user, !image);
      if (Supervisor.endRequested(run)) {
        return new Supervisor.Start.Refused("Ended before it was started");
      }
      SupervisorSpec spec = spec(launch, record, user, volumes);
      if (user.uid() != own.uid()) {
        spec.user(user);
      }
      DurableFiles.write(run.resolve("spec"), spec.toBytes(), "rw-------");
      return machine.supervisor().start(run);
    } catch (NotLaunched | IllegalArgumentException e) {
      return new Supervisor.Start.Refused(String.valueOf(e.getMessage()));
    } catch (IOException | UncheckedIOException e) {
      return new Supervisor.Start.Refused("It could not be started: " + e.getMessage());
    }
  }

  private TaskUser user(TaskLaunch launch, TaskUser own) throws NotLaunched, IOException {
    Optional<String> name = launch.app().user();
    if (name.isEmpty() || name.get().equals(own.name())) {
      return own;
    }
    TaskUser user = TaskUser.named(name.get());
    if (user.uid() != own.uid() && own.uid() != 0) {
      throw new NotLaunched(
          "It is to run as user '"
              + name.get()
              + "', and only a server that runs as root can switch users; this one runs as '"
              + own.name()
              + "'");
    }
    Optional<Path> closed = user.firstClosed(directories.tasks());
    if (closed.isPresent()) {
      throw new NotLaunched(
          "User '" + name.get() + "' may not enter " + closed.get() + " and so not the sandbox");
    }
    return user;
  }

  /** The directories of its volumes, by container path. A missing one is never made anew. */
  private Map<String, Path> volumes(TaskRecord record) throws NotLaunched {
    Map<String, Path> volumes = new LinkedHashMap<>();
    for (TaskRecord.Mount mount : record.mounts()) {
      Path data = directories.data(new VolumeId(mount.volume()));
      if (!Files.isDirectory(data)) {
        throw new NotLaunched(
            "The directory of volume '" + mount.volume() + "' is missing: " + data);
      }
      volumes.put(mount.containerPath(), data);
    }
    return volumes;
  }

  private static Optional<String> tenant(Map<String, Path> volumes) throws IOException {
    for (Path data : volumes.values()) {
      Optional<String> tenant = Vacancy.tenant(directoryOf(data));
      if (tenant.isPresent()) {
        return Optional.of("The volume at " + data + " is in use: " + tenant.get());
      }
    }
    return Optional.empty();
  }

  private static Path directoryOf(Path data) {
    Path volume = data.getParent();
    if (volume == null) {
      throw new IllegalArgumentException("not a volume's data: " + data);
    }
    return volume;
  }

  /**
   * Links the volumes into the sandbox and gives all of it to the user. A link needs no privileges
   * and no mount that could be left over.
   */
  private static void handOver(
      Path sandbox, Map<String, Path> volumes, TaskUser user, boolean links)
      throws IOException, NotLaunched {
    for (Map.Entry<String, Path> volume : volumes.entrySet()) {
      VolumeDirectory.handTo(volume.getValue(), user);
      Path link = sandbox.resolve(volume.getKey().replaceFirst("^/+", "")).normalize();
      if (!link.startsWith(sandbox) || link.equals(sandbox)) {
        throw new NotLaunched("Container path '" + volume.getKey() + "' leads out of the sandbox");
      }
      if (links) {
        Files.createDirectories(directoryOf(link));
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, volume.getValue());
      }
    }
    try (Stream<Path> files = Files.walk(sandbox)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        VolumeDirectory.chown(file, user);
      }
    }
  }

  private SupervisorSpec spec(
      TaskLaunch launch, TaskRecord record, TaskUser user, Map<String, Path> volumes)
      throws NotLaunched {
    TaskId task = record.taskId();
    Path sandbox = directories.sandbox(task);
    SupervisorSpec spec =
        new SupervisorSpec()
            .task(task.value())
            .directory(sandbox)
            .grace(record.grace())
            .logs(options.logSegmentBytes(), options.logSegments());
    volumes.values().forEach(data -> spec.lock(directoryOf(data)));
    machine
        .controlGroups()
        .create(FileNames.of(task.value()), launch.app().resources())
        .forEach(spec::controlGroup);
    if (record.container().isPresent()) {
      String container = record.container().get();
      ContainerRuntime runtime =
          machine
              .containers()
              .orElseThrow(() -> new NotLaunched("Neither Podman nor Docker works here"));
      Map<String, String> env = environment(launch, user, ContainerRuntime.SANDBOX, volumes);
      Map<String, String> outside = new TreeMap<>(env);
      outside.put("PATH", PATH);
      outside.put("HOME", System.getProperty("user.home"));
      env.remove("HOME");
      env.remove("PATH");
      launch.app().env().forEach(env::put);
      return spec.politeToMainOnly()
          .environment(outside)
          .cleanup(runtime.remove(container))
          .command(runtime.run(launch, container, sandbox, volumes, env));
    }
    return spec.environment(environment(launch, user, sandbox.toString(), volumes))
        .command(command(launch.app().command()));
  }

  private static List<String> command(RunCommand command) throws NotLaunched {
    return switch (command) {
      case RunCommand.Shell(String line) -> List.of("/bin/sh", "-c", line);
      case RunCommand.Exec(List<String> args) -> args;
      case RunCommand.Pause _ -> List.of("sleep", "infinity");
      case RunCommand.ImageDefault _ -> throw new NotLaunched("There is nothing to run");
    };
  }

  /** What the launch says, what only the agent knows, and by what the agent knows its own again. */
  private static SortedMap<String, String> environment(
      TaskLaunch launch, TaskUser user, String sandbox, Map<String, Path> volumes)
      throws NotLaunched {
    SortedMap<String, String> env = new TreeMap<>();
    env.put("PATH", PATH);
    env.put("HOME", sandbox);
    env.put("USER", user.name());
    env.put("LOGNAME", user.name());
    env.put("MESOS_SANDBOX", sandbox);
    env.put("MESOS_DIRECTORY", sandbox);
    env.putAll(launch.env());
    env.put(Vacancy.TASK_VARIABLE, launch.task().value());
    if (!volumes.isEmpty()) {
      List<String> held =
          volumes.values().stream().map(data -> directoryOf(data).toString()).toList();
      env.put(Vacancy.VOLUMES_VARIABLE, String.join("\n", held));
    }
    for (String name : env.keySet()) {
      if (name.isEmpty() || name.indexOf('=') >= 0) {
        throw new NotLaunched("'" + name + "' cannot be the name of an environment variable");
      }
    }
    return env;
  }
}
