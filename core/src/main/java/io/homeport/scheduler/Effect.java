package io.homeport.scheduler;

import io.homeport.model.Call;
import io.homeport.model.Event;

/** What is done once the changes that explain it are committed. */
public sealed interface Effect {
  /**
   * A call leaves for the engine.
   *
   * @param call the call
   */
  record Send(Call call) implements Effect {}

  /**
   * An event goes to those who follow the event stream.
   *
   * @param event the event
   */
  record Publish(Event event) implements Effect {}
}
