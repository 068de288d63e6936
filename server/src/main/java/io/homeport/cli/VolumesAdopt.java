package io.homeport.cli;

import io.homeport.cli.client.Api;
import io.homeport.cli.client.ExitStatus;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code homeport volumes adopt}: gives an idle volume to an instance. */
@Command(
    name = "adopt",
    description = {
      "Give a volume that is left behind, detached or quarantined to an instance of an app.",
      "The instance runs on it from then on."
    })
final class VolumesAdopt extends ClientCommand {
  @Parameters(
      index = "0",
      paramLabel = "VOLUME",
      description = "The volume: its id, or its last part, or the beginning of either.")
  private String volume;

  @Parameters(index = "1", paramLabel = "APP", description = "The app: its id, or the end of it.")
  private String app;

  @Option(
      names = "--ordinal",
      paramLabel = "N",
      description = "Which instance; the server chooses if not given.")
  private Optional<Integer> ordinal = Optional.empty();

  @Override
  ExitStatus run(Session session) {
    String id = session.names().volume(volume);
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("appId", session.names().app(app));
    ordinal.ifPresent(value -> body.put("ordinal", value));
    String path = "/v2/volumes/" + Api.encode(id) + "/adopt";
    JsonNode answer = session.send("POST", path, body.toString()).body();
    if (session.json()) {
      session.print(answer);
    } else {
      session.print(
          answer
              .path("message")
              .asString("Volume " + id + " now is of " + answer.path("instanceId").asString("")));
    }
    return ExitStatus.OK;
  }
}
