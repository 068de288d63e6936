package io.homeport.state;

import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import java.time.Instant;
import java.util.Optional;
import org.pcollections.TreePMap;

/**
 * An app and the versions of it that are kept.
 *
 * @param versions the definitions by version, oldest first; the last is the current one
 */
public record App(TreePMap<Instant, AppDefinition> versions) {
  /**
   * An app with its first version.
   *
   * @param definition that version
   */
  public static App of(AppDefinition definition) {
    return new App(TreePMap.singleton(definition.version(), definition));
  }

  /** The current definition. */
  public AppDefinition definition() {
    return versions.lastEntry().getValue();
  }

  /** The app's id. */
  public AppId id() {
    return definition().id();
  }

  /**
   * A kept version.
   *
   * @param version which
   */
  public Optional<AppDefinition> version(Instant version) {
    return Optional.ofNullable(versions.get(version));
  }

  /**
   * The same with a further version.
   *
   * @param definition the version
   */
  public App plus(AppDefinition definition) {
    return new App(versions.plus(definition.version(), definition));
  }

  /**
   * The same without a version.
   *
   * @param version the version, not the current one
   */
  public App minus(Instant version) {
    return new App(versions.minus(version));
  }
}
