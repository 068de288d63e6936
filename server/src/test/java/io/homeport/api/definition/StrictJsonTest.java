package io.homeport.api.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is JSON, what is not, and where it ceases to be. */
class StrictJsonTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{nope | / | line 1, column 2",
        "{\"a\": 1, \"a\": 2} | /a | line 1, column 13",
        "{\"a\": {\"b\": [{}, {\"c\": 1, \"c\": 2}]}} | /a/b(1)/c | line 1",
        "{\"a\": 1} x | / | line 1",
        "{\"a\": 1} {} | / | found more after it",
        "{\"a\": [1, 2, } | /a(2) | line 1",
        "{\"a\": NaN} | /a | line 1",
        "{\"a\": 01} | /a | line 1",
        "{'a': 1} | / | line 1",
        "{\"a\": 1,} | /a | line 1",
        "// a | / | line 1",
        "{\"a\": \"\\ud800\"} | /a | half of a surrogate pair",
        "{\"a\": {\"\\udc00\": 1}} | /a | surrogate",
      })
  void badTextIsRefusedWithItsPlace(String text, String path, String part) {
    MalformedJsonException failure = failure(text);
    assertThat(failure.path()).isEqualTo(path);
    assertThat(failure.explanation()).contains(part);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n"})
  void nothingIsNoText(String text) {
    assertThat(failure(text).explanation()).contains("found an empty body");
  }

  @Test
  void depthIsLimited() throws MalformedJsonException {
    String most = "[".repeat(StrictJson.MAX_DEPTH) + "]".repeat(StrictJson.MAX_DEPTH);
    assertThat(parse(most).isArray()).isTrue();
    assertThat(failure("[" + most + "]").explanation())
        .startsWith("nested more than 50 levels deep (line 1");
    assertThat(failure("{\"a\":".repeat(100_000)).explanation()).startsWith("nested more than 50");
  }

  @Test
  void sizeAndNumbersAreLimited() throws MalformedJsonException {
    byte[] most = new byte[StrictJson.MAX_BODY_BYTES];
    Arrays.fill(most, (byte) ' ');
    most[0] = '1';
    assertThat(StrictJson.parse(most).intValue()).isEqualTo(1);
    byte[] more = Arrays.copyOf(most, most.length + 1);
    MalformedJsonException failure =
        catchThrowableOfType(MalformedJsonException.class, () -> StrictJson.parse(more));
    assertThat(failure.explanation())
        .isEqualTo("the body has 1048577 bytes; at most 1048576 are read");
    assertThat(failure("1".repeat(101)).explanation())
        .startsWith("a number of more than 100 characters");
  }

  @Test
  void invalidUtf8IsRefused() {
    MalformedJsonException failure =
        catchThrowableOfType(
            MalformedJsonException.class,
            () -> StrictJson.parse(new byte[] {'"', (byte) 0xc3, (byte) 0x28, '"'}));
    assertThat(failure.explanation()).contains("line 1");
  }

  @Test
  void numbersAreKeptExactly() throws MalformedJsonException {
    assertThat(parse("0.10000000000000000000000001").decimalValue().toPlainString())
        .isEqualTo("0.10000000000000000000000001");
    assertThat(parse("\"\\ud83d\\ude00\"").stringValue()).isEqualTo("😀");
  }

  private static JsonNode parse(String text) throws MalformedJsonException {
    return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private static MalformedJsonException failure(String text) {
    return catchThrowableOfType(MalformedJsonException.class, () -> parse(text));
  }
}
