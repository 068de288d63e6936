package io.homeport.cli;

import io.homeport.cli.client.ExitStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code homeport apps retry}: ends the back-off after failures. */
@Command(
    name = "retry",
    description = "Launch the tasks of an app now that wait after failures, without further delay.")
final class AppsRetry extends ClientCommand {
  @Parameters(paramLabel = "APP", description = "The app: its id, or the end of it.")
  private String app;

  @Override
  ExitStatus run(Session session) {
    String id = session.names().app(app);
    session.send("DELETE", "/v2/queue" + id + "/delay");
    if (!session.json()) {
      session.print(id + " is launched without further delay.");
    }
    return ExitStatus.OK;
  }
}
