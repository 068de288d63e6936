package io.homeport.simulation.server;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A commit that takes its time. Whoever waits for its outcome lets the world go on meanwhile, which
 * may be the end of whoever waits.
 *
 * @param <T> the outcome
 */
final class SlowCommit<T> extends CompletableFuture<T> {
  private final Waiter waiter;

  /** Whoever waits. */
  interface Waiter {
    /** Whether it has not ended. */
    boolean isAlive();

    /** Whether it has stopped for a while, and does nothing though its commit is done. */
    boolean isPaused();

    /**
     * Something else happens.
     *
     * @throws Crashes.Crash when it was the end of this waiter
     */
    void letTimePass();
  }

  SlowCommit(Waiter waiter) {
    this.waiter = waiter;
  }

  /** What follows from it is waited for in the same way. */
  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new SlowCommit<>(waiter);
  }

  @Override
  public T join() {
    while (!isDone() || waiter.isPaused()) {
      waiter.letTimePass();
    }
    try {
      return super.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Crashes.Crash crash) {
        throw crash;
      }
      throw e;
    }
  }
}
