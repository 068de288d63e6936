package io.homeport.mesos;

import io.homeport.model.TaskId;
import io.homeport.model.TaskState;
import io.homeport.model.VolumeId;
import io.homeport.runtime.TaskFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.mesos.v1.Protos.DiskStatistics;
import org.apache.mesos.v1.Protos.FileInfo;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Task;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.agent.Protos.Call;
import org.apache.mesos.v1.agent.Protos.Response;

/**
 * The API of one agent, as far as it is needed for files. Sandboxes have virtual paths there, so
 * the agent's own directories need not be known.
 *
 * @param http the wire
 * @param agent its address
 */
record AgentApi(MesosHttp http, URI agent) {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private Response ask(Call.Builder call) throws IOException, InterruptedException {
    return http.ask(agent.resolve("/api/v1"), call.build(), Response.newBuilder(), TIMEOUT).build();
  }

  /** The virtual path of a task's sandbox: commands run under an executor of the task's name. */
  static String sandbox(String frameworkId, String task) {
    return "/frameworks/" + frameworkId + "/executors/" + task + "/runs/latest";
  }

  /** What a directory holds. */
  List<FileInfo> list(String path) throws IOException, InterruptedException {
    Call.Builder call = Call.newBuilder().setType(Call.Type.LIST_FILES);
    call.getListFilesBuilder().setPath(path);
    try {
      return ask(call).getListFiles().getFileInfosList();
    } catch (MesosHttp.HttpRefusedException e) {
      throw missing(path, e);
    }
  }

  /** Part of a file. */
  Response.ReadFile read(String path, long offset, long length)
      throws IOException, InterruptedException {
    Call.Builder call = Call.newBuilder().setType(Call.Type.READ_FILE);
    call.getReadFileBuilder().setPath(path).setOffset(offset).setLength(length);
    try {
      return ask(call).getReadFile();
    } catch (MesosHttp.HttpRefusedException e) {
      throw missing(path, e);
    }
  }

  private static IOException missing(String path, MesosHttp.HttpRefusedException e) {
    return e.status() == 404 ? new NoSuchFileException(path) : e;
  }

  /** The last task on the agent that used a volume: a path to its data goes through its sandbox. */
  Optional<Tenant> tenant(VolumeId volume) throws IOException, InterruptedException {
    Response.GetTasks tasks = tasks();
    return Stream.concat(tasks.getLaunchedTasksList().stream(), ended(tasks))
        .flatMap(task -> tenant(task, volume).stream())
        .findFirst();
  }

  private Response.GetTasks tasks() throws IOException, InterruptedException {
    return ask(Call.newBuilder().setType(Call.Type.GET_TASKS)).getGetTasks();
  }

  /** The ended tasks that an agent remembers, the last one first. */
  private static Stream<Task> ended(Response.GetTasks tasks) {
    return Stream.concat(
        tasks.getTerminatedTasksList().reversed().stream(),
        tasks.getCompletedTasksList().reversed().stream());
  }

  /** The tasks that have or had a volume, the last one first, as far as the agent remembers. */
  List<TaskFiles.Use> uses(VolumeId volume) throws IOException, InterruptedException {
    Response.GetTasks tasks = tasks();
    return Stream.concat(
            tasks.getLaunchedTasksList().stream().flatMap(task -> use(task, volume, false)),
            ended(tasks).flatMap(task -> use(task, volume, true)))
        .toList();
  }

  /** A task that the agent has told something of, if the volume is one of its. */
  private static Stream<TaskFiles.Use> use(Task task, VolumeId volume, boolean ended) {
    if (task.getStatusesCount() == 0 || tenant(task, volume).isEmpty()) {
      return Stream.empty();
    }
    Instant last = at(task.getStatuses(task.getStatusesCount() - 1));
    return Stream.of(
        new TaskFiles.Use(
            new TaskId(task.getTaskId().getValue()),
            at(task.getStatuses(0)),
            ended ? Optional.of(last) : Optional.empty(),
            TaskState.valueOf(task.getState().name())));
  }

  private static Instant at(TaskStatus status) {
    return Instant.ofEpochMilli(Math.round(status.getTimestamp() * 1000));
  }

  private static Optional<Tenant> tenant(Task task, VolumeId volume) {
    return task.getResourcesList().stream()
        .filter(resource -> isOf(resource, volume))
        .map(
            resource ->
                new Tenant(
                    task.getFrameworkId().getValue(),
                    task.getTaskId().getValue(),
                    resource.getDisk().getVolume().getContainerPath()))
        .findFirst();
  }

  private static boolean isOf(Resource resource, VolumeId volume) {
    return resource.getDisk().getPersistence().getId().equals(volume.value());
  }

  /** How many bytes of a volume are used, while a task has it and the agent measures disks. */
  Optional<Long> used(VolumeId volume) throws IOException, InterruptedException {
    return ask(Call.newBuilder().setType(Call.Type.GET_CONTAINERS))
        .getGetContainers()
        .getContainersList()
        .stream()
        .flatMap(container -> container.getResourceStatistics().getDiskStatisticsList().stream())
        .filter(disk -> disk.getPersistence().getId().equals(volume.value()))
        .map(DiskStatistics::getUsedBytes)
        .findFirst();
  }

  /**
   * A task that has or had a volume.
   *
   * @param frameworkId the task's framework
   * @param task its id
   * @param name the volume's name in its sandbox
   */
  record Tenant(String frameworkId, String task, String name) {}

  /** The volume's path through a tenant's sandbox. */
  static String path(Tenant tenant) {
    return sandbox(tenant.frameworkId(), tenant.task()) + "/" + tenant.name();
  }

  /** The virtual path of a task's sandbox. */
  static String path(String frameworkId, TaskId task) {
    return sandbox(frameworkId, task.value());
  }
}
