package io.homeport.cli;

import io.homeport.cli.client.ExitStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code homeport agents gone}: gives an agent up. */
@Command(
    name = "gone",
    description = {
      "Declare that an agent will never come back.",
      "Its instances get other homes with new, empty volumes; the old volumes are left behind."
    })
final class AgentsGone extends ClientCommand {
  @Parameters(paramLabel = "AGENT", description = "The agent: its id or the beginning of it.")
  private String agent;

  @Option(names = "--yes", description = "Do it without asking.")
  private boolean yes;

  @Override
  ExitStatus run(Session session) {
    String id = session.names().agent(agent);
    if (!yes) {
      session.note(
          "Agent " + id + " will be given up. Instances with volumes there start anew elsewhere.");
      session.confirm(id);
    }
    return AgentText.operate(session, id, "gone", "is given up");
  }
}
