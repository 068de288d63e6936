package io.homeport.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizesAndTimesTest {
  private static final Instant NOW = Instant.parse("2026-01-31T10:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1 KiB",
    "1536, 1.5 KiB",
    "10485760, 10 MiB",
    "12980000, 12.4 MiB",
    "1099511627776, 1 TiB"
  })
  void bytes(double bytes, String text) {
    assertThat(Sizes.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0.1, 0.1", "0.125, 0.13", "2, 2", "10, 10", "100, 100", "12.34, 12.3"})
  void numbersHaveTheDigitsTheyNeed(double value, String text) {
    assertThat(Sizes.number(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "119, 119s",
    "120, 2m",
    "3599, 59m",
    "4800, 1h 20m",
    "7200, 2h",
    "40000, 11h",
    "172800, 2d"
  })
  void durations(long seconds, String text) {
    assertThat(Times.duration(Duration.ofSeconds(seconds))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-31T09:57:00.000Z, 3m ago",
    "2026-01-31T10:00:05.000Z, just now",
    "'', -",
    "yesterday, -"
  })
  void howLongAgo(String time, String text) {
    assertThat(Times.ago(time, NOW)).isEqualTo(text);
  }
}
