package io.homeport.api;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/**
 * Serves the web UI at {@code /ui/} from the class path, where the build has put it. Every address
 * below it that is no file is a page of the UI, which {@code index.html} shows. Files beside which
 * the build has put a {@code .gz} are sent compressed.
 */
final class StaticUi {
  private static final String PREFIX = "/ui/";
  private static final String FOLDER = "/io/homeport/ui/";
  private static final String POLICY =
      "default-src 'self'; object-src 'none'; base-uri 'self'; frame-ancestors 'none'";
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml");

  private StaticUi() {}

  /** Adds the UI to a server; {@code /} leads to it. */
  static void addTo(HttpRouting.Builder routing) {
    routing.get("/", StaticUi::redirect);
    routing.get("/ui", StaticUi::redirect);
    routing.get(PREFIX + "*", StaticUi::serve);
  }

  /** Keeps the query, in which folders and filters stand. */
  private static void redirect(ServerRequest request, ServerResponse response) {
    String query = request.query().rawValue();
    String target = query.isEmpty() ? PREFIX : PREFIX + "?" + query;
    response.status(Status.FOUND_302).header("Location", target).send();
  }

  private static void serve(ServerRequest request, ServerResponse response) {
    String path = request.path().path();
    String name = path.substring(Math.min(path.length(), PREFIX.length()));
    boolean isFile = isFile(name);
    String file = isFile ? name : "index.html";
    boolean zips = request.headers().first(HeaderNames.ACCEPT_ENCODING).orElse("").contains("gzip");
    Optional<byte[]> small = zips ? read(file + ".gz") : Optional.empty();
    Optional<byte[]> body = small.isPresent() ? small : read(file);
    if (body.isEmpty()) {
      missing(response, isFile);
      return;
    }
    String extension = file.substring(file.lastIndexOf('.') + 1);
    response.header("Content-Type", TYPES.getOrDefault(extension, "application/octet-stream"));
    response.header("Content-Security-Policy", POLICY);
    response.header("X-Content-Type-Options", "nosniff");
    response.header("Referrer-Policy", "same-origin");
    response.header("Vary", "Accept-Encoding");
    // The names of assets contain a hash of what is in them.
    response.header(
        "Cache-Control",
        file.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-cache");
    if (small.isPresent()) {
      response.header("Content-Encoding", "gzip");
    }
    response.send(body.get());
  }

  /** Assets and the few files at the top; ids in addresses of pages may contain dots too. */
  private static boolean isFile(String name) {
    return !name.contains("..")
        && (name.startsWith("assets/") || name.matches("[a-z]+\\.(html|js|svg)"));
  }

  private static void missing(ServerResponse response, boolean isFile) {
    response.status(Status.NOT_FOUND_404).header("Content-Type", "text/plain; charset=utf-8");
    response.send(
        isFile
            ? "There is no such file."
            : "This Homeport was built without its web UI, because npm was missing. The command"
                + " line and the REST API have everything that it shows.");
  }

  private static Optional<byte[]> read(String file) {
    try (InputStream stream = StaticUi.class.getResourceAsStream(FOLDER + file)) {
      return stream == null ? Optional.empty() : Optional.of(stream.readAllBytes());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
