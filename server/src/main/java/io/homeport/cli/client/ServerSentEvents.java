package io.homeport.cli.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads a stream of server-sent events (the WHATWG HTML standard's {@code text/event-stream}).
 * Comments, which keep the connection alive, are skipped.
 */
public final class ServerSentEvents implements AutoCloseable {
  private final BufferedReader lines;

  /**
   * An event.
   *
   * @param id its id; empty when it has none
   * @param type its type; {@code message} when it has none
   * @param data its data
   */
  public record Event(String id, String type, String data) {}

  /**
   * A reader.
   *
   * @param stream what to read; closed by {@link #close()}
   */
  public ServerSentEvents(InputStream stream) {
    this.lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }

  /**
   * Waits for the next event.
   *
   * @return absent at the end of the stream
   * @throws IOException when the connection breaks
   */
  public Optional<Event> next() throws IOException {
    String id = "";
    String type = "message";
    StringBuilder data = new StringBuilder();
    boolean any = false;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty()) {
        if (any) {
          return Optional.of(new Event(id, type, data.toString()));
        }
        continue;
      }
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
      switch (field) {
        case "id" -> id = value;
        case "event" -> type = value;
        case "data" -> {
          data.append(any ? "\n" : "").append(value);
          any = true;
        }
        default -> {}
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
