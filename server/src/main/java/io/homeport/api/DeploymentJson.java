package io.homeport.api;

import io.homeport.deployment.Readiness;
import io.homeport.model.AppId;
import io.homeport.model.Deployment;
import io.homeport.model.Instance;
import io.homeport.state.App;
import io.homeport.state.ClusterState;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Deployments in Marathon's shape. */
final class DeploymentJson {
  private DeploymentJson() {}

  static ArrayNode steps(Deployment deployment) {
    ArrayNode steps = Json.array();
    deployment.steps().forEach(step -> steps.add(step(step)));
    return steps;
  }

  static ObjectNode step(Deployment.Step step) {
    ObjectNode json = Json.object();
    ArrayNode actions = json.putArray("actions");
    step.actions()
        .forEach(
            action ->
                actions
                    .addObject()
                    .put("action", action.kind().marathonName())
                    .put("app", action.app().path()));
    return json;
  }

  static ObjectNode of(ClusterState state, Deployment deployment) {
    ObjectNode json = Json.object();
    json.put("id", deployment.id().value());
    json.set("steps", steps(deployment));
    json.put("version", Json.time(deployment.version()));
    ArrayNode apps = json.putArray("affectedApps");
    deployment.apps().forEach(app -> apps.add(app.path()));
    json.putArray("affectedPods");
    ArrayNode current = json.putArray("currentActions");
    for (Deployment.Action action : deployment.step().actions()) {
      ObjectNode entry = current.addObject();
      entry.put("action", action.kind().marathonName());
      entry.put("app", action.app().path());
      entry.putArray("readinessCheckResults");
    }
    json.put("currentStep", deployment.currentStep() + 1);
    json.put("totalSteps", deployment.steps().size());
    json.set("homeport", progress(state, deployment));
    return json;
  }

  private static ObjectNode progress(ClusterState state, Deployment deployment) {
    ObjectNode json = Json.object();
    json.put("startedAt", Json.time(deployment.startedAt()));
    ArrayNode outOfReach = json.putArray("outOfReach");
    int wanted = 0;
    int ready = 0;
    for (AppId id : deployment.apps()) {
      App app = state.durable().apps().get(id);
      wanted += app == null ? 0 : app.definition().instances();
      for (Instance instance : state.durable().instancesOf(id).all().values()) {
        boolean works =
            app != null
                && Readiness.isReady(state, app.definition(), instance)
                && !Readiness.isOutdated(app.definition(), instance);
        ready += works ? 1 : 0;
        if (Readiness.isOutOfReach(state, instance)) {
          outOfReach
              .addObject()
              .put("instanceId", instance.id().value())
              .put("agentId", instance.task().map(task -> task.agent().value()).orElse(null))
              .put("why", "its agent is out of reach");
        }
      }
    }
    json.putObject("progress").put("wanted", wanted).put("ready", ready);
    return json;
  }
}
