package io.homeport.api.definition;

import java.time.Instant;

/** What a request to change an app asks for. */
public sealed interface Update {
  /**
   * The app is to be something.
   *
   * @param reading what came of reading it, forbidden changes among the problems
   */
  record Definition(Reading reading) implements Update {}

  /**
   * The app is to be again what it was: {@code {"version": "..."}}.
   *
   * @param version the version to go back to, which may not be kept any more
   */
  record Rollback(Instant version) implements Update {}
}
