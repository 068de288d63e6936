package io.homeport.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class UsageSeriesTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final long MIB = 1 << 20;

  private final UsageSeries series = new UsageSeries();

  private OptionalLong trend(Duration after, long bytes) {
    return series.add(bytes, START.plus(after)).bytesPerHour();
  }

  @Test
  void hasNoTrendBeforeAMinute() {
    assertThat(trend(Duration.ZERO, 0)).isEmpty();
    assertThat(trend(Duration.ofSeconds(59), MIB)).isEmpty();
    assertThat(trend(Duration.ofSeconds(60), MIB)).hasValue(60 * MIB);
  }

  @Test
  void isSteadyOrShrinksToo() {
    trend(Duration.ZERO, 10 * MIB);
    assertThat(trend(Duration.ofHours(1), 10 * MIB)).hasValue(0);
    assertThat(trend(Duration.ofHours(2), 8 * MIB)).hasValue(-MIB);
  }

  @Test
  void reachesBackADayHoweverOftenItIsMeasured() {
    // Grows by 1 MiB an hour on the first day, and by 3 MiB an hour on the second.
    for (long minute = 0; minute <= 24 * 60; minute++) {
      trend(Duration.ofMinutes(minute), minute * MIB / 60);
    }
    OptionalLong later = OptionalLong.empty();
    for (long minute = 1; minute <= 24 * 60; minute++) {
      long bytes = 24 * MIB + minute * 3L * MIB / 60;
      OptionalLong now = trend(Duration.ofMinutes(24 * 60 + minute), bytes);
      if (minute == 12 * 60) {
        assertThat(now.getAsLong()).isBetween(3 * MIB / 2, 5 * MIB / 2);
      }
      later = now;
    }
    assertThat(later.getAsLong()).isBetween(28 * MIB / 10, 3 * MIB + MIB / 100);
  }
}
