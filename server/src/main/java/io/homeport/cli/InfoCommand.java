package io.homeport.cli;

import io.homeport.cli.client.ExitStatus;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** {@code homeport info}: which server this is and what it cannot do here. */
@Command(name = "info", description = "Show which server answers, and what it cannot do here.")
final class InfoCommand extends ClientCommand {
  @Override
  ExitStatus run(Session session) {
    JsonNode info = session.api().get("/v2/info");
    if (session.json()) {
      session.print(info);
      return ExitStatus.OK;
    }
    JsonNode ours = info.path("homeport");
    new Facts()
        .add("Server", session.api().base().toString())
        .add("Version", info.path("version").asString(""))
        .add("Leader", info.path("leader").asString(""))
        .add("Engine", ours.path("engine").asString(""))
        .add("Installation", ours.path("installation").asString(""))
        .add("Store", ours.path("store").asString(""))
        .add("Commits", ours.path("sequence").asString(""))
        .add("READ-ONLY", ours.path("readOnly").asString(""))
        .print(session);
    for (JsonNode warning : ours.path("warnings")) {
      session.print("Warning: " + warning.asString(""));
    }
    for (JsonNode limitation : ours.path("limitations")) {
      session.print("Limitation: " + limitation.asString(""));
    }
    return ExitStatus.OK;
  }
}
