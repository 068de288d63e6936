package io.homeport.cli;

import io.homeport.cli.client.CommandFailure;
import io.homeport.cli.client.ExitStatus;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code homeport apps rollback}: an app as it was. */
@Command(name = "rollback", description = "Make an app again what it was in an earlier version.")
final class AppsRollback extends ClientCommand {
  @Parameters(index = "0", paramLabel = "APP", description = "The app: its id, or the end of it.")
  private String app;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "VERSION",
      description =
          "As 'homeport apps versions' lists it; the one before the current one if not given.")
  private Optional<String> version = Optional.empty();

  @Mixin private ChangeOptions options = new ChangeOptions();

  @Override
  ExitStatus run(Session session) throws InterruptedException {
    String id = session.names().app(app);
    String target = version.orElseGet(() -> previous(session, id));
    return options.carryOut(
        session,
        new ChangeOptions.Change(
            "PUT", "/v2/apps" + id, Optional.of("{\"version\": \"" + target + "\"}")),
        id + " goes back to what it was in version " + target + ".");
  }

  private static String previous(Session session, String id) {
    JsonNode versions = session.api().get("/v2/apps" + id + "/versions").path("versions");
    if (versions.size() < 2) {
      throw new CommandFailure(ExitStatus.NOT_FOUND, id + " has no earlier version to go back to.");
    }
    return versions.path(1).asString("");
  }
}
