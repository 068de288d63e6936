package io.homeport.cli;

import io.homeport.cli.client.ExitStatus;
import io.homeport.cli.text.Table;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** {@code homeport agents list}: all agents. */
@Command(name = "list", description = "List the agents. Resources are shown as used / total.")
final class AgentsList extends ClientCommand {
  @Override
  ExitStatus run(Session session) {
    JsonNode answer = session.api().get("/v2/agents");
    if (session.json()) {
      session.print(answer);
      return ExitStatus.OK;
    }
    Table table =
        new Table(
            "AGENT", "HOST", "STATUS", ">TASKS", ">VOLUMES", ">CPUS", ">MEMORY", ">DISK", "SEEN");
    for (JsonNode agent : answer.path("agents")) {
      table.row(
          agent.path("id").asString(""),
          agent.path("hostname").asString(""),
          agent.path("status").asString(""),
          Integer.toString(agent.path("tasks").asInt(0)),
          Integer.toString(agent.path("volumes").asInt(0)),
          AgentText.shares(agent, "cpus", false),
          AgentText.shares(agent, "mem", true),
          AgentText.shares(agent, "disk", true),
          AgentText.seen(session, agent));
    }
    session.print(table, "There are no agents.");
    return ExitStatus.OK;
  }
}
