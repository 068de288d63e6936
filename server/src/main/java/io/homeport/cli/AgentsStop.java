package io.homeport.cli;

import io.homeport.cli.client.ExitStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code homeport agents stop}: switches an agent off. */
@Command(
    name = "stop",
    description = {
      "Stop an agent as if its machine were switched off: its tasks die, its disk stays.",
      "Bring it back with 'homeport agents activate'."
    })
final class AgentsStop extends ClientCommand {
  @Parameters(paramLabel = "AGENT", description = "The agent: its id or the beginning of it.")
  private String agent;

  @Override
  ExitStatus run(Session session) {
    return AgentText.operate(session, session.names().agent(agent), "stop", "is stopped");
  }
}
