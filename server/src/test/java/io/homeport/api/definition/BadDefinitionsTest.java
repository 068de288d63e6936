package io.homeport.api.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The table of bad definitions, {@code bad-definitions.txt}: the fields that are laid over a good
 * one, then, indented, every problem with its exact place and message.
 */
class BadDefinitionsTest {
  private static final String GOOD = "{\"id\":\"/x\",\"cmd\":\"sleep 1\"}";

  record BadDefinition(String fields, List<String> problems) {
    static BadDefinition of(String entry) {
      List<String> lines = entry.lines().toList();
      return new BadDefinition(
          lines.getFirst(), lines.stream().skip(1).map(String::strip).toList());
    }

    @Override
    public String toString() {
      return fields.length() <= 120 ? fields : fields.substring(0, 120) + "...";
    }
  }

  @ParameterizedTest
  @MethodSource("table")
  void everyProblemIsTold(BadDefinition bad) throws MalformedJsonException {
    ObjectNode body = (ObjectNode) parse(GOOD);
    parse(bad.fields()).forEachEntry(body::set);
    Reading reading = AppReader.read(body, Context.ofRole("homeport"));
    assertThat(reading.problems().stream().map(p -> p.path() + ": " + p.message()))
        .containsExactlyElementsOf(bad.problems());
    assertThat(reading.definition()).isEmpty();
  }

  @Test
  void theTableIsLong() throws IOException {
    assertThat(table()).hasSizeGreaterThan(200);
    assertThat(table()).allMatch(bad -> !bad.problems().isEmpty());
  }

  private static JsonNode parse(String text) throws MalformedJsonException {
    return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  static List<BadDefinition> table() throws IOException {
    try (InputStream text =
        Objects.requireNonNull(
            BadDefinitionsTest.class.getResourceAsStream("bad-definitions.txt"))) {
      String all = new String(text.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(all.strip().split("\n\n", -1)).map(BadDefinition::of).toList();
    }
  }
}
