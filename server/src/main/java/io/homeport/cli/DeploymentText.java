package io.homeport.cli;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Deployments as people read them. */
final class DeploymentText {
  private DeploymentText() {}

  /**
   * The apps it changes.
   *
   * @param deployment the deployment
   */
  static List<String> apps(JsonNode deployment) {
    List<String> apps = new ArrayList<>();
    for (JsonNode app : deployment.path("affectedApps")) {
      apps.add(app.asString(""));
    }
    return apps;
  }

  /**
   * What it is doing.
   *
   * @param deployment the deployment
   */
  static String actions(JsonNode deployment) {
    List<String> actions = new ArrayList<>();
    for (JsonNode action : deployment.path("currentActions")) {
      actions.add(
          switch (action.path("action").asString("")) {
            case "StartApplication" -> "start";
            case "ScaleApplication" -> "scale";
            case "RestartApplication" -> "restart";
            case "StopApplication" -> "stop";
            default -> action.path("action").asString("");
          });
    }
    return String.join(", ", actions);
  }

  /**
   * How many instances are as they shall be.
   *
   * @param deployment the deployment
   */
  static String ready(JsonNode deployment) {
    JsonNode progress = deployment.path("homeport").path("progress");
    return progress.path("ready").asInt(0) + "/" + progress.path("wanted").asInt(0);
  }

  /**
   * The step it is in.
   *
   * @param deployment the deployment
   */
  static String step(JsonNode deployment) {
    return deployment.path("currentStep").asInt(0) + "/" + deployment.path("totalSteps").asInt(0);
  }

  /**
   * All of that in a line.
   *
   * @param deployment the deployment
   */
  static String progress(JsonNode deployment) {
    return String.join(", ", apps(deployment))
        + ": step "
        + step(deployment)
        + " ("
        + actions(deployment)
        + "), "
        + ready(deployment)
        + " ready";
  }
}
