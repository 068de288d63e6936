package io.homeport.api.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.model.AppDefinition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is written is read as the same, for many generated definitions. */
class NormalFormTest {
  private static final int MANY = 1_000;
  private static final Context CONTEXT = Context.ofRole(Definitions.ROLE);

  @Test
  void whatIsWrittenIsReadAsTheSame() throws MalformedJsonException {
    Definitions definitions = new Definitions(1);
    for (int number = 0; number < MANY; number++) {
      AppDefinition definition = definitions.next();
      Reading reading = AppReader.read(sent(AppWriter.toJson(definition)), CONTEXT);
      assertThat(reading.problems()).as("definition %d", number).isEmpty();
      assertThat(reading.definition()).as("definition %d", number).contains(definition);
    }
  }

  @Test
  void whatWasReadMaySentBackAsPartOrWhole() throws MalformedJsonException {
    Definitions definitions = new Definitions(2);
    Instant version = Instant.parse("2026-11-22T11:00:11.500Z");
    for (int number = 0; number < MANY; number++) {
      AppDefinition definition = definitions.next();
      AppDefinition current =
          definition.asVersion(definition.instances(), version, version, version);
      JsonNode sent = sent(withOutputOnly(AppWriter.toJson(current)));
      for (UpdateReader.Kind kind : UpdateReader.Kind.values()) {
        Update update = UpdateReader.read(sent, current.id(), Optional.of(current), kind, CONTEXT);
        assertThat(definitionOf(update))
            .as("definition %d, %s", number, kind)
            .isEqualTo(definition);
      }
    }
  }

  @Test
  void anEmptyUpdateChangesNothing() {
    Definitions definitions = new Definitions(3);
    JsonNode empty = JsonNodeFactory.instance.objectNode();
    for (int number = 0; number < MANY; number++) {
      AppDefinition current = definitions.next();
      Update update =
          UpdateReader.read(
              empty, current.id(), Optional.of(current), UpdateReader.Kind.PARTIAL, CONTEXT);
      assertThat(definitionOf(update)).as("definition %d", number).isEqualTo(current);
    }
  }

  private static AppDefinition definitionOf(Update update) {
    Reading reading = ((Update.Definition) update).reading();
    assertThat(reading.problems()).isEmpty();
    return reading.definition().orElseThrow();
  }

  private static ObjectNode withOutputOnly(ObjectNode json) {
    json.put("tasksRunning", 1).put("tasksStaged", 0).put("tasksHealthy", 0);
    json.put("tasksUnhealthy", 0);
    json.putArray("deployments").addObject().put("id", "d");
    json.putArray("tasks").addObject().put("id", "t");
    json.putArray("warnings").add("w");
    json.putObject("homeport").put("stateful", true);
    json.putArray("readinessCheckResults");
    json.putObject("lastTaskFailure").put("message", "m");
    json.putObject("tasksStats");
    return json;
  }

  /** Through bytes, as it goes over the wire. */
  private static JsonNode sent(ObjectNode json) throws MalformedJsonException {
    return StrictJson.parse(json.toString().getBytes(StandardCharsets.UTF_8));
  }
}
