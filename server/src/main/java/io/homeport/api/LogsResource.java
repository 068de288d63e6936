package io.homeport.api;

import io.homeport.model.Instance;
import io.homeport.model.Task;
import io.homeport.runtime.TaskFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.ObjectNode;

/** The logs of a task: its last lines, a part of it, or live. Offsets count from its first byte. */
final class LogsResource {
  private static final int CHUNK = 256 * 1024;
  private static final int MOST_TAIL = 100_000;
  private static final long POLL_MILLIS = 200;
  private static final int POLLS_PER_KEEP_ALIVE = 75;

  private final Backend backend;

  LogsResource(Backend backend) {
    this.backend = backend;
  }

  Answer read(Request request) {
    String log = request.parameter("log");
    if (!log.equals("stdout") && !log.equals("stderr")) {
      throw ApiException.of(
          404, "log_unknown", "There is no log \"" + log + "\": a task has stdout and stderr.");
    }
    TaskFiles.Place.Sandbox place = FilesResource.sandbox(backend, request.parameter("task"));
    try {
      long from = start(place, log, request);
      if (request.flag("follow", false)) {
        return new Answer.Stream(
            200,
            "text/event-stream",
            client -> follow(place, log, from, client),
            Map.of("Cache-Control", "no-store"));
      }
      return once(place, log, from, request);
    } catch (IOException | IllegalArgumentException failed) {
      throw FilesResource.failure(log, failed);
    }
  }

  private long start(TaskFiles.Place place, String log, Request request) throws IOException {
    Optional<Long> tail = request.number("tail");
    if (tail.isEmpty()) {
      return Math.max(0, request.number("offset").orElse(0L));
    }
    if (tail.get() < 0 || tail.get() > MOST_TAIL) {
      throw ApiException.badRequest(
          "The query parameter tail is a number of lines from 0 to " + MOST_TAIL + ".");
    }
    return tailStart(place, log, tail.get());
  }

  /** Where the last so many lines begin, found by reading backwards. */
  private long tailStart(TaskFiles.Place place, String log, long lines) throws IOException {
    TaskFiles.Chunk end = backend.cluster().files().read(place, log, 0, 0);
    long to = end.size();
    long missing = lines + 1;
    while (to > 0) {
      long from = Math.max(0, to - CHUNK);
      TaskFiles.Chunk chunk = backend.cluster().files().read(place, log, from, (int) (to - from));
      byte[] bytes = chunk.bytes();
      for (int at = bytes.length - 1; at >= 0; at--) {
        boolean last = chunk.offset() + at == end.size() - 1;
        if (bytes[at] == '\n' && !last && --missing == 1) {
          return chunk.offset() + at + 1;
        }
      }
      if (chunk.offset() > from || bytes.length == 0) {
        return chunk.offset();
      }
      to = from;
    }
    return 0;
  }

  private Answer once(TaskFiles.Place place, String log, long from, Request request)
      throws IOException {
    int most = (int) Math.max(0, Math.min(request.number("length").orElse((long) CHUNK), CHUNK));
    TaskFiles.Chunk chunk = backend.cluster().files().read(place, log, from, most);
    Map<String, String> headers = new HashMap<>();
    headers.put("X-Offset", Long.toString(chunk.offset()));
    headers.put("X-Next-Offset", Long.toString(chunk.offset() + chunk.bytes().length));
    headers.put("X-Size", Long.toString(chunk.size()));
    return new Answer.Stream(
        200, "text/plain; charset=utf-8", client -> client.write(chunk.bytes()), headers);
  }

  private void follow(TaskFiles.Place.Sandbox place, String log, long from, OutputStream client)
      throws IOException {
    long next = from;
    int idle = 0;
    while (true) {
      boolean ended = hasEnded(place);
      TaskFiles.Chunk chunk = backend.cluster().files().read(place, log, next, CHUNK);
      byte[] whole = wholeCharacters(chunk.bytes(), ended);
      if (whole.length > 0) {
        idle = 0;
        next = chunk.offset() + whole.length;
        ObjectNode data = Json.object();
        data.put("offset", chunk.offset());
        data.put("nextOffset", next);
        data.put("text", new String(whole, StandardCharsets.UTF_8));
        send(client, "event: log\ndata: " + Json.MAPPER.writeValueAsString(data) + "\n\n");
      } else if (ended) {
        send(client, "event: end\ndata: {}\n\n");
        return;
      } else {
        if (++idle % POLLS_PER_KEEP_ALIVE == 0) {
          send(client, ": still here\n\n");
        }
        pause();
      }
    }
  }

  /** A character that is cut in two waits for its other half. */
  private static byte[] wholeCharacters(byte[] bytes, boolean ended) {
    int end = bytes.length;
    int back = 0;
    while (!ended && back < 3 && end - back > 0 && (bytes[end - back - 1] & 0xC0) == 0x80) {
      back++;
    }
    boolean cut =
        !ended
            && end - back > 0
            && (bytes[end - back - 1] & 0xC0) == 0xC0
            && length(bytes[end - back - 1]) > back + 1;
    return cut ? java.util.Arrays.copyOf(bytes, end - back - 1) : bytes;
  }

  private static int length(byte lead) {
    return (lead & 0xF8) == 0xF0 ? 4 : (lead & 0xF0) == 0xE0 ? 3 : 2;
  }

  private boolean hasEnded(TaskFiles.Place.Sandbox place) {
    return backend
        .state()
        .durable()
        .instance(place.task().instanceId())
        .flatMap(Instance::task)
        .filter(task -> task.id().equals(place.task()))
        .filter(Task::isLive)
        .isEmpty();
  }

  private static void send(OutputStream client, String text) throws IOException {
    client.write(text.getBytes(StandardCharsets.UTF_8));
    client.flush();
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }
}
