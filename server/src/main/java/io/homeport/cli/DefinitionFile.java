package io.homeport.cli;

import io.homeport.cli.client.CommandFailure;
import io.homeport.cli.client.ExitStatus;
import io.homeport.cli.text.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads an app definition from a file or from standard input. */
final class DefinitionFile {
  private DefinitionFile() {}

  /**
   * Reads it.
   *
   * @param file its name; {@code -} for standard input
   * @param terminal where standard input is
   * @throws CommandFailure when it cannot be read or is not JSON
   */
  static JsonNode read(String file, Terminal terminal) {
    String text = text(file, terminal);
    try {
      return JsonMapper.shared().readTree(text);
    } catch (JacksonException notJson) {
      throw new CommandFailure(
          ExitStatus.INVALID,
          "Expected JSON in "
              + name(file)
              + ", and found a mistake at line "
              + notJson.getLocation().getLineNr()
              + ", column "
              + notJson.getLocation().getColumnNr()
              + ": "
              + notJson.getOriginalMessage());
    }
  }

  private static String name(String file) {
    return file.equals("-") ? "standard input" : file;
  }

  private static String text(String file, Terminal terminal) {
    try {
      return file.equals("-")
          ? terminal.in().lines().collect(Collectors.joining("\n"))
          : Files.readString(Path.of(file));
    } catch (NoSuchFileException missing) {
      throw new CommandFailure(ExitStatus.NOT_FOUND, "There is no file " + file + ".");
    } catch (IOException | java.io.UncheckedIOException unreadable) {
      throw new CommandFailure(
          ExitStatus.NOT_FOUND, "Cannot read " + name(file) + ": " + unreadable.getMessage() + ".");
    }
  }
}
