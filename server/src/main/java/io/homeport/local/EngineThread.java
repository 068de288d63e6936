package io.homeport.local;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The engine's own thread, on which all its state lives, and virtual threads for what takes long:
 * they get copies, and come back with what they found.
 */
final class EngineThread implements AutoCloseable {
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("local-engine").factory());
  private final ExecutorService background =
      Executors.newThreadPerTaskExecutor(
          Thread.ofVirtual().name("local-engine-background-", 0).factory());

  EngineThread() {
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    thread.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
  }

  /** Does something on the engine's thread, soon, in the order of the requests. */
  void execute(Runnable work) {
    try {
      thread.execute(guarded(work));
    } catch (RejectedExecutionException e) {
      Log.LOGGER.debug("the engine is closed", e);
    }
  }

  /** Does something on the engine's thread, again and again. */
  void every(Duration period, Runnable work) {
    Future<?> _ =
        thread.scheduleWithFixedDelay(
            guarded(work), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Does something on the engine's thread, once, after a while. */
  void after(Duration delay, Runnable work) {
    Future<?> _ = thread.schedule(guarded(work), delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Does something on the engine's thread and waits for what it says. */
  <T> T call(Callable<T> work) throws ExecutionException, InterruptedException {
    return thread.submit(work).get();
  }

  /** Does something that takes long beside the engine's thread. */
  void background(Runnable work) {
    try {
      background.execute(guarded(work));
    } catch (RejectedExecutionException e) {
      Log.LOGGER.debug("the engine is closed", e);
    }
  }

  private static Runnable guarded(Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (RuntimeException e) {
        Log.LOGGER.error("a step of the local engine failed", e);
      }
    };
  }

  /** Ends; what is being done in the background is interrupted. */
  @Override
  public void close() {
    thread.shutdown();
    background.shutdownNow();
    try {
      boolean ended = thread.awaitTermination(10, TimeUnit.SECONDS);
      if (!ended || !background.awaitTermination(10, TimeUnit.SECONDS)) {
        Log.LOGGER.warn("the local engine is slow to end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
