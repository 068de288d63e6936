package io.homeport.cli.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the token for a server: what {@code HOMEPORT_TOKEN} says, else the file named on the
 * command line, else, for a server on this machine, the file {@code token} that a server leaves in
 * its data directory for those who may read it.
 */
public final class TokenSearch {
  private static final String SYSTEM_DATA = "/var/lib/homeport";

  private TokenSearch() {}

  /**
   * Searches.
   *
   * @param environment the environment variables
   * @param file the file named on the command line
   * @param local whether the server is on this machine; tokens from data directories are not sent
   *     anywhere else
   * @throws CommandFailure when the file that was named cannot be read
   */
  public static Optional<String> find(
      Map<String, String> environment, Optional<Path> file, boolean local) {
    Optional<String> given =
        Optional.ofNullable(environment.get("HOMEPORT_TOKEN")).filter(token -> !token.isBlank());
    if (given.isPresent()) {
      return given.map(String::strip);
    }
    if (file.isPresent()) {
      return Optional.of(named(file.get()));
    }
    if (!local) {
      return Optional.empty();
    }
    return read(userData(environment).resolve("token"))
        .or(() -> read(Path.of(SYSTEM_DATA, "token")));
  }

  /** The data directory of a server that this user starts without saying where. */
  private static Path userData(Map<String, String> environment) {
    return Optional.ofNullable(environment.get("HOMEPORT_DATA_DIR"))
        .map(Path::of)
        .orElseGet(
            () -> Path.of(environment.getOrDefault("HOME", "/"), ".local", "share", "homeport"));
  }

  private static String named(Path file) {
    return read(file)
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitStatus.USAGE,
                    "The token file "
                        + file
                        + (Files.exists(file)
                            ? " cannot be read or is empty."
                            : " is not there.")));
  }

  private static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file).strip()).filter(token -> !token.isEmpty());
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
