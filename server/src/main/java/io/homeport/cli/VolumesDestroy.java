package io.homeport.cli;

import io.homeport.cli.client.Api;
import io.homeport.cli.client.ExitStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code homeport volumes destroy}: one idle volume, for good. */
@Command(
    name = "destroy",
    description = {
      "DESTROY a volume that is not in use, with its data.",
      "Its instance, if it has one, is given up with it, and what it reserved is free again."
    })
final class VolumesDestroy extends ClientCommand {
  @Parameters(
      paramLabel = "VOLUME",
      description = "The volume: its id, or its last part, or the beginning of either.")
  private String volume;

  @Option(names = "--yes", description = "Do it without asking.")
  private boolean yes;

  @Override
  ExitStatus run(Session session) {
    String id = session.names().volume(volume);
    String path = "/v2/volumes/" + Api.encode(id);
    if (!yes) {
      JsonNode shown = session.api().get(path).path("volume");
      String used = VolumeText.used(shown);
      session.print(
          "Volume "
              + id
              + " of "
              + shown.path("appId").asString("")
              + (used.isEmpty() ? "" : " holds " + used + " and")
              + " was last used "
              + session.ago(shown, "lastUsedAt")
              + ".");
      session.confirm(VolumeText.unique(id));
    }
    JsonNode answer = session.send("DELETE", path).body();
    if (session.json()) {
      session.print(answer);
    } else {
      session.print(answer.path("message").asString("Volume " + id + " is being destroyed."));
    }
    return ExitStatus.OK;
  }
}
