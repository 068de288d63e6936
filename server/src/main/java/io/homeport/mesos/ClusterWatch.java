package io.homeport.mesos;

import io.homeport.model.ClusterEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Looks after what Mesos tells schedulers nothing of: agents that appear, drain or go, and other
 * frameworks in our role. It asks the leading master now and then, less often the more agents there
 * are.
 */
final class ClusterWatch {
  private static final Duration PERIOD = Duration.ofSeconds(5);
  private static final int AGENTS_PER_PERIOD = 1_000;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int ROUNDS_PER_ROLE_CHECK = 6;

  private final OperatorApi api;
  private final KnownAgents agents;
  private final Sink sink;
  private final String role;
  private final String frameworkId;
  private final Semaphore hurry = new Semaphore(0);
  private final Thread thread;
  private volatile List<String> warnings = List.of();

  ClusterWatch(OperatorApi api, KnownAgents agents, Sink sink, String role, String frameworkId) {
    this.api = api;
    this.agents = agents;
    this.sink = sink;
    this.role = role;
    this.frameworkId = frameworkId;
    this.thread = Thread.ofVirtual().name("mesos-watch").unstarted(this::watch);
  }

  void start() {
    thread.start();
  }

  void stop() {
    thread.interrupt();
  }

  /** Something unknown was heard of: the master is asked soon. */
  void hurry() {
    hurry.release();
  }

  /** What is not as it should be, each as a sentence. */
  List<String> warnings() {
    return warnings;
  }

  private void watch() {
    try {
      for (long round = 0; ; round++) {
        look(round);
        long wait = PERIOD.toMillis() * (1 + agents.size() / AGENTS_PER_PERIOD);
        boolean asked = hurry.tryAcquire(wait, TimeUnit.MILLISECONDS);
        if (asked) {
          Thread.sleep(PAUSE);
          hurry.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the connection is over
    }
  }

  private void look(long round) throws InterruptedException {
    try {
      for (ClusterEvent report : agents.learn(api.agents(), round == 0)) {
        sink.tell(report);
      }
      if (round % ROUNDS_PER_ROLE_CHECK == 0) {
        lookForNeighbours();
      }
    } catch (IOException | RuntimeException e) {
      // Whatever a master answers, the next look is not given up: agents would go unnoticed.
      Log.LOGGER.warn("The master does not list its agents: {}", e.getMessage(), e);
    }
  }

  private void lookForNeighbours() throws IOException, InterruptedException {
    List<String> neighbours = RoleNeighbours.in(api.frameworks(), role, Optional.of(frameworkId));
    List<String> found =
        neighbours.isEmpty() ? List.of() : List.of(RoleNeighbours.warning(role, neighbours));
    if (!found.equals(warnings)) {
      found.forEach(Log.LOGGER::warn);
      warnings = found;
    }
  }
}
