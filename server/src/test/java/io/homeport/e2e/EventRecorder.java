package io.homeport.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keeps every event of a server's stream from now on. */
final class EventRecorder implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private final Stream<String> lines;

  EventRecorder(ServerProcess server) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/v2/events"))
            .header("Accept", "text/event-stream")
            .build();
    this.lines = client.send(request, HttpResponse.BodyHandlers.ofLines()).body();
    Thread.ofVirtual().start(this::read);
  }

  private void read() {
    try {
      lines
          .filter(line -> line.startsWith("data:"))
          .forEach(line -> events.add(JsonMapper.shared().readTree(line.substring(5))));
    } catch (java.io.UncheckedIOException closed) {
      // The stream was closed, by the server or by close().
    }
  }

  List<JsonNode> events() {
    return List.copyOf(events);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
