package io.homeport.runtime;

import io.homeport.model.AppDefinition;
import io.homeport.model.Deployment;
import io.homeport.model.Event;
import io.homeport.model.Reservation;
import io.homeport.model.RunCommand;
import io.homeport.state.Change;
import java.util.Map;
import java.util.Optional;

/**
 * Roughly how many bytes things take when stored or retained. The estimates bound batches and the
 * event window; only definitions and deployments can become large, and they are measured.
 */
final class Weight {
  private static final int SMALL = 200;
  private static final int INSTANCE = 800;
  private static final int RESERVATION = 600;
  private static final int VOLUME = 250;
  private static final int DEFINITION = 1_200;
  private static final int ITEM = 150;

  private Weight() {}

  /** The weight of a change once it is stored. */
  static long of(Change.Stored change) {
    return switch (change) {
      case Change.AppPut put -> of(put.definition());
      case Change.InstancePut _, Change.TaskFailed _ -> INSTANCE;
      case Change.ReservationPut put -> of(put.reservation());
      case Change.DeploymentPut put -> of(put.deployment());
      case Change.InstallationNamed _,
          Change.TermBegan _,
          Change.FrameworkRegistered _,
          Change.SafeModeBegan _,
          Change.SafeModeEnded _,
          Change.AppVersionRemoved _,
          Change.AppRemoved _,
          Change.InstanceRemoved _,
          Change.ReservationRemoved _,
          Change.DeploymentRemoved _,
          Change.AgentPut _,
          Change.AgentRemoved _ ->
          SMALL;
    };
  }

  /** The weight of an event while it is retained. */
  static long of(Event event) {
    return switch (event) {
      case Event.AppPosted posted -> of(posted.definition());
      case Event.DeploymentStepStarted started -> of(started.deployment());
      case Event.DeploymentStepSucceeded succeeded -> of(succeeded.deployment());
      case Event.DeploymentSucceeded succeeded -> of(succeeded.deployment());
      case Event.DeploymentFailed failed -> of(failed.deployment());
      case Event.VolumeChanged changed -> of(changed.reservation());
      case Event.ReservationChanged changed -> of(changed.reservation());
      case Event.StatusUpdated _,
          Event.InstanceChanged _,
          Event.HealthChanged _,
          Event.UnhealthyInstanceKilled _ ->
          INSTANCE;
      case Event.GroupChanged _,
          Event.GroupChangeFailed _,
          Event.AppTerminated _,
          Event.UnknownInstanceTerminated _,
          Event.HealthCheckAdded _,
          Event.HealthCheckRemoved _,
          Event.SchedulerRegistered _,
          Event.SchedulerDisconnected _,
          Event.AgentChanged _ ->
          SMALL;
    };
  }

  private static long of(Reservation reservation) {
    return RESERVATION + (long) VOLUME * reservation.volumes().size();
  }

  private static long of(Deployment deployment) {
    long weight = SMALL;
    for (Optional<AppDefinition> original : deployment.originals().values()) {
      weight += original.map(Weight::of).orElse((long) SMALL);
    }
    for (Deployment.Step step : deployment.steps()) {
      weight += (long) ITEM * step.actions().size();
    }
    return weight;
  }

  private static long of(AppDefinition app) {
    int items =
        app.portDefinitions().size()
            + app.constraints().size()
            + app.fetch().size()
            + app.healthChecks().size()
            + app.persistentVolumes().size();
    return DEFINITION + (long) ITEM * items + of(app.command()) + of(app.env()) + of(app.labels());
  }

  private static long of(RunCommand command) {
    return switch (command) {
      case RunCommand.Shell shell -> shell.line().length();
      case RunCommand.Exec exec -> exec.args().stream().mapToLong(String::length).sum();
      case RunCommand.ImageDefault _, RunCommand.Pause _ -> 0;
    };
  }

  private static long of(Map<String, String> texts) {
    long weight = 0;
    for (Map.Entry<String, String> text : texts.entrySet()) {
      weight += text.getKey().length() + text.getValue().length() + 8L;
    }
    return weight;
  }
}
