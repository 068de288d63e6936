package io.homeport.cli;

import io.homeport.cli.client.CommandFailure;
import io.homeport.cli.client.ExitStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code homeport deployments show}: one deployment. */
@Command(name = "show", description = "Show a deployment that is under way.")
final class DeploymentsShow extends ClientCommand {
  @Parameters(
      paramLabel = "DEPLOYMENT",
      description = "The deployment: its id or the beginning of it, or an app that it changes.")
  private String deployment;

  @Option(
      names = {"-w", "--watch"},
      description = "Follow it, with its progress, until it is over.")
  private boolean watch;

  @Override
  ExitStatus run(Session session) throws InterruptedException {
    String id = session.names().deployment(deployment);
    if (watch) {
      return new DeploymentWatch(session).follow(id);
    }
    for (JsonNode found : session.api().get("/v2/deployments")) {
      if (found.path("id").asString("").equals(id)) {
        show(session, found);
        return ExitStatus.OK;
      }
    }
    throw new CommandFailure(ExitStatus.NOT_FOUND, "Deployment " + id + " is over.");
  }

  private static void show(Session session, JsonNode found) {
    if (session.json()) {
      session.print(found);
      return;
    }
    JsonNode ours = found.path("homeport");
    new Facts()
        .add("Deployment", found.path("id").asString(""))
        .add("Version", found.path("version").asString(""))
        .add("Apps", String.join(", ", DeploymentText.apps(found)))
        .add("Step", DeploymentText.step(found))
        .add("Does", DeploymentText.actions(found))
        .add("Ready", DeploymentText.ready(found))
        .add("Started", session.ago(ours, "startedAt"))
        .print(session);
    for (JsonNode away : ours.path("outOfReach")) {
      session.print(
          "Out of reach: "
              + away.path("instanceId").asString("")
              + " on "
              + away.path("agentId").asString("")
              + ": "
              + away.path("why").asString(""));
    }
  }
}
