package io.homeport.mesos.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.mesos.protobuf.ByteString;
import org.apache.mesos.v1.Protos.AgentInfo;
import org.apache.mesos.v1.Protos.Attribute;
import org.apache.mesos.v1.Protos.NetworkInfo;
import org.apache.mesos.v1.Protos.OperationState;
import org.apache.mesos.v1.Protos.OperationStatus;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.Protos.Value;

/**
 * An agent: its disk with what is reserved there, its executors, and updates that are repeated
 * until they are acknowledged. Its process may die and come back while its tasks live on.
 */
final class Agent {
  private static final String ADDRESS = "127.0.0.1";

  private final Turns turns;
  private final Settings settings;
  private final String hostname;
  private final Map<String, String> attributes;
  private final Path directory;
  private final int port;
  private final List<Resource> initial;
  private final Map<String, Executor> executors = new LinkedHashMap<>();
  private final Map<String, Feedback> feedback = new LinkedHashMap<>();
  private Optional<Master> master = Optional.empty();
  private Bag disk;
  private String id = "";
  private boolean up = true;

  /** The outcome of an operation, which its framework has not acknowledged. */
  private record Feedback(String framework, OperationStatus status) {}

  Agent(
      Turns turns,
      Settings settings,
      String hostname,
      Map<String, String> attributes,
      Path directory,
      int port,
      List<Resource> resources) {
    this.turns = turns;
    this.settings = settings;
    this.hostname = hostname;
    this.attributes = attributes;
    this.directory = directory;
    this.port = port;
    this.initial = resources;
    this.disk = Bag.of(resources);
  }

  String id() {
    return id;
  }

  /** The master gives it a name when it registers for the first time. */
  void named(String name) {
    id = name;
  }

  String hostname() {
    return hostname;
  }

  int port() {
    return port;
  }

  boolean isUp() {
    return up;
  }

  Bag disk() {
    return disk;
  }

  Map<String, Executor> executors() {
    return executors;
  }

  boolean enforcesQuota() {
    return settings.quota();
  }

  /** Finds the leading master and registers there. */
  void meet(Master leading) {
    master = Optional.of(leading);
    if (up) {
      leading.register(this);
    }
  }

  /** The leading master is gone. */
  void lose() {
    master = Optional.empty();
  }

  /** Its process dies; executors live on. */
  void kill() {
    if (up) {
      up = false;
      master.ifPresent(leading -> leading.disconnected(this));
    }
  }

  /** Its executors die with their tasks, and it does not notice while it is dead itself. */
  void crashExecutors() {
    executors.values().forEach(Executor::crash);
  }

  /** What makes it known to the master is removed from its disk; reservations stay. */
  void forgetIdentity() {
    executors.values().forEach(Executor::crash);
    executors.clear();
    feedback.clear();
    id = "";
  }

  /** Its process starts again on the same disk. */
  void start() {
    if (up) {
      return;
    }
    up = true;
    executors.values().forEach(Executor::recover);
    master.ifPresent(leading -> leading.register(this));
    turns.soon(
        () -> {
          executors.values().forEach(this::send);
          feedback.keySet().forEach(this::sendFeedback);
        });
  }

  /** The master says that it was declared gone. */
  void shutDown() {
    executors.values().forEach(Executor::crash);
    kill();
  }

  /** An operation reaches it. */
  void apply(String framework, String operation, Bag next) {
    disk = next;
    makeDirectories();
    if (!operation.isEmpty()) {
      OperationStatus.Builder status =
          OperationStatus.newBuilder().setState(OperationState.OPERATION_FINISHED);
      status.getOperationIdBuilder().setValue(operation);
      status.getAgentIdBuilder().setValue(id);
      status.getUuidBuilder().setValue(Statuses.uuid());
      feedback.put(operation, new Feedback(framework, status.build()));
      sendFeedback(operation);
    }
  }

  /** Volumes are directories; those that were destroyed go with what was in them. */
  private void makeDirectories() {
    try {
      Path volumes = Files.createDirectories(directory.resolve("volumes"));
      for (Resource resource : disk.resources()) {
        if (resource.getDisk().hasPersistence()) {
          Files.createDirectories(volume(resource));
        }
      }
      List<Path> wanted =
          disk.resources().stream()
              .filter(resource -> resource.getDisk().hasPersistence())
              .map(this::volume)
              .toList();
      try (var found = Files.list(volumes)) {
        for (Path path : found.toList()) {
          if (!wanted.contains(path)) {
            delete(path);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path path) throws IOException {
    try (var files = Files.walk(path)) {
      for (Path file : files.toList().reversed()) {
        Files.delete(file);
      }
    }
  }

  Path volume(Resource resource) {
    String role = resource.getReservations(resource.getReservationsCount() - 1).getRole();
    String name = role.replace('/', ' ') + "#" + resource.getDisk().getPersistence().getId();
    return directory.resolve("volumes").resolve(name);
  }

  void run(String framework, TaskInfo task) {
    Executor executor = new Executor(turns, this, framework, task);
    executors.put(executor.id(), executor);
    try {
      Path sandbox = Files.createDirectories(sandbox(executor));
      for (Resource volume : volumes(task)) {
        Path link = sandbox.resolve(volume.getDisk().getVolume().getContainerPath());
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, volume(volume));
      }
      executor.start(sandbox);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path sandbox(Executor executor) {
    return directory.resolve("sandboxes").resolve(executor.container());
  }

  List<Resource> volumes(TaskInfo task) {
    return task.getResourcesList().stream()
        .filter(resource -> resource.getDisk().hasPersistence())
        .toList();
  }

  Optional<String> overQuota(TaskInfo task) {
    for (Resource resource : volumes(task)) {
      long used = TaskProcess.usedKib(volume(resource));
      long quota = (long) resource.getScalar().getValue();
      if (used > quota << 10) {
        return Optional.of("Disk usage (" + used + "KB) exceeds quota (" + quota + "MB)");
      }
    }
    return Optional.empty();
  }

  void killTask(String task, Optional<Duration> grace, Optional<TaskStatus.Reason> why) {
    Optional.ofNullable(executors.get(task)).ifPresent(executor -> executor.kill(grace, why));
  }

  TaskStatus.Builder status(Executor executor, TaskState state) {
    TaskStatus.Builder status =
        TaskStatus.newBuilder()
            .setState(state)
            .setTimestamp(Statuses.now())
            .setUuid(Statuses.uuid())
            .setContainerStatus(
                org.apache.mesos.v1.Protos.ContainerStatus.newBuilder()
                    .setExecutorPid((int) executor.pid())
                    .addNetworkInfos(
                        NetworkInfo.newBuilder()
                            .addIpAddresses(
                                NetworkInfo.IPAddress.newBuilder()
                                    .setIpAddress(ADDRESS)
                                    .setProtocol(NetworkInfo.Protocol.IPv4))));
    status.getContainerStatusBuilder().getContainerIdBuilder().setValue(executor.container());
    status.getTaskIdBuilder().setValue(executor.id());
    status.getAgentIdBuilder().setValue(id);
    status.getExecutorIdBuilder().setValue(executor.id());
    return status;
  }

  /** Sends the oldest update that is not acknowledged, now and again. */
  void send(Executor executor) {
    TaskStatus head = executor.unacknowledged().peekFirst();
    if (head == null || !up || executors.get(executor.id()) != executor) {
      return;
    }
    turns.soon(
        () -> {
          if (up) {
            master.ifPresent(leading -> leading.forward(this, executor, head));
          }
        });
    turns.after(
        settings.resend(),
        () -> {
          if (head.equals(executor.unacknowledged().peekFirst())) {
            send(executor);
          }
        });
  }

  void acknowledge(String task, ByteString uuid) {
    Executor executor = executors.get(task);
    TaskStatus head = executor == null ? null : executor.unacknowledged().peekFirst();
    if (executor == null || head == null || !head.getUuid().equals(uuid)) {
      return;
    }
    executor.unacknowledged().removeFirst();
    send(executor);
    master.ifPresent(leading -> leading.drained(this));
  }

  /** Whether nothing runs, and everything that ran is known to have ended. */
  boolean isIdle() {
    return executors.values().stream()
        .allMatch(executor -> executor.hasEnded() && executor.unacknowledged().isEmpty());
  }

  private void sendFeedback(String operation) {
    Feedback outcome = feedback.get(operation);
    if (outcome == null || !up) {
      return;
    }
    turns.soon(
        () -> {
          if (up) {
            master.ifPresent(leading -> leading.forward(outcome.framework(), outcome.status()));
          }
        });
    turns.after(
        settings.resend(),
        () -> {
          if (outcome.equals(feedback.get(operation))) {
            sendFeedback(operation);
          }
        });
  }

  void acknowledgeOperation(String operation) {
    feedback.remove(operation);
  }

  /** As the master lists it, under the name that it knows. */
  AgentInfo info(String name) {
    AgentInfo.Builder info = AgentInfo.newBuilder().setHostname(hostname).setPort(port);
    info.getIdBuilder().setValue(name);
    return info.addAllAttributes(attributes()).addAllResources(initial).build();
  }

  List<Attribute> attributes() {
    return attributes.entrySet().stream()
        .map(
            entry -> {
              Attribute.Builder attribute =
                  Attribute.newBuilder().setName(entry.getKey()).setType(Value.Type.TEXT);
              attribute.getTextBuilder().setValue(entry.getValue());
              return attribute.build();
            })
        .toList();
  }

  void destroy() {
    up = false;
    executors.values().forEach(Executor::destroy);
  }
}
