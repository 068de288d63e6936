package io.homeport.api.definition;

import io.homeport.model.FetchUri;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads {@code fetch} and its deprecated form {@code uris}. */
final class FetchReader {
  private static final List<String> SCHEMES = List.of("http", "https", "file");

  /** What Mesos's fetcher unpacks; {@code uris} are unpacked exactly if they end so. */
  private static final List<String> ARCHIVES =
      List.of(".tar", ".tar.gz", ".tar.bz2", ".tar.xz", ".gz", ".tgz", ".tbz2", ".txz", ".zip");

  /** Marathon's limit. */
  private static final int LONGEST = 1024;

  private final Problems problems;
  private final Scalars scalars;

  private FetchReader(Problems problems) {
    this.problems = problems;
    this.scalars = new Scalars(problems);
  }

  /**
   * What an app fetches.
   *
   * @param app the fields of the app
   */
  static List<FetchUri> read(Fields app) {
    FetchReader reader = new FetchReader(app.problems());
    List<FetchUri> fetch = app.list("fetch", reader::artifact).orElse(List.of());
    List<FetchUri> uris = app.list("uris", reader::uri).orElse(List.of());
    if (fetch.isEmpty()) {
      return uris;
    }
    // Marathon's own output had both for years, saying the same.
    if (!uris.isEmpty() && !names(uris).equals(names(fetch))) {
      app.problem("uris", "may not be set in conjunction with fetch");
    }
    return fetch;
  }

  private static List<String> names(List<FetchUri> fetch) {
    return fetch.stream().map(FetchUri::uri).toList();
  }

  private Optional<FetchUri> uri(JsonNode node, FieldPath path) {
    return scalars
        .nonEmptyText(node, path)
        .flatMap(text -> location(text, path))
        .map(uri -> new FetchUri(uri, isArchive(uri), false, false, Optional.empty()));
  }

  private Optional<FetchUri> artifact(JsonNode node, FieldPath path) {
    Optional<Fields> given = Fields.of(node, path, problems);
    if (given.isEmpty()) {
      return Optional.empty();
    }
    Fields fields = given.get();
    fields.require("uri", "where the file comes from");
    Optional<String> uri =
        fields.nonEmptyText("uri").flatMap(text -> location(text, fields.path("uri")));
    boolean extract = fields.bool("extract").orElse(true);
    boolean executable = fields.bool("executable").orElse(false);
    boolean cache = fields.bool("cache").orElse(false);
    Optional<String> destPath = fields.nonEmptyText("destPath");
    destPath
        .flatMap(FetchReader::destinationProblem)
        .ifPresent(problem -> fields.problem("destPath", problem));
    fields.finish();
    return uri.map(from -> new FetchUri(from, extract, executable, cache, destPath));
  }

  private Optional<String> location(String text, FieldPath path) {
    if (text.length() > LONGEST) {
      problems.add(path, "has " + text.length() + " characters, expected 1024 or fewer");
      return Optional.empty();
    }
    try {
      URI uri = new URI(text.startsWith("/") ? "file://" + text : text);
      String scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
      boolean whole = uri.getPath() != null && (scheme.equals("file") || uri.getHost() != null);
      if (SCHEMES.contains(scheme) && whole) {
        return Optional.of(uri.toString());
      }
      problems.add(path, "expected a URI of http, https or file, found " + Found.quoted(text));
    } catch (URISyntaxException invalid) {
      problems.add(path, "URI has invalid syntax.");
    }
    return Optional.empty();
  }

  private static Optional<String> destinationProblem(String path) {
    if (path.length() > LONGEST) {
      return Optional.of("has " + path.length() + " characters, expected 1024 or fewer");
    }
    boolean inside =
        !path.startsWith("/")
            && List.of(path.split("/", -1)).stream()
                .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    return inside
        ? Optional.empty()
        : Optional.of(
            "expected a path inside the sandbox without \".\" and \"..\", found "
                + Found.quoted(path));
  }

  private static boolean isArchive(String uri) {
    String path = Optional.ofNullable(URI.create(uri).getPath()).orElse("");
    return ARCHIVES.stream().anyMatch(path::endsWith);
  }
}
