package io.homeport.cli;

import io.homeport.cli.client.ExitStatus;
import io.homeport.cli.text.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Follows a deployment to its end. A line is written whenever something changes; when nothing did
 * for a while, what it waits for is written too.
 */
final class DeploymentWatch {
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Session session;

  /**
   * A watch.
   *
   * @param session the server
   */
  DeploymentWatch(Session session) {
    this.session = session;
  }

  /**
   * Follows a deployment; returns when it is not under way any more.
   *
   * @param id the deployment
   * @throws InterruptedException when interrupted
   */
  ExitStatus follow(String id) throws InterruptedException {
    Instant begun = session.now();
    String last = "";
    Instant changed = begun;
    List<String> apps = new ArrayList<>();
    boolean explained = false;
    for (Optional<JsonNode> now = find(id); now.isPresent(); now = find(id)) {
      JsonNode deployment = now.get();
      apps = DeploymentText.apps(deployment);
      String line = DeploymentText.progress(deployment);
      if (!line.equals(last)) {
        session.note(line);
        last = line;
        changed = session.now();
        explained = false;
      } else if (!explained && changed.plus(PATIENCE).isBefore(session.now())) {
        explain(apps);
        explained = true;
      }
      Thread.sleep(PAUSE);
    }
    session.note(
        "Deployment "
            + id
            + " is over after "
            + Times.duration(Duration.between(begun, session.now()))
            + ".");
    return ExitStatus.OK;
  }

  private Optional<JsonNode> find(String id) {
    for (JsonNode deployment : session.api().get("/v2/deployments")) {
      if (deployment.path("id").asString("").equals(id)) {
        return Optional.of(deployment);
      }
    }
    return Optional.empty();
  }

  private void explain(List<String> apps) {
    for (String app : apps) {
      JsonNode explanation = session.api().get("/v2/apps" + app + "/explain");
      for (JsonNode waiting : explanation.path("waiting")) {
        session.note(
            "  instance "
                + waiting.path("ordinal").asInt(0)
                + " waits: "
                + waiting.path("reason").asString(""));
      }
      for (JsonNode problem : explanation.path("problems")) {
        session.note("  " + problem.asString(""));
      }
    }
  }
}
