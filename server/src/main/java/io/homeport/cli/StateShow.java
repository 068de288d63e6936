package io.homeport.cli;

import io.homeport.cli.client.ExitStatus;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** {@code homeport state show}: the safe mode, and what its end would do. */
@Command(
    name = "show",
    description = {
      "Show whether the server is in the safe mode after a restore, and what its end would do:",
      "which tasks and volumes the state does not know, and what would be launched, killed and",
      "destroyed."
    })
final class StateShow extends ClientCommand {
  @Override
  ExitStatus run(Session session) {
    JsonNode state = session.api().get("/v2/state");
    if (session.json()) {
      session.print(state);
    } else {
      StateText.print(session, state);
    }
    return ExitStatus.OK;
  }
}
