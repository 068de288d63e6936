package io.homeport.cli;

import io.homeport.cli.client.Api;
import io.homeport.cli.client.ExitStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code homeport volumes cat}: a file of a volume. */
@Command(name = "cat", description = "Write a file of a volume to standard output.")
final class VolumesCat extends ClientCommand {
  @Parameters(
      index = "0",
      paramLabel = "VOLUME",
      description = "The volume: its id, or its last part, or the beginning of either.")
  private String volume;

  @Parameters(index = "1", paramLabel = "PATH", description = "The file, from the volume's root.")
  private String path;

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description = "Write to this file instead, byte for byte; it must not be there yet.")
  private Optional<Path> save = Optional.empty();

  @Override
  ExitStatus run(Session session) throws IOException {
    String id = session.names().volume(volume);
    String from = "/v2/volumes/" + Api.encode(id) + "/files/content?path=" + Api.encode(path);
    try (InputStream content = session.api().stream(from, Map.of()).body()) {
      if (save.isPresent()) {
        Files.copy(content, save.get());
      } else {
        new InputStreamReader(content, StandardCharsets.UTF_8).transferTo(session.terminal().out());
        session.terminal().out().flush();
      }
    }
    return ExitStatus.OK;
  }
}
