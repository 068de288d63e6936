package io.homeport.api;

import io.homeport.model.AgentId;
import io.homeport.model.Instance;
import io.homeport.model.Reservation;
import io.homeport.model.Task;
import io.homeport.model.TaskId;
import io.homeport.model.VolumeId;
import io.homeport.runtime.TaskFiles;
import io.homeport.state.ClusterState;
import io.homeport.state.Quarantined;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Browsing and downloading the files of sandboxes and volumes. */
final class FilesResource {
  private static final int CHUNK = 256 * 1024;

  private final Backend backend;

  FilesResource(Backend backend) {
    this.backend = backend;
  }

  Answer ofTask(Request request) {
    return list(sandbox(backend, request.parameter("task")), request);
  }

  Answer contentOfTask(Request request) {
    return content(sandbox(backend, request.parameter("task")), request);
  }

  Answer ofVolume(Request request) {
    return list(volume(request), request);
  }

  Answer contentOfVolume(Request request) {
    return content(volume(request), request);
  }

  /** The sandbox of a task, also of an earlier run of its instance. */
  static TaskFiles.Place.Sandbox sandbox(Backend backend, String text) {
    TaskId task = TaskId.parse(text).orElseThrow(() -> unknownTask(text));
    ClusterState state = backend.state();
    Optional<AgentId> agent =
        state.durable().instance(task.instanceId()).flatMap(Instance::task).map(Task::agent);
    for (AgentId candidate : state.durable().agents().keySet()) {
      if (agent.isEmpty() && isThere(backend, candidate, task)) {
        agent = Optional.of(candidate);
      }
    }
    return new TaskFiles.Place.Sandbox(agent.orElseThrow(() -> unknownTask(text)), task);
  }

  private static boolean isThere(Backend backend, AgentId agent, TaskId task) {
    return backend.cluster().files().location(new TaskFiles.Place.Sandbox(agent, task)).isPresent();
  }

  static ApiException unknownTask(String text) {
    return ApiException.of(404, "task_unknown", "Task '" + text + "' does not exist");
  }

  private TaskFiles.Place volume(Request request) {
    VolumeId id = VolumesResource.id(request);
    ClusterState state = backend.state();
    Optional<AgentId> agent = state.durable().reservationOf(id).map(Reservation::agent);
    for (Quarantined quarantined : state.present().quarantined().values()) {
      boolean there =
          quarantined.offered().volumes().stream().anyMatch(volume -> volume.id().equals(id));
      if (there) {
        agent = Optional.of(quarantined.agent().id());
      }
    }
    return new TaskFiles.Place.VolumeData(
        agent.orElseThrow(() -> VolumesResource.unknown(id.value())), id);
  }

  private Answer list(TaskFiles.Place place, Request request) {
    String path = path(request);
    ObjectNode body = Json.object();
    body.put("path", path);
    ArrayNode entries = body.putArray("entries");
    try {
      for (TaskFiles.Entry entry : backend.cluster().files().list(place, path)) {
        entries
            .addObject()
            .put("path", entry.path())
            .put("name", entry.path().substring(entry.path().lastIndexOf('/') + 1))
            .put("kind", entry.kind().name().toLowerCase(Locale.ROOT))
            .put("size", entry.size())
            .put("modifiedAt", Json.time(entry.modifiedAt()))
            .put("mode", entry.mode())
            .put("owner", entry.owner());
      }
    } catch (IOException | IllegalArgumentException failed) {
      throw failure(path, failed);
    }
    return Answer.ok(body);
  }

  private static String path(Request request) {
    String path = request.first("path").orElse("");
    if (path.indexOf('\0') >= 0) {
      throw ApiException.badRequest("The path must not contain NUL.");
    }
    return path;
  }

  static ApiException failure(String path, Exception failed) {
    if (failed instanceof NoSuchFileException) {
      return ApiException.of(
          404,
          "file_unknown",
          "There is no regular file or directory \""
              + path
              + "\" here, or it is not kept any more.");
    }
    return ApiException.of(
        422, "file_unreadable", "\"" + path + "\" cannot be read: " + failed.getMessage());
  }

  private Answer content(TaskFiles.Place place, Request request) {
    String path = path(request);
    if (path.isEmpty()) {
      throw ApiException.badRequest("The query parameter path is missing: which file to read.");
    }
    Optional<Long> offset = request.number("offset");
    Optional<Long> length = request.number("length");
    if (length.filter(bytes -> bytes < 0).isPresent()) {
      throw ApiException.badRequest("The query parameter length must not be negative.");
    }
    try {
      int most = (int) Math.min(length.orElse((long) CHUNK), CHUNK);
      TaskFiles.Chunk first = backend.cluster().files().read(place, path, offset.orElse(0L), most);
      Map<String, String> headers = new HashMap<>();
      headers.put("X-Offset", Long.toString(first.offset()));
      headers.put("X-Size", Long.toString(first.size()));
      boolean whole = offset.isEmpty() && length.isEmpty();
      if (whole) {
        String name = path.substring(path.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]", "_");
        headers.put("Content-Disposition", "attachment; filename=\"" + name + "\"");
      }
      return new Answer.Stream(
          200,
          "application/octet-stream",
          client -> copy(place, path, first, whole, client),
          headers);
    } catch (IOException | IllegalArgumentException failed) {
      throw failure(path, failed);
    }
  }

  private void copy(
      TaskFiles.Place place, String path, TaskFiles.Chunk first, boolean whole, OutputStream client)
      throws IOException {
    client.write(first.bytes());
    long next = first.offset() + first.bytes().length;
    while (whole && next < first.size()) {
      int most = (int) Math.min(CHUNK, first.size() - next);
      TaskFiles.Chunk chunk = backend.cluster().files().read(place, path, next, most);
      if (chunk.bytes().length == 0) {
        return;
      }
      client.write(chunk.bytes());
      next = chunk.offset() + chunk.bytes().length;
    }
  }
}
