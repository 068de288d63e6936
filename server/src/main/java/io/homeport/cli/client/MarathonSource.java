package io.homeport.cli.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what a running Marathon has, with one request that changes nothing. */
public final class MarathonSource {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String EVERYTHING =
      "/v2/groups?embed=group.groups&embed=group.apps&embed=group.pods";

  private MarathonSource() {}

  /**
   * What a Marathon has.
   *
   * @param apps the definitions of all apps
   * @param pods the ids of its pods
   * @param groups the groups that are more than folders
   */
  public record Contents(List<JsonNode> apps, List<String> pods, List<Group> groups) {}

  /**
   * A group that is more than a folder.
   *
   * @param id its id
   * @param path what of it, as a JSON path
   * @param found what stands there
   */
  public record Group(String id, String path, String found) {}

  /**
   * Reads everything.
   *
   * @param url where Marathon is
   * @param user the user for basic authentication
   * @param passwordFile where that user's password is
   * @param tokenFile where a token is
   * @throws CommandFailure when it cannot be read
   */
  public static Contents read(
      String url, Optional<String> user, Optional<Path> passwordFile, Optional<Path> tokenFile) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address(url)).timeout(PATIENCE);
    request.header("Accept", "application/json");
    tokenFile.ifPresent(file -> request.header("Authorization", "token=" + secret(file)));
    if (user.isPresent() && passwordFile.isPresent()) {
      String both = user.get() + ":" + secret(passwordFile.get());
      byte[] bytes = both.getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
    }
    Contents contents = new Contents(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    collect(answer(url, request.build()), contents);
    return contents;
  }

  private static URI address(String url) {
    try {
      URI uri = URI.create(url.replaceFirst("/+$", "") + EVERYTHING);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http && uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException notAnUri) {
      // reported below
    }
    throw new CommandFailure(
        ExitStatus.USAGE, "Marathon's URL must look like http://host:8080, and is " + url + ".");
  }

  private static String secret(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException unreadable) {
      throw new CommandFailure(
          ExitStatus.NOT_FOUND, "Cannot read " + file + ": " + unreadable.getMessage() + ".");
    }
  }

  private static JsonNode answer(String url, HttpRequest request) {
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(5))
            .build()) {
      HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw new CommandFailure(
            ExitStatus.ofHttp(Math.max(400, response.statusCode())),
            "Marathon at "
                + url
                + " answers "
                + response.statusCode()
                + (response.statusCode() == 401
                    ? ": give --marathon-user and --marathon-password-file, or"
                        + " --marathon-token-file."
                    : " to GET " + EVERYTHING + "."));
      }
      JsonNode root = JsonMapper.shared().readTree(response.body());
      if (!root.path("groups").isArray() || !root.path("apps").isArray()) {
        throw new CommandFailure(
            ExitStatus.FAILED, "What answers at " + url + " is not a Marathon.");
      }
      return root;
    } catch (JacksonException notJson) {
      throw new CommandFailure(ExitStatus.FAILED, "What answers at " + url + " is not a Marathon.");
    } catch (IOException gone) {
      throw new CommandFailure(
          ExitStatus.UNAVAILABLE, "Marathon does not answer at " + url + ": " + gone);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitStatus.FAILED, "Interrupted.");
    }
  }

  private static void collect(JsonNode group, Contents contents) {
    String id = group.path("id").asString("/");
    group.path("apps").forEach(contents.apps()::add);
    group.path("pods").forEach(pod -> contents.pods().add(pod.path("id").asString("")));
    if (!group.path("dependencies").isEmpty()) {
      contents.groups().add(new Group(id, "/dependencies", group.path("dependencies").toString()));
    }
    if (group.path("enforceRole").asBoolean(false)) {
      contents.groups().add(new Group(id, "/enforceRole", "true"));
    }
    group.path("groups").forEach(child -> collect(child, contents));
  }
}
