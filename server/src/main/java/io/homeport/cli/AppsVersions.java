package io.homeport.cli;

import io.homeport.cli.client.ExitStatus;
import io.homeport.cli.text.Table;
import io.homeport.cli.text.Times;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code homeport apps versions}: what an app was. */
@Command(
    name = "versions",
    description = "List the versions of an app that are kept, newest first.")
final class AppsVersions extends ClientCommand {
  @Parameters(paramLabel = "APP", description = "The app: its id, or the end of it.")
  private String app;

  @Override
  ExitStatus run(Session session) {
    JsonNode answer = session.api().get("/v2/apps" + session.names().app(app) + "/versions");
    if (session.json()) {
      session.print(answer);
      return ExitStatus.OK;
    }
    Table table = new Table("VERSION", "MADE");
    for (JsonNode version : answer.path("versions")) {
      table.row(version.asString(""), Times.ago(version.asString(""), session.now()));
    }
    session.print(table, "No version is kept.");
    return ExitStatus.OK;
  }
}
