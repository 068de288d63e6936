package io.homeport.api;

import io.homeport.model.DeploymentId;
import io.homeport.scheduler.Command;
import io.homeport.scheduler.Reply;
import io.homeport.state.ClusterState;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;

/** {@code /v2/deployments}. */
final class DeploymentsResource {
  private final Backend backend;

  DeploymentsResource(Backend backend) {
    this.backend = backend;
  }

  Answer list(Request request) {
    ClusterState state = backend.state();
    ArrayNode deployments = Json.array();
    state
        .durable()
        .deployments()
        .values()
        .forEach(deployment -> deployments.add(DeploymentJson.of(state, deployment)));
    return Answer.ok(deployments);
  }

  /** Rolls back, or with force just stops it; Marathon answers the latter with 202 and no body. */
  Answer cancel(Request request) {
    DeploymentId id = new DeploymentId(request.parameter("deployment"));
    boolean force = request.flag("force", false);
    return switch (backend.ask(new Command.CancelDeployment(id, force))) {
      case Reply.Deployed deployed -> Answer.deployed(deployed);
      case Reply.Done _, Reply.Killed _, Reply.Rejected _ -> new Answer.Empty(202, Map.of());
    };
  }
}
