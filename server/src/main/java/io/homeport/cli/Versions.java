package io.homeport.cli;

import java.util.Optional;

/** Which Homeport this is. */
final class Versions {
  private Versions() {}

  /** The version that the jar was built as. */
  static String homeport() {
    return Optional.ofNullable(Versions.class.getPackage().getImplementationVersion())
        .orElse("(not packaged)");
  }
}
