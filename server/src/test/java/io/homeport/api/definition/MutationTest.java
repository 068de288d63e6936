package io.homeport.api.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.model.AppDefinition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whatever is sent, reading ends in a definition or in problems, never in an exception; and what is
 * accepted is in its normal form, so that it survives being written and read.
 */
class MutationTest {
  private static final int MANY = 4_000;
  private static final Context CONTEXT = Context.ofRole(Definitions.ROLE);
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "1",
          "-1",
          "0.5",
          "1e9",
          "-0.0",
          "1e-7",
          "65536",
          "1e400",
          "\"\"",
          "\"a\"",
          "\"/a\"",
          "\"..\"",
          "\"a/b\"",
          "\"[\"",
          "\"true\"",
          "\"disabled\"",
          "\"host\"",
          "\"container\"",
          "\"DOCKER\"",
          "\"MESOS\"",
          "\"mount\"",
          "\"COMMAND\"",
          "\"http://x/y\"",
          "\"%zz\"",
          "\"a b\"",
          "\"\\u0000\"",
          "[]",
          "{}",
          "[[]]",
          "[{}]",
          "[\"*\"]",
          "[\"hostname\",\"UNIQUE\"]",
          "{\"a\":\"b\"}",
          "{\"value\":\"x\"}");
  private static final List<String> NAMES =
      List.of(
          "id",
          "cmd",
          "args",
          "container",
          "docker",
          "image",
          "volumes",
          "persistent",
          "hostPath",
          "network",
          "networks",
          "portMappings",
          "portDefinitions",
          "ports",
          "uris",
          "fetch",
          "healthChecks",
          "residency",
          "unreachableStrategy",
          "upgradeStrategy",
          "role",
          "version",
          "labels",
          "env",
          "constraints",
          "acceptedResourceRoles",
          "mode",
          "type",
          "name",
          "other");

  @Test
  void mutatedDefinitionsAreReadOrRefused() throws MalformedJsonException {
    Random random = new Random(4);
    Definitions definitions = new Definitions(5);
    int accepted = 0;
    for (int number = 0; number < MANY; number++) {
      JsonNode body = mutated(AppWriter.toJson(definitions.next()), random);
      Reading reading = AppReader.read(body, CONTEXT);
      assertThat(reading.definition().isPresent())
          .as(body.toString())
          .isEqualTo(reading.problems().isEmpty());
      if (reading.definition().isPresent()) {
        accepted++;
        assertNormal(reading.definition().get());
      }
    }
    assertThat(accepted).isBetween(MANY / 20, MANY - MANY / 20);
  }

  @Test
  void mutatedUpdatesAreReadOrRefused() throws MalformedJsonException {
    Random random = new Random(6);
    Definitions definitions = new Definitions(7);
    int accepted = 0;
    for (int number = 0; number < MANY; number++) {
      AppDefinition current = definitions.next();
      ObjectNode other = AppWriter.toJson(definitions.next());
      other.removeIf(field -> random.nextInt(4) > 0);
      other.remove(List.of("id", "version", "versionInfo"));
      JsonNode body = random.nextBoolean() ? other : mutated(other, random);
      Update update =
          UpdateReader.read(
              body, current.id(), Optional.of(current), UpdateReader.Kind.PARTIAL, CONTEXT);
      if (update instanceof Update.Definition(Reading reading)
          && reading.definition().isPresent()) {
        accepted++;
        assertNormal(reading.definition().get());
        assertThat(reading.definition().get().persistentVolumes())
            .containsExactlyInAnyOrderElementsOf(current.persistentVolumes());
      }
    }
    assertThat(accepted).isBetween(MANY / 20, MANY - MANY / 20);
  }

  private static void assertNormal(AppDefinition definition) throws MalformedJsonException {
    String written = AppWriter.toJson(definition).toString();
    Reading again =
        AppReader.read(StrictJson.parse(written.getBytes(StandardCharsets.UTF_8)), CONTEXT);
    assertThat(again.problems()).as(written).isEmpty();
    assertThat(again.definition()).as(written).contains(definition);
  }

  private static JsonNode mutated(ObjectNode json, Random random) throws MalformedJsonException {
    int times = 1 + random.nextInt(3);
    for (int time = 0; time < times; time++) {
      List<JsonNode> containers = new ArrayList<>();
      collect(json, containers);
      mutate(containers.get(random.nextInt(containers.size())), random);
    }
    return json;
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainer()) {
      containers.add(node);
      node.forEach(child -> collect(child, containers));
    }
  }

  private static void mutate(JsonNode node, Random random) throws MalformedJsonException {
    JsonNode value = StrictJson.parse(pick(VALUES, random).getBytes(StandardCharsets.UTF_8));
    if (node instanceof ObjectNode object) {
      List<String> names = List.copyOf(object.propertyNames());
      boolean known = !names.isEmpty() && random.nextInt(4) > 0;
      String name = known ? pick(names, random) : pick(NAMES, random);
      if (random.nextInt(5) == 0) {
        object.remove(name);
      } else {
        object.set(name, value);
      }
    } else if (node instanceof ArrayNode array) {
      if (array.isEmpty() || random.nextBoolean()) {
        array.add(value);
      } else if (random.nextBoolean()) {
        array.set(random.nextInt(array.size()), value);
      } else {
        array.add(array.get(random.nextInt(array.size())).deepCopy());
      }
    }
  }

  private static String pick(List<String> items, Random random) {
    return items.get(random.nextInt(items.size()));
  }
}
