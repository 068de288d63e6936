package io.homeport.cli;

import io.homeport.cli.client.ExitStatus;
import io.homeport.cli.text.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code homeport deployments list}: what is under way. */
@Command(name = "list", description = "List the deployments under way.")
final class DeploymentsList extends ClientCommand {
  @Option(
      names = {"-w", "--watch"},
      description = "Follow them, with their progress, until all are over.")
  private boolean watch;

  @Override
  ExitStatus run(Session session) throws InterruptedException {
    JsonNode deployments = session.api().get("/v2/deployments");
    if (watch) {
      for (JsonNode deployment : deployments) {
        new DeploymentWatch(session).follow(deployment.path("id").asString(""));
      }
      return ExitStatus.OK;
    }
    if (session.json()) {
      session.print(deployments);
      return ExitStatus.OK;
    }
    Table table =
        new Table("DEPLOYMENT", "APPS", "DOES", ">STEP", ">READY", ">OUT OF REACH", "STARTED");
    for (JsonNode deployment : deployments) {
      JsonNode ours = deployment.path("homeport");
      table.row(
          deployment.path("id").asString(""),
          String.join(", ", DeploymentText.apps(deployment)),
          DeploymentText.actions(deployment),
          DeploymentText.step(deployment),
          DeploymentText.ready(deployment),
          Integer.toString(ours.path("outOfReach").size()),
          session.ago(ours, "startedAt"));
    }
    session.print(table, "No deployment is under way.");
    return ExitStatus.OK;
  }
}
