package io.homeport.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keeps every event of a server's stream from now on. */
final class EventRecorder implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private final List<String> ids = new CopyOnWriteArrayList<>();
  private final Stream<String> lines;

  EventRecorder(ServerProcess server) throws IOException, InterruptedException {
    this(server, Map.of());
  }

  private EventRecorder(ServerProcess server, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/v2/events"))
            .header("Accept", "text/event-stream");
    headers.forEach(request::header);
    this.lines = client.send(request.build(), HttpResponse.BodyHandlers.ofLines()).body();
    Thread.ofVirtual().start(this::read);
  }

  /** Goes on after an event that is known, as a browser does when it reconnects. */
  static EventRecorder after(ServerProcess server, String lastId)
      throws IOException, InterruptedException {
    return new EventRecorder(server, Map.of("Last-Event-ID", lastId));
  }

  private void read() {
    try {
      lines.forEach(
          line -> {
            if (line.startsWith("id:")) {
              ids.add(line.substring(3).strip());
            } else if (line.startsWith("data:")) {
              events.add(JsonMapper.shared().readTree(line.substring(5)));
            }
          });
    } catch (java.io.UncheckedIOException closed) {
      // The stream was closed, by the server or by close().
    }
  }

  List<JsonNode> events() {
    return List.copyOf(events);
  }

  /** The ids of the events that have one, in the order in which they came. */
  List<String> ids() {
    return List.copyOf(ids);
  }

  /** The id of the event that came last; empty before the first. */
  String lastId() {
    return ids.isEmpty() ? "" : ids.getLast();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
