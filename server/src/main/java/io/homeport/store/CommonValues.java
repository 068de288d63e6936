package io.homeport.store;

import io.homeport.model.AgentId;
import io.homeport.model.AppId;
import java.time.Instant;
import java.util.function.Function;

/**
 * Values that many records have in common, so that equal ones are one object: those of an app name
 * the same app, versions, agents, hosts and resources again and again. Of many values the last ones
 * are known.
 *
 * <p>May be used from one thread at a time: what two threads write all the time, neither has at
 * hand.
 */
final class CommonValues {
  private final Recent<String, String> texts = new Recent<>(1 << 15, text -> text);
  private final Recent<String, AppId> apps = new Recent<>(1 << 12, AppId::new);
  private final Recent<String, AgentId> agents = new Recent<>(1 << 15, AgentId::new);
  private final Recent<String, Instant> instants = new Recent<>(1 << 12, InstantFormat::read);
  private final Recent<Object, Object> objects = new Recent<>(1 << 12, Function.identity());

  /** A text. */
  String text(String text) {
    return texts.of(text);
  }

  /** The id of an app. */
  AppId app(String path) {
    return apps.of(path);
  }

  /** The id of an agent. */
  AgentId agent(String id) {
    return agents.of(id);
  }

  /** An instant, as {@link Instant#toString} writes it. */
  Instant instant(String text) {
    return instants.of(text);
  }

  /**
   * An object that is equal only to objects of its own type, or a list of such; an empty list is
   * one of anything.
   */
  @SuppressWarnings("unchecked")
  <T> T object(T object) {
    return (T) objects.of(object);
  }
}
