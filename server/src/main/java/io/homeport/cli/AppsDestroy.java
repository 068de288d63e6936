package io.homeport.cli;

import io.homeport.cli.ChangeOptions.Change;
import io.homeport.cli.client.ExitStatus;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code homeport apps destroy}: the app and its volumes, for good. */
@Command(
    name = "destroy",
    description = {
      "Destroy an app WITH ITS VOLUMES. What would be lost is shown, and the app's id asked for.",
      "To keep the volumes, suspend the app instead."
    })
final class AppsDestroy extends ClientCommand {
  @Parameters(paramLabel = "APP", description = "The app: its id, or the end of it.")
  private String app;

  @Option(names = "--yes", description = "Do it without asking.")
  private boolean yes;

  @Mixin private ChangeOptions options = new ChangeOptions();

  @Override
  ExitStatus run(Session session) throws InterruptedException {
    String id = session.names().app(app);
    Change destroy = new Change("DELETE", "/v2/apps" + id, Optional.empty());
    if (!options.isDryRun() && !yes) {
      JsonNode planned = ChangeOptions.plan(session, destroy);
      PlanText.print(session, planned);
      session.confirm(id);
      // What was shown is what is done: the app must not have changed meanwhile.
      destroy =
          new Change(
              destroy.method(),
              destroy.path(),
              destroy.body(),
              Optional.ofNullable(planned.path("plan").path("version").asString(null)));
    }
    return options.carryOut(session, destroy, id + " is being destroyed.");
  }
}
