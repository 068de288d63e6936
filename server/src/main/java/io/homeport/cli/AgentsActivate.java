package io.homeport.cli;

import io.homeport.cli.client.ExitStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code homeport agents activate}: brings an agent back. */
@Command(
    name = "activate",
    description = {"Bring a drained or stopped agent back."})
final class AgentsActivate extends ClientCommand {
  @Parameters(paramLabel = "AGENT", description = "The agent: its id or the beginning of it.")
  private String agent;

  @Override
  ExitStatus run(Session session) {
    return AgentText.operate(session, session.names().agent(agent), "activate", "is brought back");
  }
}
