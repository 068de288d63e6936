package io.homeport.cli;

import io.homeport.cli.client.ExitStatus;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code homeport apps scale}: changes the number of instances. */
@Command(
    name = "scale",
    description = {
      "Change the number of instances of an app.",
      "Instances that are not wanted any more keep their volumes, detached; scaling up takes them"
          + " back first."
    })
final class AppsScale extends ClientCommand {
  @Parameters(paramLabel = "APP", description = "The app: its id, or the end of it.")
  private String app;

  @Parameters(paramLabel = "INSTANCES", description = "How many, from 0.")
  private int instances;

  @Mixin private ChangeOptions options = new ChangeOptions();

  @Override
  ExitStatus run(Session session) throws InterruptedException {
    String id = session.names().app(app);
    return options.carryOut(
        session,
        new ChangeOptions.Change(
            "PUT", "/v2/apps" + id, Optional.of("{\"instances\": " + instances + "}")),
        id + " is to have " + instances + (instances == 1 ? " instance." : " instances."));
  }
}
