package io.homeport.runtime;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The time in whole milliseconds, which never goes backwards: when the machine's clock is set back,
 * it stands still until the machine's clock has caught up. May be used from any thread.
 */
public final class SteadyClock implements InstantSource {
  private final InstantSource source;
  private final AtomicReference<Instant> latest = new AtomicReference<>(Instant.EPOCH);

  /**
   * A clock.
   *
   * @param source where the time comes from
   */
  public SteadyClock(InstantSource source) {
    this.source = source;
  }

  @Override
  public Instant instant() {
    Instant now = source.instant().truncatedTo(ChronoUnit.MILLIS);
    return latest.accumulateAndGet(now, (seen, next) -> next.isAfter(seen) ? next : seen);
  }
}
