package io.homeport.state;

import io.homeport.model.Agent;
import io.homeport.model.AgentId;
import io.homeport.model.AgentStatus;
import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.Deployment;
import io.homeport.model.DeploymentId;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.model.Offer;
import io.homeport.model.OfferId;
import io.homeport.model.Pool;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationId;
import io.homeport.model.TaskFailure;
import io.homeport.model.TaskId;
import io.homeport.model.TaskUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What happened to the state. A change carries the whole of what it changes, so that the last
 * change of a thing is the thing, whatever the store keeps it in.
 */
public sealed interface Change {

  /** A change that is committed and replayed. */
  sealed interface Stored extends Change {}

  /** A change that is true only while this server leads. */
  sealed interface Transient extends Change {}

  /**
   * This installation got its name, once and for all; it is in the labels of all our reservations.
   *
   * @param installation a random name
   */
  record InstallationNamed(String installation) implements Stored {}

  /**
   * A server began to lead. The term is part of each id it makes, so that none is made twice even
   * if the store was restored from an old copy.
   *
   * @param term a random token, never used before
   */
  record TermBegan(String term) implements Stored {}

  /**
   * The engine gave us a name.
   *
   * @param frameworkId the name
   */
  record FrameworkRegistered(String frameworkId) implements Stored {}

  /**
   * An app has a new version, which is its current one.
   *
   * @param definition the app from now on
   */
  record AppPut(AppDefinition definition) implements Stored {}

  /**
   * An earlier version of an app is forgotten.
   *
   * @param app the app
   * @param version the version, not the current one
   */
  record AppVersionRemoved(AppId app, Instant version) implements Stored {}

  /**
   * An app is gone, with all its versions. Its last instances may still be ending.
   *
   * @param app the app
   */
  record AppRemoved(AppId app) implements Stored {}

  /**
   * An instance is as given.
   *
   * @param instance the instance from now on
   */
  record InstancePut(Instance instance) implements Stored {}

  /**
   * An instance is gone.
   *
   * @param instance the instance
   */
  record InstanceRemoved(InstanceId instance) implements Stored {}

  /**
   * A reservation is as given.
   *
   * @param reservation the reservation from now on
   */
  record ReservationPut(Reservation reservation) implements Stored {}

  /**
   * A reservation is gone, as the engine confirmed.
   *
   * @param reservation the reservation
   */
  record ReservationRemoved(ReservationId reservation) implements Stored {}

  /**
   * A deployment is as given.
   *
   * @param deployment the deployment from now on
   */
  record DeploymentPut(Deployment deployment) implements Stored {}

  /**
   * A deployment is over.
   *
   * @param deployment the deployment
   */
  record DeploymentRemoved(DeploymentId deployment) implements Stored {}

  /**
   * What is known of an agent is as given.
   *
   * @param agent the agent from now on
   */
  record AgentPut(Agent agent) implements Stored {}

  /**
   * An agent is forgotten.
   *
   * @param agent the agent
   */
  record AgentRemoved(AgentId agent) implements Stored {}

  /**
   * The last failure of an app is as given.
   *
   * @param failure the failure
   */
  record TaskFailed(TaskFailure failure) implements Stored {}

  /**
   * Nothing is reserved, launched, killed or destroyed from now on, until told.
   *
   * @param mode since when, and why
   */
  record SafeModeBegan(SafeMode mode) implements Stored {}

  /** The safe mode is over, as was asked for. */
  record SafeModeEnded() implements Stored {}

  /**
   * Ids were made.
   *
   * @param next the number of the next one in this term
   */
  record NumbersTaken(long next) implements Transient {}

  /**
   * The connection to the engine stands or is lost.
   *
   * @param connected whether it stands
   * @param since since when
   */
  record ConnectionChanged(boolean connected, Instant since) implements Transient {}

  /**
   * We told the engine whether we want offers.
   *
   * @param suppressed whether we want none
   */
  record SuppressionChanged(boolean suppressed) implements Transient {}

  /**
   * An offer came.
   *
   * @param offer the offer
   * @param at when
   */
  record OfferAdded(Offer offer, Instant at) implements Transient {}

  /**
   * An offer was answered or is void.
   *
   * @param offer the offer
   */
  record OfferRemoved(OfferId offer) implements Transient {}

  /**
   * An agent's status is as given.
   *
   * @param agent the agent
   * @param status its status
   * @param total all it has
   * @param at when
   */
  record AgentStatusChanged(AgentId agent, AgentStatus status, Pool total, Instant at)
      implements Transient {}

  /**
   * What a task's health checks say.
   *
   * @param task the task
   * @param healthy whether it works; absent when that is not known any more
   * @param at when
   */
  record HealthLearnt(TaskId task, Optional<Boolean> healthy, Instant at) implements Transient {}

  /**
   * Launches of an app are delayed, or not any more.
   *
   * @param app the app
   * @param delay its delay from now on; absent for none
   */
  record DelayChanged(AppId app, Optional<LaunchDelay> delay) implements Transient {}

  /**
   * The time during which an instance's agent is out of reach begins or ends to count.
   *
   * @param instance the instance
   * @param since since when; absent when it does not count
   */
  record UnreachableSince(InstanceId instance, Optional<Instant> since) implements Transient {}

  /**
   * A kill was sent, and is to be repeated later if the task does not end.
   *
   * @param task the task
   * @param repeatAt when to repeat it; absent when it is over
   */
  record KillSent(TaskId task, Optional<Instant> repeatAt) implements Transient {}

  /**
   * The engine was asked, or is to be asked, about tasks and operations whose state is in doubt.
   *
   * @param reconciliation the progress from now on
   */
  record ReconciliationChanged(Reconciliation reconciliation) implements Transient {}

  /**
   * A launch was refused by its agent for a reason that may pass.
   *
   * @param instance the instance
   * @param refusal why, and until when it is not tried again; absent when that is over
   */
  record LaunchRefused(InstanceId instance, Optional<Refusal> refusal) implements Transient {}

  /**
   * Resources with our label but without a record were seen, or are not there any more.
   *
   * @param id the label
   * @param quarantined what was seen; absent when it is gone or has a record now
   */
  record QuarantineChanged(ReservationId id, Optional<Quarantined> quarantined)
      implements Transient {}

  /**
   * A task without a record was heard of, or ended.
   *
   * @param task the task
   * @param update the last that was heard; absent when it ended
   */
  record UnknownTaskSeen(TaskId task, Optional<TaskUpdate> update) implements Transient {}

  /**
   * Whether offers and waiting work should be matched again, and whether the engine should be asked
   * for offers that it holds back because of earlier refusals.
   *
   * @param match whether something changed since they were last matched
   * @param revive whether something new waits since the engine was last asked
   * @param revivedAt when it was last asked
   */
  record MatchingChanged(boolean match, boolean revive, Instant revivedAt) implements Transient {}

  /**
   * Apps were looked at, and nothing more is to be done for them until something changes.
   *
   * @param apps the apps
   */
  record AppsSettled(List<AppId> apps) implements Transient {}

  /**
   * Apps are to be looked at.
   *
   * @param apps the apps
   */
  record AppsUnsettled(List<AppId> apps) implements Transient {}

  /**
   * Why launches of an app are delayed (Marathon: launch delay).
   *
   * @param delay how long the current delay is
   * @param until when it ends
   */
  record LaunchDelay(Duration delay, Instant until) {}

  /**
   * Why an instance is not launched again at once.
   *
   * @param why a sentence for people
   * @param until when it is tried again
   */
  record Refusal(String why, Instant until) {}
}
