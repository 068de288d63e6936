package io.homeport.cli;

import io.homeport.cli.client.Api;
import io.homeport.cli.client.ExitStatus;
import io.homeport.cli.text.Sizes;
import io.homeport.cli.text.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code homeport volumes files}: what is on a volume. */
@Command(name = "files", description = "List the files of a volume, whether it is in use or not.")
final class VolumesFiles extends ClientCommand {
  @Parameters(
      index = "0",
      paramLabel = "VOLUME",
      description = "The volume: its id, or its last part, or the beginning of either.")
  private String volume;

  @Parameters(
      index = "1",
      arity = "0..1",
      defaultValue = "",
      paramLabel = "DIRECTORY",
      description = "A directory on the volume; its root if not given.")
  private String directory;

  @Override
  ExitStatus run(Session session) {
    String id = session.names().volume(volume);
    JsonNode answer =
        session.api().get("/v2/volumes/" + Api.encode(id) + "/files?path=" + Api.encode(directory));
    if (session.json()) {
      session.print(answer);
      return ExitStatus.OK;
    }
    Table table = new Table("MODE", "OWNER", ">SIZE", "CHANGED", "NAME");
    for (JsonNode entry : answer.path("entries")) {
      boolean file = entry.path("kind").asString("").equals("file");
      boolean folder = entry.path("kind").asString("").equals("directory");
      table.row(
          entry.path("mode").asString(""),
          entry.path("owner").asString(""),
          file ? Sizes.bytes(entry.path("size").asDouble(0)) : "",
          session.ago(entry, "modifiedAt"),
          entry.path("name").asString("") + (folder ? "/" : ""));
    }
    session.print(table, "There are no files.");
    return ExitStatus.OK;
  }
}
