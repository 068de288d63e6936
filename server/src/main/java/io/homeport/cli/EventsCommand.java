package io.homeport.cli;

import io.homeport.cli.client.Api;
import io.homeport.cli.client.ExitStatus;
import io.homeport.cli.client.ServerSentEvents;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code homeport events}: what happened, and what happens. */
@Command(
    name = "events",
    description = {
      "Show what happened lately, as far as the server retains it; with --follow also what happens"
          + " from now on."
    })
final class EventsCommand extends ClientCommand {
  private static final long QUIET_MILLISECONDS = 700;

  @Option(
      names = {"-f", "--follow"},
      description = "Only what happens from now on, until interrupted.")
  private boolean follow;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      split = ",",
      description = "Only events of these types, such as status_update_event.")
  private List<String> types = List.of();

  @Option(
      names = "--since",
      paramLabel = "ID",
      description = "What came after the event with this id; may be combined with --follow.")
  private Optional<String> since = Optional.empty();

  @Override
  ExitStatus run(Session session) throws IOException, InterruptedException {
    String query =
        types.stream()
            .map(type -> "event_type=" + Api.encode(type))
            .collect(Collectors.joining("&"));
    Map<String, String> headers = new HashMap<>();
    headers.put("Accept", "text/event-stream");
    Optional<String> from = since.or(() -> follow ? Optional.empty() : Optional.of("0-0"));
    from.ifPresent(id -> headers.put("Last-Event-ID", id));
    String path = "/v2/events" + (query.isEmpty() ? "" : "?" + query);
    try (ServerSentEvents events =
        new ServerSentEvents(session.api().stream(path, headers).body())) {
      for (Optional<ServerSentEvents.Event> event = next(events);
          event.isPresent();
          event = next(events)) {
        show(session, event.get());
      }
    }
    return ExitStatus.OK;
  }

  /**
   * The next event. What is retained comes at once, so without {@code --follow} a pause is the end.
   */
  private Optional<ServerSentEvents.Event> next(ServerSentEvents events)
      throws IOException, InterruptedException {
    if (follow) {
      return events.next();
    }
    CompletableFuture<Optional<ServerSentEvents.Event>> next = new CompletableFuture<>();
    Thread reader =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    next.complete(events.next());
                  } catch (IOException broken) {
                    next.completeExceptionally(broken);
                  }
                });
    try {
      return next.get(QUIET_MILLISECONDS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException quiet) {
      reader.interrupt();
      return Optional.empty();
    } catch (ExecutionException broken) {
      throw new IOException("The connection broke: " + broken.getMessage(), broken);
    }
  }

  private static void show(Session session, ServerSentEvents.Event event) {
    if (session.json()) {
      session.print(event.data());
      return;
    }
    JsonNode data = JsonMapper.shared().readTree(event.data());
    session.print(
        data.path("timestamp").asString("-")
            + "  "
            + event.id()
            + "  "
            + event.type()
            + "  "
            + EventText.of(event.type(), data));
  }
}
