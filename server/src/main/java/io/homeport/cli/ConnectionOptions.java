package io.homeport.cli;

import io.homeport.cli.client.Api;
import io.homeport.cli.client.CommandFailure;
import io.homeport.cli.client.ExitStatus;
import io.homeport.cli.client.Names;
import io.homeport.cli.client.TokenSearch;
import io.homeport.cli.text.Terminal;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** The options of every command that talks to a server. */
final class ConnectionOptions {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The server. HOMEPORT_URL; http://127.0.0.1:8080 if not given.")
  private Optional<String> url = Optional.empty();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "The file with the server's token. HOMEPORT_TOKEN_FILE; the token itself may be in"
              + " HOMEPORT_TOKEN. Found by itself for a server on this machine whose data directory"
              + " you can read.")
  private Optional<Path> tokenFile = Optional.empty();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "text for people, json for programs. HOMEPORT_OUTPUT; text if not given.")
  private Optional<OutputFormat> output = Optional.empty();

  /**
   * What a command works with.
   *
   * @param terminal where to write, and the environment
   * @throws CommandFailure when the URL is none, or the token file cannot be read
   */
  Session open(Terminal terminal) {
    URI base =
        base(url.or(() -> terminal.variable("HOMEPORT_URL")).orElse("http://127.0.0.1:8080"));
    Optional<Path> file =
        tokenFile.or(() -> terminal.variable("HOMEPORT_TOKEN_FILE").map(Path::of));
    boolean local = LOOPBACK.contains(base.getHost());
    Api api = new Api(base, TokenSearch.find(terminal.environment(), file, local));
    return new Session(api, new Names(api), terminal, format(terminal));
  }

  private OutputFormat format(Terminal terminal) {
    return output
        .or(
            () ->
                terminal
                    .variable("HOMEPORT_OUTPUT")
                    .filter(value -> value.equalsIgnoreCase("json"))
                    .map(_ -> OutputFormat.JSON))
        .orElse(OutputFormat.TEXT);
  }

  private static URI base(String text) {
    String trimmed = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    try {
      URI uri = URI.create(trimmed);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http && uri.getHost() != null && uri.getPath().isEmpty() && uri.getQuery() == null) {
        return uri;
      }
    } catch (IllegalArgumentException notAnUri) {
      // reported below
    }
    throw new CommandFailure(
        ExitStatus.USAGE,
        "The server's URL must look like http://127.0.0.1:8080, and is " + text + ".");
  }
}
