package io.homeport.benchmark.server;

import io.homeport.runtime.Cluster;
import io.homeport.runtime.Decider;
import io.homeport.runtime.EventJournal;
import io.homeport.runtime.Leadership;
import io.homeport.runtime.SchedulerLoop;
import io.homeport.runtime.Store;
import io.homeport.runtime.StoreException;
import io.homeport.runtime.Tokens;
import io.homeport.scheduler.Command;
import io.homeport.scheduler.Reply;
import io.homeport.state.ClusterState;
import io.homeport.state.TransientState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** The production loop on a store and a cluster. */
final class Installation implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Store store;
  private final Cluster cluster;
  private final Leadership leadership;

  private Installation(Store store, Cluster cluster, Leadership leadership) {
    this.store = store;
    this.cluster = cluster;
    this.leadership = leadership;
  }

  /** One that has begun to lead; the cluster connects right after. */
  static Installation begin(Store store, Cluster cluster) throws StoreException {
    return begin(store, cluster, EventJournal.DEFAULT_WINDOW);
  }

  /** The same, with another number of events retained. */
  static Installation begin(Store store, Cluster cluster, EventJournal.Window window)
      throws StoreException {
    Leadership leadership =
        Leadership.begin(
            store,
            cluster,
            new Leadership.Settings(
                Decider.CORE,
                InstantSource.system(),
                new Tokens(),
                new SimpleMeterRegistry(),
                window,
                SchedulerLoop.DEFAULT_MAX_WAITING_COMMANDS,
                why -> {
                  System.err.println("The loop stopped: " + why.getMessage());
                  System.exit(1);
                }));
    return new Installation(store, cluster, leadership);
  }

  Leadership leadership() {
    return leadership;
  }

  /** The committed state. */
  ClusterState state() {
    return leadership.loop().snapshot().state();
  }

  /** Waits until the cluster is connected, so many agents are known, and nothing is to be done. */
  void awaitAgents(int agents) throws InterruptedException {
    await(
        () -> {
          TransientState present = state().present();
          return present.views().size() >= agents && present.connection().suppressed();
        });
  }

  /** Waits until something is so. */
  static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("it takes longer than " + PATIENCE);
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  /** Asks, and waits for the answer, which must not be a refusal. */
  Reply ask(Command command) throws InterruptedException, ExecutionException, TimeoutException {
    Reply reply = leadership.loop().ask(command).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (reply instanceof Reply.Rejected rejected) {
      throw new IllegalStateException("refused: " + rejected);
    }
    return reply;
  }

  @Override
  public void close() {
    leadership.close();
    cluster.close();
    store.close();
  }
}
