package io.homeport.api.web;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * Serves the web interface at {@code /ui/} from the class path. Paths below it that are no files
 * are places within the interface, and get its page.
 */
public final class StaticUi {
  private static final String FOLDER = "/io/homeport/ui/";
  private static final Pattern FILE =
      Pattern.compile("(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_.-]*[A-Za-z0-9_-]\\.[A-Za-z0-9]+");
  private static final int SMALLEST_COMPRESSED = 1_000;
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon",
          "json", "application/json",
          "woff2", "font/woff2",
          "txt", "text/plain; charset=utf-8");

  private final Map<String, Optional<File>> files = new ConcurrentHashMap<>();

  /** A file, and itself compressed where that helps. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record File(String type, byte[] content, Optional<byte[]> compressed) {}

  /**
   * Adds its routes.
   *
   * @param routing the routes
   */
  public void serve(HttpRouting.Builder routing) {
    routing.get("/", StaticUi::toInterface);
    routing.get("/ui", StaticUi::toInterface);
    routing.get("/ui/*", this::file);
  }

  private static void toInterface(ServerRequest request, ServerResponse response) {
    response.status(Status.FOUND_302);
    response.header("Location", "/ui/");
    response.send();
  }

  private void file(ServerRequest request, ServerResponse response) {
    String name = request.path().path().substring("/ui/".length());
    Optional<File> found = FILE.matcher(name).matches() ? find(name) : Optional.empty();
    boolean lasting = found.isPresent() && name.startsWith("assets/");
    if (found.isEmpty() && !name.startsWith("assets/")) {
      found = find("index.html");
    }
    if (found.isEmpty()) {
      response.status(Status.NOT_FOUND_404);
      response.header("Content-Type", "text/plain; charset=utf-8");
      response.send(
          "There is no such file, or this Homeport was built without its web interface.\n");
      return;
    }
    // Names of assets change with their content, so they may be kept for ever.
    response.header("Cache-Control", lasting ? "public, max-age=31536000, immutable" : "no-cache");
    send(request, response, found.get());
  }

  private static void send(ServerRequest request, ServerResponse response, File file) {
    response.header("Content-Type", file.type());
    response.header("X-Content-Type-Options", "nosniff");
    response.header("Referrer-Policy", "no-referrer");
    response.header(
        "Content-Security-Policy",
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
            + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
    response.header("Vary", "Accept-Encoding");
    boolean compress =
        file.compressed().isPresent()
            && request
                .headers()
                .first(HeaderNames.ACCEPT_ENCODING)
                .filter(accepted -> accepted.contains("gzip"))
                .isPresent();
    if (compress) {
      response.header("Content-Encoding", "gzip");
    }
    response.send(compress ? file.compressed().orElseThrow() : file.content());
  }

  private Optional<File> find(String name) {
    return files.computeIfAbsent(name, StaticUi::read);
  }

  private static Optional<File> read(String name) {
    try (InputStream resource = StaticUi.class.getResourceAsStream(FOLDER + name)) {
      if (resource == null) {
        return Optional.empty();
      }
      byte[] content = resource.readAllBytes();
      String extension = name.substring(name.lastIndexOf('.') + 1);
      String type = TYPES.getOrDefault(extension, "application/octet-stream");
      boolean text = type.contains("charset") || type.endsWith("json") || type.endsWith("xml");
      return Optional.of(
          new File(
              type,
              content,
              text && content.length >= SMALLEST_COMPRESSED
                  ? Optional.of(compressed(content))
                  : Optional.empty()));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static byte[] compressed(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    }
    return bytes.toByteArray();
  }
}
