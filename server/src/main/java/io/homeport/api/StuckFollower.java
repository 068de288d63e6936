package io.homeport.api;

import io.homeport.runtime.Subscription;
import java.time.Duration;

/**
 * Cuts off a follower of events that does not read what is sent to it: its thread would wait for
 * ever, and learn only with the next write that it was too slow.
 *
 * <p>An interrupt of a virtual thread that writes to a socket closes the socket ({@link
 * java.net.Socket#getOutputStream}).
 */
final class StuckFollower implements AutoCloseable {
  static final Duration PAUSE = Duration.ofSeconds(5);

  private final Thread watcher;

  private StuckFollower(Thread watcher) {
    this.watcher = watcher;
  }

  /**
   * Watches the calling thread, which follows a subscription, until this is closed.
   *
   * @param subscription what it follows
   * @param pause how long it may go on without noticing that it was too slow
   */
  static StuckFollower watch(Subscription subscription, Duration pause) {
    Thread follower = Thread.currentThread();
    return new StuckFollower(Thread.ofVirtual().start(() -> watch(subscription, pause, follower)));
  }

  private static void watch(Subscription subscription, Duration pause, Thread follower) {
    try {
      boolean wasTooSlow = false;
      while (!(wasTooSlow && subscription.isTooSlow())) {
        wasTooSlow = subscription.isTooSlow();
        Thread.sleep(pause);
      }
      follower.interrupt();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    watcher.interrupt();
  }
}
