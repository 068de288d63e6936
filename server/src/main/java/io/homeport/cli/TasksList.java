package io.homeport.cli;

import io.homeport.cli.client.ExitStatus;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code homeport tasks list}: all tasks, or those of an app. */
@Command(name = "list", description = "List the tasks; of an app also those of detached instances.")
final class TasksList extends ClientCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "APP",
      description = "Only tasks of this app: its id, or the end of it.")
  private Optional<String> app = Optional.empty();

  @Override
  ExitStatus run(Session session) {
    String path =
        app.map(name -> "/v2/apps" + session.names().app(name) + "/tasks").orElse("/v2/tasks");
    JsonNode answer = session.api().get(path);
    if (session.json()) {
      session.print(answer);
    } else {
      session.print(TaskText.table(session, answer.path("tasks")), "There are no tasks.");
    }
    return ExitStatus.OK;
  }
}
