package io.homeport.deployment;

import io.homeport.model.AgentStatus;
import io.homeport.model.AppDefinition;
import io.homeport.model.Condition;
import io.homeport.model.Instance;
import io.homeport.model.Task;
import io.homeport.state.AgentView;
import io.homeport.state.ClusterState;
import io.homeport.state.TransientState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When an instance counts as working, as up to date, and as out of reach. */
public final class Readiness {
  private Readiness() {}

  /**
   * Whether an instance works: its task runs, nobody wants its end, its agent is in reach, and its
   * health checks, if the app has any, are content.
   *
   * @param state what is known
   * @param app the app's current definition
   * @param instance one of its instances
   */
  public static boolean isReady(ClusterState state, AppDefinition app, Instance instance) {
    return serves(state, instance)
        && (app.healthChecks().isEmpty()
            || health(state, instance).filter(TransientState.Health::healthy).isPresent());
  }

  /**
   * Whether an instance would work but for its health, of which nothing is known yet: as after a
   * start of this server, or when the task began before the app had health checks.
   *
   * @param state what is known
   * @param app the app's current definition
   * @param instance one of its instances
   */
  static boolean isInDoubt(ClusterState state, AppDefinition app, Instance instance) {
    return serves(state, instance)
        && !app.healthChecks().isEmpty()
        && health(state, instance).isEmpty();
  }

  private static boolean serves(ClusterState state, Instance instance) {
    return instance.condition() == Condition.RUNNING
        && instance
            .task()
            .filter(task -> task.killRequestedAt().isEmpty())
            .filter(task -> !isLost(state.present().views().get(task.agent())))
            .isPresent();
  }

  private static Optional<TransientState.Health> health(ClusterState state, Instance instance) {
    return instance.task().map(task -> state.present().health().get(task.id()));
  }

  /**
   * Agents can be given up without a word about their tasks: a master that failed over does not
   * know them.
   */
  private static boolean isLost(@Nullable AgentView agent) {
    return agent != null && !agent.status().isInReach();
  }

  /**
   * Whether an instance's task runs a version from before the last change of configuration.
   *
   * @param app the app's current definition
   * @param instance one of its instances
   */
  public static boolean isOutdated(AppDefinition app, Instance instance) {
    return instance
        .task()
        .filter(Task::isLive)
        .map(task -> task.version().isBefore(app.lastConfigChangeAt()))
        .orElse(false);
  }

  /**
   * Whether nothing can be done for an instance at present, because the agent of its task or of its
   * home is not there to do it. Such instances do not hold up deployments.
   *
   * @param state what is known
   * @param instance an instance
   */
  public static boolean isOutOfReach(ClusterState state, Instance instance) {
    if (instance.isLive()) {
      return instance.condition() == Condition.UNREACHABLE;
    }
    return state
        .durable()
        .reservationOf(instance)
        .map(home -> state.present().views().get(home.agent()))
        .map(AgentView::status)
        .map(status -> status != AgentStatus.ACTIVE)
        .orElse(false);
  }
}
