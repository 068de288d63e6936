package io.homeport.cli;

import io.homeport.cli.client.Api;
import io.homeport.cli.client.ExitStatus;
import io.homeport.cli.text.Sizes;
import io.homeport.cli.text.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code homeport apps list}: all apps, or some. */
@Command(name = "list", description = "List the apps.")
final class AppsList extends ClientCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "PART",
      description = "Only apps with this in their ids.")
  private Optional<String> part = Optional.empty();

  @Option(
      names = {"-l", "--label"},
      paramLabel = "SELECTOR",
      description = "Only apps with these labels, such as env==test or tier.")
  private Optional<String> label = Optional.empty();

  @Override
  ExitStatus run(Session session) {
    List<String> query = new ArrayList<>();
    part.ifPresent(value -> query.add("id=" + Api.encode(value)));
    label.ifPresent(value -> query.add("label=" + Api.encode(value)));
    String filter = query.isEmpty() ? "" : "?" + String.join("&", query);
    JsonNode answer = session.api().get("/v2/apps" + filter);
    if (session.json()) {
      session.print(answer);
      return ExitStatus.OK;
    }
    Table table =
        new Table(
            "APP", ">INSTANCES", "STATUS", "HEALTH", ">CPUS", ">MEMORY", "IDLE VOLUMES", "CHANGED");
    for (JsonNode app : answer.path("apps")) {
      table.row(
          app.path("id").asString(""),
          AppText.instances(app),
          AppText.status(app),
          AppText.health(app),
          Sizes.number(app.path("cpus").asDouble(0)),
          Sizes.mebibytes(app.path("mem").asDouble(0)),
          AppText.idleVolumes(app),
          session.ago(app, "version"));
    }
    session.print(table, filter.isEmpty() ? "There are no apps." : "There are no such apps.");
    return ExitStatus.OK;
  }
}
