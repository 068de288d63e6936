package io.homeport.state;

import java.util.List;

/** Finds contradictions in a state. */
public final class StateChecker {
  private StateChecker() {}

  /**
   * All contradictions.
   *
   * @param state the state
   */
  public static List<Violation> check(DurableState state) {
    return List.of();
  }
}
