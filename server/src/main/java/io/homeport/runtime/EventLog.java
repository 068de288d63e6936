package io.homeport.runtime;

import io.homeport.model.AgentId;
import io.homeport.model.AgentStatus;
import io.homeport.model.AppId;
import io.homeport.model.Deployment;
import io.homeport.model.Event;
import io.homeport.model.Reservation;
import io.homeport.model.Task;
import io.homeport.model.TaskUpdate;
import io.homeport.model.Volume;
import io.homeport.model.VolumeStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes to the log what somebody who is woken at night wants to read there: failures, agents that
 * go and come, deployments, and all that becomes of volumes. It follows the {@link EventJournal}
 * like any other follower, so that a slow log never holds up the loop; what it was too slow for is
 * said to be missing.
 *
 * <p>Nothing of a definition is written, for it may hold secrets.
 */
public final class EventLog {
  private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private EventLog() {}

  /**
   * A line of the log.
   *
   * @param level {@code WARN} for what nobody asked for
   * @param text one sentence
   */
  record Line(Level level, String text) {}

  /**
   * Begins to follow, on a thread of its own, until the journal is closed.
   *
   * @param journal what happens
   */
  public static void follow(EventJournal journal) {
    Subscription first = journal.subscribe(Optional.empty());
    Thread.ofPlatform().daemon().name("event-log").start(() -> follow(journal, first));
  }

  private static void follow(EventJournal journal, Subscription first) {
    Subscription subscription = first;
    try {
      while (true) {
        switch (subscription.take(PATIENCE)) {
          case Subscription.Taken.Events taken -> taken.events().forEach(EventLog::write);
          case Subscription.Taken.Ended _ when journal.isClosed() -> {
            return;
          }
          case Subscription.Taken.Ended _ -> {
            LOG.warn("More happened than the log could take; some events are missing here.");
            subscription = journal.subscribe(Optional.empty());
          }
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void write(PublishedEvent published) {
    line(published.event()).ifPresent(line -> LOG.atLevel(line.level()).log(line.text()));
  }

  /** What is written of an event; empty for what is routine. */
  static Optional<Line> line(Event event) {
    return switch (event) {
      case Event.DeploymentStepStarted started when started.deployment().currentStep() == 0 ->
          info("Deployment " + named(started.deployment()) + " begins.");
      case Event.DeploymentSucceeded succeeded ->
          info("Deployment " + named(succeeded.deployment()) + " is done.");
      case Event.DeploymentFailed failed ->
          info("Deployment " + named(failed.deployment()) + " ends undone: " + failed.reason());
      case Event.StatusUpdated updated -> ofTask(updated);
      case Event.UnhealthyInstanceKilled killed ->
          warn(task(killed.task()) + " is ended because it is unhealthy: " + killed.reason());
      case Event.UnknownInstanceTerminated unknown ->
          warn("A task of " + unknown.instance() + ", which is not ours any more, has ended.");
      case Event.SchedulerRegistered registered ->
          info(
              (registered.again() ? "Registered again as " : "Registered as ")
                  + registered.frameworkId());
      case Event.SchedulerDisconnected _ ->
          warn("The engine is out of reach. Tasks go on; nothing is launched until it is back.");
      case Event.VolumeChanged changed -> ofVolume(changed);
      case Event.AgentChanged changed -> ofAgent(changed);
      case Event.AppTerminated terminated -> info("The app " + terminated.app() + " is gone.");
      case Event.GroupChangeFailed failed -> warn("A change failed: " + failed.reason());
      case Event.DeploymentStepStarted _,
          Event.DeploymentStepSucceeded _,
          Event.AppPosted _,
          Event.GroupChanged _,
          Event.InstanceChanged _,
          Event.HealthChanged _,
          Event.HealthCheckAdded _,
          Event.HealthCheckRemoved _,
          Event.ReservationChanged _ ->
          Optional.empty();
    };
  }

  private static Optional<Line> info(String text) {
    return Optional.of(new Line(Level.INFO, text));
  }

  private static Optional<Line> warn(String text) {
    return Optional.of(new Line(Level.WARN, text));
  }

  /** Such as: {@code k2x9-7 (RestartApplication /db)}. */
  private static String named(Deployment deployment) {
    String actions =
        deployment.steps().stream()
            .flatMap(step -> step.actions().stream())
            .map(action -> action.kind().marathonName() + " " + action.app())
            .limit(5)
            .collect(Collectors.joining(", "));
    return deployment.id() + " (" + actions + ")";
  }

  private static String task(Task task) {
    return "Task " + task.id() + " on " + agent(task.hostname(), task.agent());
  }

  /** Where agents are named after their hosts, one name is enough. */
  private static String agent(String hostname, AgentId id) {
    return hostname.equals(id.value()) ? hostname : hostname + " (" + id + ")";
  }

  private static Optional<Line> ofTask(Event.StatusUpdated updated) {
    TaskUpdate update = updated.update();
    return switch (update.state()) {
      case TASK_FAILED,
          TASK_ERROR,
          TASK_LOST,
          TASK_DROPPED,
          TASK_GONE,
          TASK_GONE_BY_OPERATOR,
          TASK_UNKNOWN ->
          warn(task(updated.task()) + ": " + update.state() + words(update));
      case TASK_FINISHED -> info(task(updated.task()) + " has ended by itself" + words(update));
      // Of the unreachable, the line about their agent tells; the rest was asked for.
      case TASK_STAGING, TASK_STARTING, TASK_RUNNING, TASK_KILLING, TASK_KILLED, TASK_UNREACHABLE ->
          Optional.empty();
    };
  }

  private static String words(TaskUpdate update) {
    String message = update.message().isEmpty() ? update.reason() : update.message();
    return message.isEmpty() ? "" : ": " + message;
  }

  private static Optional<Line> ofVolume(Event.VolumeChanged changed) {
    Reservation reservation = changed.reservation();
    String volume =
        "Volume "
            + changed.volume()
            + reservation.volume(changed.volume()).map(EventLog::size).orElse("")
            + " of "
            + owner(reservation)
            + " on "
            + agent(reservation.hostname(), reservation.agent())
            + " is "
            + changed.status().text();
    boolean unwanted =
        changed.status() == VolumeStatus.LEFT_BEHIND
            || changed.status() == VolumeStatus.QUARANTINED;
    return unwanted ? warn(volume + "; it is kept until it is adopted or destroyed") : info(volume);
  }

  private static String size(Volume volume) {
    return " (" + volume.sizeMib() + " MiB)";
  }

  private static String owner(Reservation reservation) {
    AppId app = reservation.appId();
    return app + ", instance " + reservation.ordinal();
  }

  private static Optional<Line> ofAgent(Event.AgentChanged changed) {
    String agent = "Agent " + agent(changed.agent().hostname(), changed.agent().id());
    String before = changed.previous().map(status -> ", was " + EventLog.words(status)).orElse("");
    boolean lost =
        changed.status() == AgentStatus.UNREACHABLE || changed.status() == AgentStatus.GONE;
    String text = agent + " is " + words(changed.status()) + before;
    return lost ? warn(text) : info(text);
  }

  private static String words(AgentStatus status) {
    return switch (status) {
      case ACTIVE -> "active";
      case DRAINING -> "being drained";
      case DRAINED -> "drained";
      case UNREACHABLE -> "out of reach";
      case GONE -> "gone for good";
    };
  }
}
