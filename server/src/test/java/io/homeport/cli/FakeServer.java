package io.homeport.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers requests as it was told to, and remembers them. */
final class FakeServer implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  /** What is answered. */
  private record Answer(int status, String type, String body, Map<String, String> headers) {}

  /** What was asked. */
  record Request(
      String line, String body, Optional<String> authorization, Optional<String> ifMatch) {}

  FakeServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Answers a request such as {@code GET /v2/apps?id=x} with JSON. */
  FakeServer on(String request, int status, String json) {
    answers.put(request, new Answer(status, "application/json", json, Map.of()));
    return this;
  }

  /** Answers a request with something else than JSON. */
  FakeServer on(String request, String type, String body, Map<String, String> headers) {
    answers.put(request, new Answer(200, type, body, headers));
    return this;
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  /** The requests that were meant to change something. */
  List<String> changes() {
    return requests.stream()
        .map(Request::line)
        .filter(line -> !line.startsWith("GET ") && !line.contains("dryRun"))
        .toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    requests.add(
        new Request(
            line,
            body,
            Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")),
            Optional.ofNullable(exchange.getRequestHeaders().getFirst("If-Match"))));
    Answer answer =
        answers.getOrDefault(
            line,
            new Answer(
                404,
                "application/json",
                "{\"message\": \"Not in this test: " + line + "\"}",
                Map.of()));
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
