package io.homeport.cli;

import io.homeport.cli.client.Api;
import io.homeport.cli.client.ExitStatus;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** The options of commands that change apps, and carrying such a change out. */
final class ChangeOptions {
  @Option(
      names = "--force",
      description =
          "Also when another deployment of the app is under way, which is cancelled then.")
  private boolean force;

  @Option(names = "--dry-run", description = "Show what would happen, and change nothing.")
  private boolean dryRun;

  @Option(
      names = {"-w", "--watch"},
      description = "Wait for the deployment to end, and show its progress.")
  private boolean watch;

  /**
   * A change.
   *
   * @param method the HTTP method
   * @param path from {@code /v2} on, without a query
   * @param body JSON, if there is one
   * @param basis the version that it is meant for, if it must be that one
   */
  record Change(String method, String path, Optional<String> body, Optional<String> basis) {
    /**
     * A change whatever the version.
     *
     * @param method the HTTP method
     * @param path from {@code /v2} on, without a query
     * @param body JSON, if there is one
     */
    Change(String method, String path, Optional<String> body) {
      this(method, path, body, Optional.empty());
    }
  }

  /** Whether nothing is to be changed. */
  boolean isDryRun() {
    return dryRun;
  }

  /**
   * Finds out what a change would do.
   *
   * @param session the server
   * @param change the change
   * @return the answer, with the plan
   */
  static JsonNode plan(Session session, Change change) {
    return session
        .api()
        .send(change.method(), change.path() + "?dryRun=true", change.body(), Map.of())
        .body();
  }

  /**
   * Carries a change out, or shows what it would do.
   *
   * @param session the server
   * @param change the change
   * @param done what is said when it is accepted
   * @throws InterruptedException when the wait for its end is interrupted
   */
  ExitStatus carryOut(Session session, Change change, String done) throws InterruptedException {
    if (dryRun) {
      JsonNode planned = plan(session, change);
      if (session.json()) {
        session.print(planned);
      } else {
        PlanText.print(session, planned);
      }
      return ExitStatus.OK;
    }
    Map<String, String> headers = new HashMap<>();
    change.basis().ifPresent(version -> headers.put("If-Match", "\"" + version + "\""));
    String query = force ? "?force=true" : "";
    Api.Answer answer =
        session.api().send(change.method(), change.path() + query, change.body(), headers);
    return tell(session, answer, done);
  }

  private ExitStatus tell(Session session, Api.Answer answer, String done)
      throws InterruptedException {
    for (JsonNode warning : answer.body().path("warnings")) {
      session.note("Warning: " + warning.asString(""));
    }
    Optional<String> deployment = deployment(answer);
    if (session.json()) {
      session.print(answer.body());
    } else {
      session.print(done + deployment.map(id -> " Deployment " + id + ".").orElse(""));
    }
    return watch && deployment.isPresent()
        ? new DeploymentWatch(session).follow(deployment.get())
        : ExitStatus.OK;
  }

  private static Optional<String> deployment(Api.Answer answer) {
    return answer
        .header("Marathon-Deployment-Id")
        .or(() -> Optional.ofNullable(answer.body().path("deploymentId").asString(null)));
  }
}
