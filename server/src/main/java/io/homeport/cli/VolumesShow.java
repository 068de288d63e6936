package io.homeport.cli;

import io.homeport.cli.client.Api;
import io.homeport.cli.client.ExitStatus;
import io.homeport.cli.text.Sizes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code homeport volumes show}: one volume. */
@Command(name = "show", description = "Show a volume.")
final class VolumesShow extends ClientCommand {
  @Parameters(
      paramLabel = "VOLUME",
      description = "The volume: its id, or its last part, or the beginning of either.")
  private String volume;

  @Override
  ExitStatus run(Session session) {
    String id = session.names().volume(volume);
    JsonNode answer = session.api().get("/v2/volumes/" + Api.encode(id));
    if (session.json()) {
      session.print(answer);
      return ExitStatus.OK;
    }
    JsonNode shown = answer.path("volume");
    new Facts()
        .add("Volume", id)
        .add("Status", shown.path("status").asString("") + ", " + session.ago(shown, "since"))
        .add("Why", shown.path("why").asString(""))
        .add(
            "App",
            shown.path("appId").asString("") + ", instance " + shown.path("ordinal").asInt(0))
        .add("Task", shown.path("taskId").asString(""))
        .add("Path", shown.path("containerPath").asString(""))
        .add("Size", Sizes.mebibytes(shown.path("size").asDouble(0)))
        .add("Used", VolumeText.used(shown))
        .add("Agent", shown.path("agentId").asString("") + " on " + shown.path("host").asString(""))
        .add("Location", shown.path("location").asString(""))
        .add("Reserved", reserved(shown.path("reserved")))
        .add("Created", session.ago(shown, "createdAt"))
        .add("Last used", session.ago(shown, "lastUsedAt"))
        .print(session);
    return ExitStatus.OK;
  }

  private static String reserved(JsonNode resources) {
    return Sizes.number(resources.path("cpus").asDouble(0))
        + " CPUs, "
        + Sizes.mebibytes(resources.path("mem").asDouble(0))
        + " memory, "
        + Sizes.mebibytes(resources.path("disk").asDouble(0))
        + " disk, ports "
        + resources.path("ports");
  }
}
