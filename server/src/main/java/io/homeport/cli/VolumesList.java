package io.homeport.cli;

import io.homeport.cli.client.Api;
import io.homeport.cli.client.ExitStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code homeport volumes list}: all volumes, or some. */
@Command(name = "list", description = "List the volumes.")
final class VolumesList extends ClientCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "APP",
      description = "Only volumes of this app: its id, or the end of it.")
  private Optional<String> app = Optional.empty();

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description =
          "Only these: creating, attached, detached, 'left behind', quarantined or destroying.")
  private Optional<String> status = Optional.empty();

  @Override
  ExitStatus run(Session session) {
    List<String> query = new ArrayList<>();
    app.ifPresent(name -> query.add("app=" + Api.encode(session.names().app(name))));
    status.ifPresent(value -> query.add("status=" + Api.encode(value)));
    String filter = query.isEmpty() ? "" : "?" + String.join("&", query);
    JsonNode answer = session.api().get("/v2/volumes" + filter);
    if (session.json()) {
      session.print(answer);
    } else {
      session.print(
          VolumeText.table(session, answer.path("volumes")),
          filter.isEmpty() ? "There are no volumes." : "There are no such volumes.");
    }
    return ExitStatus.OK;
  }
}
