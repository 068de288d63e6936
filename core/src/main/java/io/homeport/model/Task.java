package io.homeport.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The current run of an instance, or its last one.
 *
 * @param id its identity
 * @param agent where it runs
 * @param hostname that agent's host name
 * @param version the version of the app it runs
 * @param condition what is known of it; never {@link Condition#SCHEDULED}
 * @param stagedAt when its launch was committed
 * @param startedAt when it was first seen running
 * @param changedAt when {@code condition} last changed
 * @param ports its host ports, in order
 * @param ipAddresses its addresses, as far as known
 * @param killRequestedAt when its end was requested; the request lasts until it has ended, also
 *     across the loss and return of its agent
 * @param killGracePeriod what its definition said
 * @param message the engine's last words on it; may be empty
 */
public record Task(
    TaskId id,
    AgentId agent,
    String hostname,
    Instant version,
    Condition condition,
    Instant stagedAt,
    Optional<Instant> startedAt,
    Instant changedAt,
    List<Integer> ports,
    List<String> ipAddresses,
    Optional<Instant> killRequestedAt,
    Optional<Duration> killGracePeriod,
    String message) {

  /** Whether a process of it may exist. */
  public boolean isLive() {
    return condition.isLive();
  }

  /**
   * The same after an update.
   *
   * @param update what the engine said
   * @param next the condition that it means
   * @param now when
   */
  public Task after(TaskUpdate update, Condition next, Instant now) {
    boolean firstRun = next == Condition.RUNNING && startedAt.isEmpty();
    return new Task(
        id,
        agent,
        hostname,
        version,
        next,
        stagedAt,
        firstRun ? Optional.of(now) : startedAt,
        next == condition ? changedAt : now,
        ports,
        update.ipAddresses().isEmpty() ? ipAddresses : update.ipAddresses(),
        killRequestedAt,
        killGracePeriod,
        update.message());
  }

  /**
   * The same, whose end is requested.
   *
   * @param now when; an earlier request stands
   */
  public Task killRequested(Instant now) {
    return killRequestedAt.isPresent()
        ? this
        : new Task(
            id,
            agent,
            hostname,
            version,
            condition,
            stagedAt,
            startedAt,
            changedAt,
            ports,
            ipAddresses,
            Optional.of(now),
            killGracePeriod,
            message);
  }
}
