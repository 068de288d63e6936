package io.homeport.cli;

import io.homeport.cli.client.Api;
import io.homeport.cli.client.ExitStatus;
import io.homeport.cli.text.Sizes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code homeport agents show}: one agent. */
@Command(name = "show", description = "Show an agent.")
final class AgentsShow extends ClientCommand {
  @Parameters(paramLabel = "AGENT", description = "The agent: its id or the beginning of it.")
  private String agent;

  @Override
  ExitStatus run(Session session) {
    String id = session.names().agent(agent);
    JsonNode answer = session.api().get("/v2/agents/" + Api.encode(id));
    if (session.json()) {
      session.print(answer);
      return ExitStatus.OK;
    }
    JsonNode shown = answer.path("agent");
    new Facts()
        .add("Agent", shown.path("id").asString(""))
        .add("Host", shown.path("hostname").asString(""))
        .add("Status", shown.path("status").asString(""))
        .add("Last seen", AgentText.seen(session, shown))
        .add("Region", shown.path("region").asString(""))
        .add("Zone", shown.path("zone").asString(""))
        .add("Attributes", shown.path("attributes").isEmpty() ? "" : shown.path("attributes") + "")
        .add("Tasks", Integer.toString(shown.path("tasks").asInt(0)))
        .add("Volumes", Integer.toString(shown.path("volumes").asInt(0)))
        .add("Total", resources(shown.path("total")))
        .add("Reserved", resources(shown.path("reserved")))
        .add("In use", resources(shown.path("used")))
        .print(session);
    return ExitStatus.OK;
  }

  private static String resources(JsonNode resources) {
    int ports = resources.path("ports").asInt(0);
    return Sizes.number(resources.path("cpus").asDouble(0))
        + " CPUs, "
        + Sizes.mebibytes(resources.path("mem").asDouble(0))
        + " memory, "
        + Sizes.mebibytes(resources.path("disk").asDouble(0))
        + " disk, "
        + ports
        + (ports == 1 ? " port" : " ports");
  }
}
