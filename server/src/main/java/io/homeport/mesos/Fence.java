package io.homeport.mesos;

import java.util.Optional;

/**
 * Keeps a server that leads no more from subscribing. Mesos gives the framework to whoever
 * subscribed last, so that a deposed leader which connects anew would cut off the one that leads.
 */
@FunctionalInterface
public interface Fence {
  /**
   * Asked before each subscription, from a thread that may wait.
   *
   * @return why this server must not subscribe, for people; absent when it leads
   */
  Optional<String> closed();
}
