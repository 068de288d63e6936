package io.homeport.local;

import io.homeport.model.FetchUri;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Puts files into a sandbox before its task starts (Mesos: fetcher). */
final class Fetcher {
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final List<String> TARBALLS =
      List.of(".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz");

  private Fetcher() {}

  /**
   * Fetches a file, and unpacks it if it is a known archive and that is wanted.
   *
   * @param uri what and how
   * @param sandbox where to put it
   * @throws IOException when it cannot be had; the message names the URI
   */
  static void fetch(FetchUri uri, Path sandbox) throws IOException, InterruptedException {
    try {
      URI source = new URI(uri.uri().startsWith("/") ? "file://" + uri.uri() : uri.uri());
      Path target = target(uri, source, sandbox);
      copy(source, target);
      if (uri.executable()) {
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
      } else if (uri.extract()) {
        extract(target, sandbox);
      }
    } catch (IOException | java.net.URISyntaxException | IllegalArgumentException e) {
      throw new IOException("cannot fetch " + uri.uri() + ": " + message(e), e);
    }
  }

  private static String message(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static Path target(FetchUri uri, URI source, Path sandbox) throws IOException {
    String path = source.getPath() == null ? "" : source.getPath();
    String name = uri.destPath().orElse(path.substring(path.lastIndexOf('/') + 1));
    Path target = sandbox.resolve(name).normalize();
    if (name.isEmpty() || !target.startsWith(sandbox) || target.equals(sandbox)) {
      throw new IOException("its name '" + name + "' does not stay within the sandbox");
    }
    Path parent = target.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    return target;
  }

  private static void copy(URI source, Path target) throws IOException, InterruptedException {
    String scheme = source.getScheme() == null ? "" : source.getScheme().toLowerCase(Locale.ROOT);
    switch (scheme) {
      case "file" ->
          Files.copy(Path.of(source.getPath()), target, StandardCopyOption.REPLACE_EXISTING);
      case "http", "https" -> download(source, target);
      default -> throw new IOException("only file, http and https are known");
    }
  }

  private static void download(URI source, Path target) throws IOException, InterruptedException {
    try (HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(20))
            .build()) {
      HttpResponse<Path> response =
          client.send(
              HttpRequest.newBuilder(source).timeout(LONGEST).build(),
              HttpResponse.BodyHandlers.ofFile(target));
      if (response.statusCode() != 200) {
        throw new IOException("the server answered " + response.statusCode());
      }
    }
  }

  private static void extract(Path archive, Path sandbox) throws IOException, InterruptedException {
    String name = archive.toString().toLowerCase(Locale.ROOT);
    if (TARBALLS.stream().anyMatch(name::endsWith)) {
      untar(archive, sandbox);
    } else if (name.endsWith(".zip")) {
      unzip(archive, sandbox);
    } else if (name.endsWith(".gz")) {
      try (InputStream in = new GZIPInputStream(Files.newInputStream(archive))) {
        Files.copy(in, Path.of(archive.toString().substring(0, name.length() - 3)));
      }
    }
  }

  /** GNU tar by itself refuses members that lead out of the directory. */
  private static void untar(Path archive, Path sandbox) throws IOException, InterruptedException {
    Process tar =
        new ProcessBuilder(
                "tar", "-xf", archive.toString(), "-C", sandbox.toString(), "--no-same-owner")
            .redirectErrorStream(true)
            .start();
    tar.getOutputStream().close();
    String output = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!tar.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS) || tar.exitValue() != 0) {
      tar.destroyForcibly();
      throw new IOException("it cannot be unpacked: " + output.strip());
    }
  }

  private static void unzip(Path archive, Path sandbox) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path target = sandbox.resolve(entry.getName()).normalize();
        if (!target.startsWith(sandbox)) {
          throw new IOException("it has a member that leads out of the sandbox");
        }
        Path parent = entry.isDirectory() ? target : target.getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        if (!entry.isDirectory()) {
          Files.copy(zip, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }
}
