package io.homeport.cli.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Requests to one server. Whatever is not a success becomes a {@link CommandFailure}. */
public final class Api {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private final URI base;
  private final Optional<String> token;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * A client.
   *
   * @param base the server's address, such as {@code http://127.0.0.1:8080}
   * @param token what it is shown, if anything
   */
  public Api(URI base, Optional<String> token) {
    this.base = base;
    this.token = token;
  }

  /** The server's address. */
  public URI base() {
    return base;
  }

  /**
   * An answer.
   *
   * @param status the HTTP status
   * @param headers by lower-case name
   * @param body the JSON; missing when there is none
   */
  public record Answer(int status, Map<String, List<String>> headers, JsonNode body) {
    /**
     * The first value of a header.
     *
     * @param name its name
     */
    public Optional<String> header(String name) {
      return headers.entrySet().stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .map(header -> header.getValue().getFirst())
          .findFirst();
    }
  }

  /**
   * Part of a path or query, encoded.
   *
   * @param text such as a volume id
   */
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * Gets JSON.
   *
   * @param path from {@code /v2} on, with the query
   */
  public JsonNode get(String path) {
    return send("GET", path, Optional.empty(), Map.of()).body();
  }

  /**
   * Sends a request and gets JSON.
   *
   * @param method the HTTP method
   * @param path from {@code /v2} on, with the query
   * @param body JSON text, if there is one
   * @param headers more headers
   */
  public Answer send(
      String method, String path, Optional<String> body, Map<String, String> headers) {
    HttpRequest.Builder request = request(path).timeout(ANSWER);
    headers.forEach(request::header);
    body.ifPresent(_ -> request.header("Content-Type", "application/json"));
    request.method(
        method,
        body.map(HttpRequest.BodyPublishers::ofString)
            .orElseGet(HttpRequest.BodyPublishers::noBody));
    HttpResponse<byte[]> response =
        exchange(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() >= 400) {
      throw refusal(response.statusCode(), response.body());
    }
    return new Answer(response.statusCode(), response.headers().map(), json(response.body()));
  }

  /**
   * Gets bytes or a stream of events, to be read as they come.
   *
   * @param path from {@code /v2} on, with the query
   * @param headers more headers
   * @return the answer, whose body the caller closes
   */
  public HttpResponse<InputStream> stream(String path, Map<String, String> headers) {
    HttpRequest.Builder request = request(path);
    headers.forEach(request::header);
    HttpResponse<InputStream> response =
        exchange(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    if (response.statusCode() < 400) {
      return response;
    }
    try (InputStream body = response.body()) {
      throw refusal(response.statusCode(), body.readAllBytes());
    } catch (IOException unreadable) {
      throw refusal(response.statusCode(), new byte[0]);
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path)).header("User-Agent", "homeport-cli");
    token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
    return request;
  }

  private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return client.send(request, handler);
    } catch (InterruptedException | InterruptedIOException interrupted) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitStatus.FAILED, "Interrupted.");
    } catch (IOException failed) {
      throw unavailable(failed);
    }
  }

  private CommandFailure unavailable(IOException why) {
    String reason = why.getMessage() == null ? "" : " (" + why.getMessage() + ")";
    return new CommandFailure(
        ExitStatus.UNAVAILABLE,
        "No Homeport server answers at "
            + base
            + reason
            + ". Start one with 'homeport server' or 'homeport demo', or say where it is with --url"
            + " or HOMEPORT_URL.");
  }

  private CommandFailure refusal(int status, byte[] body) {
    JsonNode json;
    try {
      json = json(body);
    } catch (CommandFailure notJson) {
      json = MissingNode.getInstance();
    }
    String message = json.path("message").asString("The server answered " + status + ".");
    List<String> details = new ArrayList<>();
    for (JsonNode detail : json.path("details")) {
      for (JsonNode error : detail.path("errors")) {
        details.add(detail.path("path").asString("/") + ": " + error.asString(""));
      }
    }
    for (JsonNode deployment : json.path("deployments")) {
      details.add("deployment " + deployment.path("id").asString(""));
    }
    if (status == 401) {
      details.add(
          "Set HOMEPORT_TOKEN or give --token-file; the server keeps its token in the file 'token'"
              + " of its data directory.");
    }
    return new CommandFailure(ExitStatus.ofHttp(status), message, details);
  }

  private static JsonNode json(byte[] body) {
    if (body.length == 0) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(body);
    } catch (JacksonException notJson) {
      throw new CommandFailure(
          ExitStatus.FAILED,
          "The server's answer is not JSON. Is it a Homeport server? It begins with: "
              + new String(body, 0, Math.min(80, body.length), StandardCharsets.UTF_8));
    }
  }
}
