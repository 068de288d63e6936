package io.homeport.deployment;

import io.homeport.model.AppDefinition;
import java.time.Instant;
import java.util.Optional;

/** What a new definition changes, and so what its version says. */
public final class Versions {
  private Versions() {}

  /**
   * Gives a wanted definition its version fields, as Marathon does: a change of the number of
   * instances alone is a scaling, any other change makes tasks of earlier versions out of date, and
   * a definition that changes nothing keeps the present version. Unlike with Marathon, what only
   * Homeport itself goes by ({@link AppDefinition#withSchedulingOf}) can change without a restart:
   * nobody wants a database ended because it may be waited for longer.
   *
   * @param before the current definition; absent when the app is new
   * @param wanted the wanted one; its version fields are not looked at
   * @param version the version to give
   */
  public static AppDefinition versioned(
      Optional<AppDefinition> before, AppDefinition wanted, Instant version) {
    if (before.isEmpty()) {
      return wanted.asVersion(wanted.instances(), version, version, version);
    }
    AppDefinition current = before.get();
    AppDefinition sameVersion =
        wanted.asVersion(
            current.instances(),
            current.version(),
            current.lastScalingAt(),
            current.lastConfigChangeAt());
    if (!sameVersion.withSchedulingOf(current).equals(current)) {
      return wanted.asVersion(wanted.instances(), version, version, version);
    }
    return wanted.instances() == current.instances() && sameVersion.equals(current)
        ? current
        : wanted.asVersion(wanted.instances(), version, version, current.lastConfigChangeAt());
  }
}
