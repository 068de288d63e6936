package io.homeport.mesos.testing;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One thing at a time happens in the cluster; what is to happen later waits its turn. */
final class Turns implements AutoCloseable {
  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(
          work -> Thread.ofPlatform().daemon().name("test-mesos").unstarted(work));

  synchronized void now(Runnable action) {
    action.run();
  }

  synchronized <T> T ask(Supplier<T> action) {
    return action.get();
  }

  /** Soon, after everything that was to happen soon before. */
  void soon(Runnable action) {
    after(Duration.ZERO, action);
  }

  void after(Duration delay, Runnable action) {
    try {
      var _ = later.schedule(() -> now(action), delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // the cluster is closed: nothing happens any more
    }
  }

  void every(Duration period, Runnable action) {
    var _ =
        later.scheduleWithFixedDelay(
            () -> now(action), period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    later.shutdownNow();
  }
}
