package io.homeport.cli;

import io.homeport.cli.client.ExitStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code homeport state resume}: the end of the safe mode. */
@Command(
    name = "resume",
    description = {
      "End the safe mode after a restore.",
      "What would happen is shown first, and is to be confirmed. Tasks and volumes that the state",
      "does not know stay as they are, and can be adopted or destroyed one by one."
    })
final class StateResume extends ClientCommand {
  @Option(names = "--yes", description = "Do it without asking.")
  private boolean yes;

  @Override
  ExitStatus run(Session session) {
    JsonNode state = session.api().get("/v2/state");
    boolean safe = !state.path("safeMode").isNull();
    if (!session.json()) {
      StateText.print(session, state);
    }
    if (safe && !yes) {
      session.confirm("resume");
    }
    JsonNode answer = session.send("POST", "/v2/state/resume").body();
    if (session.json()) {
      session.print(answer);
    } else if (safe) {
      session.print(answer.path("message").asString(""));
    }
    return ExitStatus.OK;
  }
}
