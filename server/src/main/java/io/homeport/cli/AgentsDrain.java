package io.homeport.cli;

import io.homeport.cli.client.ExitStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code homeport agents drain}: empties an agent for maintenance. */
@Command(
    name = "drain",
    description = {
      "End the tasks of an agent, with their grace periods, and keep others away.",
      "Volumes stay, and their tasks wait for the agent."
    })
final class AgentsDrain extends ClientCommand {
  @Parameters(paramLabel = "AGENT", description = "The agent: its id or the beginning of it.")
  private String agent;

  @Override
  ExitStatus run(Session session) {
    return AgentText.operate(session, session.names().agent(agent), "drain", "is being drained");
  }
}
