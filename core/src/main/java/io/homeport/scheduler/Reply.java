package io.homeport.scheduler;

import io.homeport.model.DeploymentId;
import io.homeport.model.Instance;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the asker of a command gets, once its changes are committed. */
public sealed interface Reply {
  /** It is done, and there is nothing to say about it. */
  record Done() implements Reply {}

  /**
   * A deployment brings it about.
   *
   * @param deployment the deployment
   * @param version the version it brings about
   */
  record Deployed(DeploymentId deployment, Instant version) implements Reply {}

  /**
   * Tasks are being ended.
   *
   * @param instances the instances concerned, as they were before
   * @param deployed the deployment, when the app was scaled
   */
  record Killed(List<Instance> instances, Optional<Deployed> deployed) implements Reply {}

  /**
   * It is refused, and nothing was changed.
   *
   * @param code the kind of refusal
   * @param message what was expected, what was found, and what to do
   * @param details what is wrong where, for {@link ErrorCode#INVALID}
   * @param deployments the deployments in the way, for {@link ErrorCode#APP_LOCKED}
   */
  record Rejected(
      ErrorCode code, String message, List<Detail> details, List<DeploymentId> deployments)
      implements Reply {
    /**
     * A refusal with a sentence only.
     *
     * @param code the kind of refusal
     * @param message the sentence
     */
    public static Rejected of(ErrorCode code, String message) {
      return new Rejected(code, message, List.of(), List.of());
    }
  }

  /**
   * What is wrong at one place of a definition.
   *
   * @param path the JSON path, such as {@code /cpus}
   * @param errors what is wrong there
   */
  record Detail(String path, List<String> errors) {}
}
