package io.homeport.model;

import java.time.Duration;

/** What happens to stateless instances whose agent is out of reach. */
public sealed interface UnreachableStrategy {
  /** They are waited for, for ever; the only choice for apps with volumes. */
  record Disabled() implements UnreachableStrategy {}

  /**
   * They are replaced.
   *
   * @param inactiveAfter after so long a replacement is started
   * @param expungeAfter after so long the lost instance is forgotten; not below {@code
   *     inactiveAfter}
   */
  record Enabled(Duration inactiveAfter, Duration expungeAfter) implements UnreachableStrategy {}
}
