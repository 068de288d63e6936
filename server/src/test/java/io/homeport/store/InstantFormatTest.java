package io.homeport.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InstantFormatTest {
  private static final List<Integer> SCALES = List.of(1_000_000_000, 1_000_000, 1_000, 1);

  @Test
  void everyInstantIsReadAsItWasWritten() {
    Random random = new Random(20_260_101);
    for (int i = 0; i < 10_000; i++) {
      long second =
          random.nextBoolean()
              ? random.nextLong(0, 4_102_444_800L)
              : random.nextLong(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond());
      int scale = SCALES.get(random.nextInt(SCALES.size()));
      Instant instant =
          Instant.ofEpochSecond(second, random.nextInt(1_000_000_000) / scale * (long) scale);

      assertThat(InstantFormat.read(instant.toString())).isEqualTo(instant);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2016-12-31T23:59:60Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T00:00:00.5Z",
        "2024-02-29T00:00:00Z",
        "-0001-01-01T00:00:00Z"
      })
  void whatIsSeldomMeansWhatItAlwaysMeant(String text) {
    assertThat(InstantFormat.read(text)).isEqualTo(Instant.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2026-13-02T00:00:00Z",
        "2025-02-29T00:00:00Z",
        "2026-01-01T00:00:00",
        "2026-01-01 00:00:00Z",
        "2026-+1-01T00:00:00Z",
        "2026-01-01T00:00:00.+23Z",
        "2026-01-01T00:00:0\u0663Z",
        "2026-01-01T00:00:00.123 "
      })
  void whatIsNoInstantIsRefusedByItsText(String text) {
    assertThatThrownBy(() -> InstantFormat.read(text))
        .isInstanceOf(DateTimeException.class)
        .hasMessageContaining("'" + text + "'");
  }
}
