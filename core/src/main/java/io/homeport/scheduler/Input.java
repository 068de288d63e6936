package io.homeport.scheduler;

import io.homeport.model.ClusterEvent;

/** What the scheduler reacts to. */
public sealed interface Input {
  /**
   * A person or program wants something.
   *
   * @param command what
   */
  record Asked(Command command) implements Input {}

  /**
   * The engine tells us something.
   *
   * @param event what
   */
  record Observed(ClusterEvent event) implements Input {}

  /**
   * This server begins to lead. It is the first input of each leadership.
   *
   * @param term a random token, never used before; part of every id made from now on
   * @param installation a random name, used if the installation has none yet
   */
  record Led(String term, String installation) implements Input {}

  /** A deadline of the state has come, or work is left over from before. */
  record Tick() implements Input {}
}
