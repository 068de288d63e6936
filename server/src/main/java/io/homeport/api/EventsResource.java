package io.homeport.api;

import io.homeport.runtime.EventId;
import io.homeport.runtime.PublishedEvent;
import io.homeport.runtime.Subscription;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/**
 * The event stream: {@code GET /v2/events} as server-sent events. Each carries an id; who comes
 * back with {@code Last-Event-ID} gets what it missed, or an {@code event_gap} that says that it
 * cannot.
 */
final class EventsResource {
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);
  private static final int MOST_TAIL = 10_000;

  private final Backend backend;

  EventsResource(Backend backend) {
    this.backend = backend;
  }

  Answer follow(Request request) {
    String accept = request.headers().apply("Accept").orElse("*/*");
    if (!accept.contains("text/event-stream") && !accept.contains("*/*")) {
      throw ApiException.of(
          406, "not_acceptable", "The event stream is text/event-stream; Accept must allow that.");
    }
    Optional<String> header = request.headers().apply("Last-Event-ID");
    Optional<EventId> after =
        header.map(
            text ->
                EventId.parse(text)
                    .orElseThrow(
                        () ->
                            ApiException.badRequest(
                                "Last-Event-ID is the id of an event, such as 17-0.")));
    int tail = tail(request);
    TreeSet<String> types = new TreeSet<>(request.all("event_type"));
    boolean light = request.first("plan-format").filter("light"::equals).isPresent();
    String clientIp = request.clientIp();
    return new Answer.Stream(
        200,
        "text/event-stream",
        client -> {
          EventId last = backend.journal().last();
          try (Subscription subscription =
                  after.isEmpty()
                      ? backend.journal().subscribeTail(tail)
                      : backend.journal().subscribe(after);
              StuckFollower _ = StuckFollower.watch(subscription, StuckFollower.PAUSE)) {
            attached(client, clientIp, last, types);
            gap(client, subscription);
            stream(client, subscription, types, light);
          } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
          }
        },
        Map.of("Cache-Control", "no-store"));
  }

  /** How many events of before are told first. */
  private static int tail(Request request) {
    long tail = request.number("tail").orElse(0L);
    if (tail < 0 || tail > MOST_TAIL) {
      throw ApiException.badRequest(
          "The query parameter tail is a number of events from 0 to " + MOST_TAIL + ".");
    }
    return (int) tail;
  }

  private static void attached(
      OutputStream client, String clientIp, EventId last, Set<String> types) throws IOException {
    String type = "event_stream_attached";
    if (types.isEmpty() || types.contains(type)) {
      ObjectNode json = Json.object();
      json.put("remoteAddress", clientIp);
      json.put("lastEventId", last.toString());
      json.put("eventType", type);
      json.put("timestamp", Json.time(Instant.now()));
      send(client, Optional.empty(), json);
    }
    client.flush();
  }

  private static void gap(OutputStream client, Subscription subscription) throws IOException {
    if (subscription.gap().isPresent()) {
      Subscription.Gap gap = subscription.gap().get();
      ObjectNode json = Json.object();
      json.put("from", gap.from().toString());
      json.put("to", gap.to().map(EventId::toString).orElse(null));
      json.put("eventType", "event_gap");
      json.put("timestamp", Json.time(Instant.now()));
      send(client, Optional.empty(), json);
      client.flush();
    }
  }

  private static void stream(
      OutputStream client, Subscription subscription, Set<String> types, boolean light)
      throws IOException, InterruptedException {
    while (true) {
      switch (subscription.take(KEEP_ALIVE)) {
        case Subscription.Taken.Ended ended -> {
          ObjectNode json = Json.object();
          json.put("reason", ended.why());
          json.put("eventType", "event_stream_detached");
          json.put("timestamp", Json.time(Instant.now()));
          send(client, Optional.empty(), json);
          client.flush();
          return;
        }
        case Subscription.Taken.Events events -> {
          for (PublishedEvent event : events.events()) {
            send(client, event, types, light);
          }
          if (events.events().isEmpty()) {
            client.write(": still here\n\n".getBytes(StandardCharsets.UTF_8));
          }
          client.flush();
        }
      }
    }
  }

  private static void send(
      OutputStream client, PublishedEvent event, Set<String> types, boolean light)
      throws IOException {
    List<ObjectNode> all = EventJson.of(event.event(), event.at(), light);
    for (ObjectNode json : all) {
      if (types.isEmpty() || types.contains(json.path("eventType").asString())) {
        send(client, Optional.of(event.id()), json);
      }
    }
  }

  private static void send(OutputStream client, Optional<EventId> id, ObjectNode json)
      throws IOException {
    StringBuilder text = new StringBuilder();
    id.ifPresent(name -> text.append("id: ").append(name).append('\n'));
    text.append("event: ").append(json.path("eventType").asString()).append('\n');
    text.append("data: ").append(Json.MAPPER.writeValueAsString(json)).append("\n\n");
    client.write(text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
