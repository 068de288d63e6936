package io.homeport.cli;

import picocli.CommandLine.Command;

/** {@code homeport agents}: what can be done with agents. */
@Command(
    name = "agents",
    description = "Look at agents; drain, stop and bring them back.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      AgentsList.class,
      AgentsShow.class,
      AgentsDrain.class,
      AgentsStop.class,
      AgentsActivate.class,
      AgentsGone.class
    })
final class AgentsCommand {}
