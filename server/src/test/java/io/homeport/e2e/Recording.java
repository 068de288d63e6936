package io.homeport.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a real Marathon 1.11.26 was asked and answered, in order. */
final class Recording {
  private static final String SECOND_AGENT = "127.0.0.2";

  private Recording() {}

  /**
   * One request and its answer.
   *
   * @param line the line of the recording, the first being 1
   * @param body the request's body, as text; empty when it had none
   */
  record Exchange(
      int line,
      String method,
      String path,
      String body,
      int status,
      Map<String, String> headers,
      JsonNode answer) {
    /** Whether it asks for a change that Marathon carried out. */
    boolean isChange() {
      return !method.equals("GET") && status < 300;
    }
  }

  /**
   * The exchanges of a recording.
   *
   * @param host the name of the agent that stands for Marathon's second one
   */
  static List<Exchange> read(String name, String host) {
    List<Exchange> exchanges = new ArrayList<>();
    try (InputStream file =
        Objects.requireNonNull(
            Recording.class.getResourceAsStream("recordings/" + name + ".jsonl"), name)) {
      List<String> lines = new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      for (int line = 0; line < lines.size(); line++) {
        JsonNode json = JsonMapper.shared().readTree(lines.get(line).replace(SECOND_AGENT, host));
        if (json.has("request")) {
          exchanges.add(exchange(line + 1, json.path("request"), json.path("response")));
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return exchanges;
  }

  private static Exchange exchange(int line, JsonNode request, JsonNode response) {
    JsonNode body = request.path("body");
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    response
        .path("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), header.getValue().asString()));
    return new Exchange(
        line,
        request.path("method").asString(),
        request.path("path").asString(),
        body.isMissingNode() || body.isNull()
            ? ""
            : body.isString() ? body.asString() : body.toString(),
        response.path("status").asInt(),
        headers,
        response.path("body"));
  }
}
