package io.homeport.cli;

import io.homeport.cli.client.Api;
import io.homeport.cli.client.ExitStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code homeport deployments cancel}: stops a deployment where it is. */
@Command(
    name = "cancel",
    description = "Stop a deployment where it is; what it has done so far stays.")
final class DeploymentsCancel extends ClientCommand {
  @Parameters(
      paramLabel = "DEPLOYMENT",
      description = "The deployment: its id or the beginning of it, or an app that it changes.")
  private String deployment;

  @Override
  ExitStatus run(Session session) {
    String id = session.names().deployment(deployment);
    Api.Answer answer = session.send("DELETE", "/v2/deployments/" + Api.encode(id) + "?force=true");
    if (session.json()) {
      session.print(answer.body());
    } else {
      session.print("Deployment " + id + " is cancelled.");
    }
    return ExitStatus.OK;
  }
}
