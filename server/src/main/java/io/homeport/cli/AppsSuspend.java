package io.homeport.cli;

import io.homeport.cli.client.ExitStatus;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code homeport apps suspend}: no instances, all volumes kept. */
@Command(
    name = "suspend",
    description =
        "End all tasks of an app and keep its volumes, detached. The same as scaling to 0.")
final class AppsSuspend extends ClientCommand {
  @Parameters(paramLabel = "APP", description = "The app: its id, or the end of it.")
  private String app;

  @Mixin private ChangeOptions options = new ChangeOptions();

  @Override
  ExitStatus run(Session session) throws InterruptedException {
    String id = session.names().app(app);
    return options.carryOut(
        session,
        new ChangeOptions.Change("PUT", "/v2/apps" + id, Optional.of("{\"instances\": 0}")),
        id + " is suspended.");
  }
}
