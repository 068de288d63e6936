package io.homeport.benchmark.scheduler;

import io.homeport.model.AppDefinition;
import io.homeport.model.ClusterEvent;
import io.homeport.runtime.Decider;
import io.homeport.runtime.EventJournal;
import io.homeport.runtime.LoopMetrics;
import io.homeport.runtime.LoopTurn;
import io.homeport.runtime.Snapshot;
import io.homeport.runtime.SteadyClock;
import io.homeport.runtime.SteppedDownException;
import io.homeport.runtime.Store;
import io.homeport.runtime.Submission;
import io.homeport.scheduler.Input;
import io.homeport.scheduler.Reply;
import io.homeport.state.AppInstances;
import io.homeport.state.ClusterState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The production loop between a simulated cluster and a store, turned on the caller's thread: from
 * the command that creates apps until all their instances run and the deployment is over.
 */
public final class WholeRun {
  private final MemoryCluster cluster;
  private final InstantSource clock;
  private final LoopTurn turn;

  /**
   * A server that leads and is connected.
   *
   * @param store where it commits
   * @param cluster what it schedules on
   * @throws SteppedDownException when the store failed
   */
  public WholeRun(Store store, MemoryCluster cluster) throws SteppedDownException {
    this.cluster = cluster;
    this.clock = new SteadyClock(InstantSource.system());
    this.turn =
        new LoopTurn(
            new Snapshot(ClusterState.EMPTY, 0, clock.instant()),
            store,
            cluster,
            new EventJournal(0, EventJournal.DEFAULT_WINDOW),
            Decider.CORE,
            clock,
            new LoopMetrics(new SimpleMeterRegistry()));
    turn.run(List.of(Submission.of(new Input.Led("t1a2b3c4", "installation"))));
    List<Submission> first = new ArrayList<>();
    for (ClusterEvent event : cluster.begin()) {
      first.add(Submission.of(new Input.Observed(event)));
    }
    turn.run(first);
    settle();
  }

  /** What is committed. */
  public ClusterState state() {
    return turn.snapshot().state();
  }

  /**
   * Creates apps, and turns the loop until all of their instances run.
   *
   * @param apps the apps, created by one command
   * @throws SteppedDownException when the store failed
   * @throws InterruptedException when the thread was interrupted while nothing was to be done
   */
  public void deploy(List<AppDefinition> apps) throws SteppedDownException, InterruptedException {
    Submission command = Submission.of(new Input.Asked(Definitions.put(apps)));
    turn.run(List.of(command));
    if (command.reply().join() instanceof Reply.Rejected rejected) {
      throw new IllegalStateException(rejected.toString());
    }
    while (!state().durable().deployments().isEmpty()) {
      if (!turn()) {
        waitForDeadline();
      }
    }
    for (AppDefinition app : apps) {
      AppInstances instances = state().durable().instancesOf(app.id());
      if (instances.running() != app.instances() || !instances.settling().isEmpty()) {
        throw new IllegalStateException(app.id() + " is not complete: " + instances.running());
      }
    }
  }

  /** Turns until nothing is left to do now. */
  private void settle() throws SteppedDownException {
    boolean more = true;
    while (more) {
      more = turn();
    }
  }

  /** One turn with all that waits; false if there was nothing. */
  private boolean turn() throws SteppedDownException {
    List<Submission> inputs = new ArrayList<>();
    for (ClusterEvent event : cluster.events()) {
      inputs.add(Submission.of(new Input.Observed(event)));
    }
    Optional<Instant> wakeAt = turn.wakeAt();
    if (wakeAt.isPresent() && !wakeAt.get().isAfter(clock.instant())) {
      inputs.add(Submission.of(new Input.Tick()));
    }
    if (inputs.isEmpty()) {
      return false;
    }
    turn.run(inputs);
    return true;
  }

  private void waitForDeadline() throws InterruptedException {
    Instant wakeAt =
        turn.wakeAt()
            .orElseThrow(() -> new IllegalStateException("nothing goes on, and it is not over"));
    Duration left = Duration.between(clock.instant(), wakeAt);
    if (left.compareTo(Duration.ofSeconds(30)) > 0) {
      throw new IllegalStateException("nothing goes on, and it is not over: next at " + wakeAt);
    }
    Thread.sleep(left.isPositive() ? left : Duration.ZERO);
  }
}
