package io.homeport.api.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Browsers that have logged in. Kept in memory: after a restart of the server they log in again.
 */
final class Sessions {
  private static final Duration LIFE = Duration.ofHours(12);
  private static final int MOST = 1_000;

  private final InstantSource clock;
  private final Map<String, Session> sessions =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Session> eldest) {
          return size() > MOST;
        }
      };

  private record Session(String user, Instant until) {}

  Sessions(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Begins a session.
   *
   * @param user whose
   * @return its id, which is as secret as a password
   */
  synchronized String begin(String user) {
    String id = TokenFile.random();
    sessions.put(id, new Session(user, clock.instant().plus(LIFE)));
    return id;
  }

  /** Whose session it is, if it has not ended. */
  synchronized Optional<String> user(String id) {
    return Optional.ofNullable(sessions.get(id))
        .filter(session -> session.until().isAfter(clock.instant()))
        .map(Session::user);
  }

  /** Ends a session. */
  synchronized void end(String id) {
    sessions.remove(id);
  }
}
