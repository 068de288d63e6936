package io.homeport.model;

import java.time.Instant;
import java.util.Optional;

/**
 * What is told to those who follow the event stream: Marathon's event types, and ours for volumes
 * and reservations, which Marathon has none for. Each is published after the commit that made it
 * true.
 */
public sealed interface Event {
  /**
   * Somebody changed an app over the API ({@code api_post_event}).
   *
   * @param clientIp whoever asked
   * @param uri what was asked
   * @param definition the app from now on
   */
  record AppPosted(String clientIp, String uri, AppDefinition definition) implements Event {}

  /**
   * The set of apps changed ({@code group_change_success}).
   *
   * @param version the version of the change
   */
  record GroupChanged(Instant version) implements Event {}

  /**
   * A change was refused ({@code group_change_failed}).
   *
   * @param version when
   * @param reason why
   */
  record GroupChangeFailed(Instant version, String reason) implements Event {}

  /**
   * An app and all its instances are gone ({@code app_terminated_event}).
   *
   * @param app the app
   */
  record AppTerminated(AppId app) implements Event {}

  /**
   * A deployment entered a step ({@code deployment_info}).
   *
   * @param deployment at that step
   */
  record DeploymentStepStarted(Deployment deployment) implements Event {}

  /**
   * A deployment completed a step ({@code deployment_step_success}).
   *
   * @param deployment at that step
   */
  record DeploymentStepSucceeded(Deployment deployment) implements Event {}

  /**
   * A deployment is in effect ({@code deployment_success}).
   *
   * @param deployment as it was
   */
  record DeploymentSucceeded(Deployment deployment) implements Event {}

  /**
   * A deployment was cancelled or overtaken ({@code deployment_failed}).
   *
   * @param deployment as it was
   * @param reason why
   */
  record DeploymentFailed(Deployment deployment, String reason) implements Event {}

  /**
   * Something was learnt of a task ({@code status_update_event}).
   *
   * @param app the task's app
   * @param task the task after it
   * @param update what was learnt
   */
  record StatusUpdated(AppId app, Task task, TaskUpdate update) implements Event {}

  /**
   * An instance's condition changed ({@code instance_changed_event}).
   *
   * @param instance after the change
   * @param version the app's version that it runs or is to run
   */
  record InstanceChanged(Instance instance, Instant version) implements Event {}

  /**
   * A task that is no (longer) ours ended ({@code unknown_instance_terminated_event}).
   *
   * @param instance the instance its id names
   * @param condition how it ended
   */
  record UnknownInstanceTerminated(InstanceId instance, Condition condition) implements Event {}

  /**
   * A task began or ceased to work ({@code health_status_changed_event} and {@code
   * instance_health_changed_event}).
   *
   * @param instance the instance
   * @param version the app's version it runs
   * @param healthy whether it works now
   */
  record HealthChanged(Instance instance, Instant version, boolean healthy) implements Event {}

  /**
   * A task is ended because it does not work ({@code unhealthy_instance_kill_event}).
   *
   * @param instance the instance
   * @param task the task
   * @param reason what its checks found
   */
  record UnhealthyInstanceKilled(Instance instance, Task task, String reason) implements Event {}

  /**
   * An app got a health check ({@code add_health_check_event}).
   *
   * @param app the app
   * @param version the version that brought it
   * @param check the check
   */
  record HealthCheckAdded(AppId app, Instant version, HealthCheck check) implements Event {}

  /**
   * An app lost a health check ({@code remove_health_check_event}).
   *
   * @param app the app
   */
  record HealthCheckRemoved(AppId app) implements Event {}

  /**
   * The engine knows us ({@code scheduler_registered_event}, or {@code
   * scheduler_reregistered_event} when it did before).
   *
   * @param frameworkId its name for us
   * @param again whether it knew us before
   */
  record SchedulerRegistered(String frameworkId, boolean again) implements Event {}

  /** The engine is out of reach ({@code scheduler_disconnected_event}). */
  record SchedulerDisconnected() implements Event {}

  /**
   * A volume's status changed ({@code volume_changed_event}, ours).
   *
   * @param volume the volume
   * @param reservation where it lies
   * @param status from now on
   */
  record VolumeChanged(VolumeId volume, Reservation reservation, VolumeStatus status)
      implements Event {}

  /**
   * A reservation appeared, changed its state or went ({@code reservation_changed_event}, ours).
   *
   * @param reservation after the change; its last form when it is gone
   * @param gone whether the engine confirmed that it is no more
   */
  record ReservationChanged(Reservation reservation, boolean gone) implements Event {}

  /**
   * An agent can or cannot be used ({@code agent_changed_event}, ours).
   *
   * @param agent the agent
   * @param status from now on
   * @param previous before; absent when it is new
   */
  record AgentChanged(Agent agent, AgentStatus status, Optional<AgentStatus> previous)
      implements Event {}
}
