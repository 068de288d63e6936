package io.homeport.simulation.defects;

import io.homeport.model.AppDefinition;
import io.homeport.model.Constraint;
import io.homeport.model.UpgradeStrategy;
import java.util.List;

/** Copies of definitions that differ in one thing. */
final class Definitions {
  private Definitions() {}

  static AppDefinition with(
      AppDefinition app, List<Constraint> constraints, UpgradeStrategy upgradeStrategy) {
    return new AppDefinition(
        app.id(),
        app.command(),
        app.user(),
        app.env(),
        app.instances(),
        app.resources(),
        app.container(),
        app.networks(),
        app.portDefinitions(),
        app.requirePorts(),
        constraints,
        app.fetch(),
        app.healthChecks(),
        upgradeStrategy,
        app.backoff(),
        app.labels(),
        app.acceptedResourceRoles(),
        app.role(),
        app.unreachableStrategy(),
        app.killSelection(),
        app.killGracePeriod(),
        app.residency(),
        app.version(),
        app.lastScalingAt(),
        app.lastConfigChangeAt());
  }
}
