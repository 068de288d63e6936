package io.homeport.cli;

import io.homeport.cli.client.ExitStatus;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code homeport apps restart}: new tasks, on the same volumes. */
@Command(
    name = "restart",
    description =
        "Replace all tasks of an app, on the same volumes and as its upgradeStrategy says.")
final class AppsRestart extends ClientCommand {
  @Parameters(paramLabel = "APP", description = "The app: its id, or the end of it.")
  private String app;

  @Mixin private ChangeOptions options = new ChangeOptions();

  @Override
  ExitStatus run(Session session) throws InterruptedException {
    String id = session.names().app(app);
    return options.carryOut(
        session,
        new ChangeOptions.Change("POST", "/v2/apps" + id + "/restart", Optional.empty()),
        id + " is being restarted.");
  }
}
