package io.homeport.cli;

import io.homeport.cli.client.Api;
import io.homeport.cli.client.ExitStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code homeport deployments rollback}: takes a deployment back. */
@Command(
    name = "rollback",
    description = "Go back to what was before a deployment, with another deployment.")
final class DeploymentsRollback extends ClientCommand {
  @Parameters(
      paramLabel = "DEPLOYMENT",
      description = "The deployment: its id or the beginning of it, or an app that it changes.")
  private String deployment;

  @Override
  ExitStatus run(Session session) {
    String id = session.names().deployment(deployment);
    Api.Answer answer = session.send("DELETE", "/v2/deployments/" + Api.encode(id) + "");
    if (session.json()) {
      session.print(answer.body());
    } else {
      session.print("Deployment " + id + " is being rolled back.");
    }
    return ExitStatus.OK;
  }
}
