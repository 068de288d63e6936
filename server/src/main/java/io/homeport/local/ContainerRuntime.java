package io.homeport.local;

import io.homeport.model.AccessMode;
import io.homeport.model.AppDefinition;
import io.homeport.model.Container;
import io.homeport.model.ContainerImage;
import io.homeport.model.HostVolume;
import io.homeport.model.Network;
import io.homeport.model.PortMapping;
import io.homeport.model.RunCommand;
import io.homeport.model.TaskLaunch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Podman or Docker, through its own command line. The command runs in the foreground under the
 * task's supervisor, so that a container lives and ends like any other task.
 */
final class ContainerRuntime {
  /** Where a container finds the sandbox (Mesos's Docker containerizer). */
  static final String SANDBOX = "/mnt/mesos/sandbox";

  /** Variables that steer the command line itself; for a container they are named in arguments. */
  private static final Set<String> OWN = Set.of("PATH", "HOME", "TMPDIR", "XDG_RUNTIME_DIR");

  private static final List<String> DIRECTORIES =
      List.of("/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/usr/local/sbin");

  private final Path program;
  private final List<String> globalOptions;

  private ContainerRuntime(Path program, List<String> globalOptions) {
    this.program = program;
    this.globalOptions = globalOptions;
  }

  /** Looks for a runtime that answers. This starts programs, and takes a second or so. */
  static Optional<ContainerRuntime> detect() {
    Optional<ContainerRuntime> podman =
        find("podman").map(path -> new ContainerRuntime(path, podmanOptions()));
    if (podman.isPresent() && podman.get().answers("version")) {
      return podman;
    }
    Optional<ContainerRuntime> docker =
        find("docker").map(path -> new ContainerRuntime(path, List.of()));
    // "docker version" fails when there is a client but no daemon.
    return docker.filter(found -> found.answers("version"));
  }

  /** On control groups v1 crun, Podman's first choice, does not always work; runc does. */
  private static List<String> podmanOptions() {
    boolean unified = Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"));
    return unified || find("runc").isEmpty() ? List.of() : List.of("--runtime", "runc");
  }

  private static Optional<Path> find(String name) {
    return DIRECTORIES.stream()
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private boolean answers(String command) {
    try {
      Process process =
          new ProcessBuilder(program.toString(), command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean ended = process.waitFor(20, TimeUnit.SECONDS);
      process.destroyForcibly();
      return ended && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Its name, for people. */
  String name() {
    return String.valueOf(program.getFileName());
  }

  private List<String> base() {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(globalOptions);
    return command;
  }

  /**
   * The command that removes a container, however far it is.
   *
   * @param container its name
   */
  List<String> remove(String container) {
    List<String> command = base();
    command.addAll(List.of("rm", "--force", container));
    return command;
  }

  /**
   * The command that runs another command inside a container.
   *
   * @param container its name
   * @param line for the shell
   */
  List<String> execute(String container, String line) {
    List<String> command = base();
    command.addAll(List.of("exec", container, "/bin/sh", "-c", line));
    return command;
  }

  /**
   * The command that runs a task's image.
   *
   * @param launch the task
   * @param name the container's name
   * @param sandbox the task's sandbox
   * @param volumes the directories of its volumes, by container path
   * @param env its environment
   */
  List<String> run(
      TaskLaunch launch,
      String name,
      Path sandbox,
      Map<String, Path> volumes,
      Map<String, String> env) {
    AppDefinition app = launch.app();
    Container container = app.container().orElseThrow();
    ContainerImage image = container.image().orElseThrow();
    List<String> command = base();
    command.addAll(List.of("run", "--rm", "--name", name, "--log-driver", "none"));
    // Explicit, because the runtime's own defaults may be above what it is allowed to set.
    command.addAll(List.of("--ulimit", "nofile=4096:4096", "--ulimit", "nproc=4096:4096"));
    command.addAll(List.of("--pull", image.forcePull() ? "always" : "missing"));
    app.user().ifPresent(user -> command.addAll(List.of("--user", user)));
    if (image.privileged()) {
      command.add("--privileged");
    }
    addNetwork(command, launch, container);
    addMounts(command, container, sandbox, volumes);
    addEnvironment(command, env);
    for (ContainerImage.Parameter parameter : image.parameters()) {
      command.add("--" + parameter.key() + "=" + parameter.value());
    }
    addCommand(command, app.command(), image.name());
    return command;
  }

  private static void addNetwork(List<String> command, TaskLaunch launch, Container container) {
    Network network = launch.app().networks().stream().findFirst().orElse(Network.HOST);
    switch (network.mode()) {
      case HOST -> command.addAll(List.of("--network", "host"));
      case CONTAINER -> command.addAll(List.of("--network", network.name().orElse("bridge")));
      case CONTAINER_BRIDGE -> command.addAll(List.of("--network", "bridge"));
    }
    if (network.mode() == Network.Mode.HOST) {
      return;
    }
    int next = 0;
    for (PortMapping mapping : container.portMappings()) {
      if (mapping.hostPort().isPresent() && next < launch.ports().size()) {
        int host = launch.ports().get(next++);
        int inside = mapping.containerPort() == 0 ? host : mapping.containerPort();
        for (String protocol : mapping.protocol().split(",")) {
          command.addAll(List.of("--publish", host + ":" + inside + "/" + protocol));
        }
      }
    }
  }

  private static void addMounts(
      List<String> command, Container container, Path sandbox, Map<String, Path> volumes) {
    command.addAll(List.of("--volume", sandbox + ":" + SANDBOX));
    volumes.forEach(
        (path, directory) ->
            command.addAll(List.of("--volume", directory + ":" + Path.of(SANDBOX).resolve(path))));
    for (HostVolume volume : container.hostVolumes()) {
      String mode = volume.mode() == AccessMode.RO ? "ro" : "rw";
      command.addAll(
          List.of(
              "--volume",
              volume.hostPath()
                  + ":"
                  + Path.of(SANDBOX).resolve(volume.containerPath())
                  + ":"
                  + mode));
    }
  }

  /** Values stay out of the arguments, which everybody can read. */
  private static void addEnvironment(List<String> command, Map<String, String> env) {
    env.forEach(
        (name, value) ->
            command.addAll(List.of("--env", OWN.contains(name) ? name + "=" + value : name)));
  }

  private static void addCommand(List<String> command, RunCommand what, String image) {
    switch (what) {
      case RunCommand.Shell(String line) ->
          command.addAll(List.of("--entrypoint", "/bin/sh", image, "-c", line));
      case RunCommand.Exec(List<String> args) -> {
        command.add(image);
        command.addAll(args);
      }
      case RunCommand.ImageDefault _ -> command.add(image);
      case RunCommand.Pause _ ->
          command.addAll(
              List.of("--entrypoint", "/bin/sh", image, "-c", "while :; do sleep 3600; done"));
    }
  }
}
