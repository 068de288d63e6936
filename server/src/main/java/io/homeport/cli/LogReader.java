package io.homeport.cli;

import io.homeport.cli.client.CommandFailure;
import io.homeport.cli.client.ExitStatus;
import io.homeport.cli.client.ServerSentEvents;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads one log and writes whole lines, each after a prefix. When the connection breaks while it
 * follows, it goes on where it was, so that nothing is missing and nothing doubled.
 */
final class LogReader {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int MOST_FAILURES = 30;

  private final Session session;
  private final String path;
  private final String prefix;
  private final StringBuilder partial = new StringBuilder();
  private long next;

  /**
   * A reader.
   *
   * @param session the server and where to write
   * @param path of the log, from {@code /v2} on
   * @param prefix before each line
   */
  LogReader(Session session, String path, String prefix) {
    this.session = session;
    this.path = path;
    this.prefix = prefix;
  }

  /**
   * Writes the last lines.
   *
   * @param lines how many at most
   */
  void tail(int lines) {
    HttpResponse<InputStream> response = session.api().stream(path + "?tail=" + lines, Map.of());
    try (InputStream body = response.body()) {
      write(new String(body.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException broken) {
      throw new CommandFailure(
          ExitStatus.UNAVAILABLE, "The connection broke: " + broken.getMessage());
    }
    next = response.headers().firstValueAsLong("X-Next-Offset").orElse(0);
    finishLine();
  }

  /** Writes what comes, until the task has ended and all is read. */
  void follow() {
    int failures = 0;
    while (failures < MOST_FAILURES) {
      try {
        if (followOnce()) {
          return;
        }
        failures = 0;
      } catch (IOException | CommandFailure broken) {
        failures++;
        session.note("The connection to the server is broken; trying again.");
      }
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Whether the end was reached. */
  private boolean followOnce() throws IOException {
    String from = path + "?follow=true&offset=" + next;
    HttpResponse<InputStream> response =
        session.api().stream(from, Map.of("Accept", "text/event-stream"));
    try (ServerSentEvents events = new ServerSentEvents(response.body())) {
      for (Optional<ServerSentEvents.Event> event = events.next();
          event.isPresent();
          event = events.next()) {
        if (event.get().type().equals("end")) {
          finishLine();
          return true;
        }
        if (event.get().type().equals("log")) {
          JsonNode chunk = JsonMapper.shared().readTree(event.get().data());
          write(chunk.path("text").asString(""));
          next = chunk.path("nextOffset").asLong(next);
        }
      }
    }
    return false;
  }

  /** Writes whole lines at once, so that several readers do not mix theirs. */
  private void write(String text) {
    partial.append(text);
    int end = partial.lastIndexOf("\n");
    if (end >= 0) {
      partial.substring(0, end).lines().forEach(line -> session.print(prefix + line));
      partial.delete(0, end + 1);
    }
  }

  private void finishLine() {
    if (!partial.isEmpty()) {
      session.print(prefix + partial);
      partial.setLength(0);
    }
  }
}
