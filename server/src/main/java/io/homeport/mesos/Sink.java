package io.homeport.mesos;

import io.homeport.model.ClusterEvent;
import java.util.function.Consumer;

/**
 * Where events go: one at a time, and only while a connection stands. What belongs to an earlier
 * connection is dropped, because the core has forgotten that one.
 */
final class Sink {
  private Consumer<ClusterEvent> events = _ -> {};
  private boolean connected;

  /** Who gets the events from now on. */
  synchronized void open(Consumer<ClusterEvent> next) {
    events = next;
  }

  /** A connection stands. */
  synchronized void connected(String frameworkId) {
    connected = true;
    events.accept(new ClusterEvent.Connected(frameworkId));
  }

  /** The connection is lost, if one stood. */
  synchronized void disconnected(String why) {
    if (connected) {
      connected = false;
      events.accept(new ClusterEvent.Disconnected(why));
    }
  }

  /** Tells of something, if a connection stands. */
  synchronized void tell(ClusterEvent event) {
    if (connected) {
      events.accept(event);
    }
  }

  /** Nobody is told anything any more. */
  synchronized void close() {
    connected = false;
    events = _ -> {};
  }
}
