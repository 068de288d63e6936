package io.homeport.cli;

import io.homeport.cli.ChangeOptions.Change;
import io.homeport.cli.client.CommandFailure;
import io.homeport.cli.client.ExitStatus;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code homeport plan}: what a change would do, volumes above all. */
@Command(
    name = "plan",
    description = {
      "Show what a change would do, without doing it.",
      "Which instances start, restart and stop, and which volumes are kept, detached, created and",
      "destroyed."
    })
final class PlanCommand extends ClientCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "APP",
      description = "The app: its id, or the end of it. The id in the file if not given.")
  private Optional<String> app = Optional.empty();

  @ArgGroup(multiplicity = "1")
  private What what;

  /** The change. */
  private static final class What {
    @Option(
        names = {"-f", "--file"},
        paramLabel = "FILE",
        description = "Creating or changing the app as in this file; - for standard input.")
    private Optional<String> file = Optional.empty();

    @Option(names = "--scale", paramLabel = "N", description = "Scaling to so many instances.")
    private Optional<Integer> scale = Optional.empty();

    @Option(names = "--restart", description = "Restarting.")
    private boolean restart;

    @Option(names = "--destroy", description = "Destroying.")
    private boolean destroy;
  }

  @Override
  ExitStatus run(Session session) {
    JsonNode planned = ChangeOptions.plan(session, change(session));
    if (session.json()) {
      session.print(planned);
    } else {
      PlanText.print(session, planned);
    }
    return ExitStatus.OK;
  }

  private Change change(Session session) {
    if (what.file.isPresent()) {
      JsonNode definition = DefinitionFile.read(what.file.get(), session.terminal());
      String id = app.map(session.names()::app).orElseGet(() -> idIn(definition));
      return new Change("PUT", "/v2/apps" + id, Optional.of(definition.toString()));
    }
    String path = "/v2/apps" + session.names().app(app.orElseThrow(PlanCommand::noApp));
    if (what.scale.isPresent()) {
      return new Change("PUT", path, Optional.of("{\"instances\": " + what.scale.get() + "}"));
    }
    if (what.restart) {
      return new Change("POST", path + "/restart", Optional.empty());
    }
    if (what.destroy) {
      return new Change("DELETE", path, Optional.empty());
    }
    throw new CommandFailure(ExitStatus.USAGE, "What change? See 'homeport plan --help'.");
  }

  private static String idIn(JsonNode definition) {
    String id = definition.path("id").asString("");
    if (id.isEmpty()) {
      throw noApp();
    }
    return id.startsWith("/") ? id : "/" + id;
  }

  private static CommandFailure noApp() {
    return new CommandFailure(ExitStatus.USAGE, "Which app? Name it, or give its id in the file.");
  }
}
