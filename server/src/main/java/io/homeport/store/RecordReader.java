package io.homeport.store;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the fields of stored records, strictly: a field that is missing, of another type, or not
 * asked for is a {@link MalformedRecordException} that names its path.
 */
final class RecordReader {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final JsonNode node;
  private final String path;
  private final SortedSet<String> unread;

  private RecordReader(JsonNode node, String path) {
    if (!node.isObject()) {
      throw new MalformedRecordException(path + ": expected an object");
    }
    this.node = node;
    this.path = path;
    this.unread = new TreeSet<>(node.propertyNames());
  }

  /**
   * A value from JSON.
   *
   * @throws MalformedRecordException when the text is not such a value
   */
  static <T> T read(String text, Function<RecordReader, T> fields) {
    JsonNode node;
    try {
      node = JSON.readTree(text);
    } catch (JacksonException e) {
      throw new MalformedRecordException("not JSON: " + e.getOriginalMessage(), e);
    }
    return readObject(node, "", fields);
  }

  private static <T> T readObject(JsonNode node, String path, Function<RecordReader, T> fields) {
    RecordReader reader = new RecordReader(node, path);
    T value;
    try {
      value = fields.apply(reader);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new MalformedRecordException(path + "/: " + e.getMessage(), e);
    }
    if (!reader.unread.isEmpty()) {
      throw new MalformedRecordException(path + ": unknown fields " + reader.unread);
    }
    return value;
  }

  private @Nullable JsonNode find(String name) {
    unread.remove(name);
    return node.get(name);
  }

  private JsonNode get(String name) {
    JsonNode found = find(name);
    if (found == null) {
      throw new MalformedRecordException(path + "/" + name + ": missing");
    }
    return found;
  }

  private MalformedRecordException expected(String name, String what) {
    return new MalformedRecordException(path + "/" + name + ": expected " + what);
  }

  private String textOf(String name, JsonNode value) {
    if (!value.isString()) {
      throw expected(name, "a text");
    }
    return value.stringValue();
  }

  private int integerOf(String name, JsonNode value) {
    if (!value.isInt()) {
      throw expected(name, "an integer");
    }
    return value.intValue();
  }

  private double numberOf(String name, JsonNode value) {
    if (!value.isNumber()) {
      throw expected(name, "a number");
    }
    return value.doubleValue();
  }

  /** A text that must be there. */
  String id(String name) {
    return textOf(name, get(name));
  }

  Optional<String> optionalText(String name) {
    return Optional.ofNullable(find(name)).map(value -> textOf(name, value));
  }

  String text(String name) {
    return optionalText(name).orElse("");
  }

  <E extends Enum<E>> E constant(String name, Class<E> type) {
    String text = id(name);
    try {
      return Enum.valueOf(type, text);
    } catch (IllegalArgumentException e) {
      throw new MalformedRecordException(path + "/" + name + ": unknown value " + text, e);
    }
  }

  Instant instant(String name) {
    return Instant.parse(id(name));
  }

  Optional<Instant> optionalInstant(String name) {
    return optionalText(name).map(Instant::parse);
  }

  Duration duration(String name) {
    return Duration.parse(id(name));
  }

  Optional<Duration> optionalDuration(String name) {
    return optionalText(name).map(Duration::parse);
  }

  boolean flag(String name) {
    JsonNode value = find(name);
    if (value == null) {
      return false;
    }
    if (!value.isBoolean()) {
      throw expected(name, "true or false");
    }
    return value.booleanValue();
  }

  Optional<Integer> optionalInteger(String name) {
    return Optional.ofNullable(find(name)).map(value -> integerOf(name, value));
  }

  int integer(String name) {
    return optionalInteger(name).orElse(0);
  }

  Optional<Double> optionalNumber(String name) {
    return Optional.ofNullable(find(name)).map(value -> numberOf(name, value));
  }

  double number(String name) {
    return optionalNumber(name).orElse(0.0);
  }

  List<String> texts(String name) {
    return elements(name, this::textOf);
  }

  List<Integer> integers(String name) {
    return elements(name, this::integerOf);
  }

  private <T> List<T> elements(String name, BiFunction<String, JsonNode, T> element) {
    JsonNode array = find(name);
    if (array == null) {
      return List.of();
    }
    if (!array.isArray()) {
      throw expected(name, "a list");
    }
    List<T> values = new ArrayList<>();
    for (JsonNode value : array) {
      values.add(element.apply(name + "/" + values.size(), value));
    }
    return List.copyOf(values);
  }

  SortedMap<String, String> textsByName(String name) {
    return properties(name, this::textOf);
  }

  private <T> SortedMap<String, T> properties(
      String name, BiFunction<String, JsonNode, T> property) {
    SortedMap<String, T> values = new TreeMap<>();
    JsonNode object = find(name);
    if (object != null) {
      if (!object.isObject()) {
        throw expected(name, "an object");
      }
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        values.put(entry.getKey(), property.apply(name + "/" + entry.getKey(), entry.getValue()));
      }
    }
    return Collections.unmodifiableSortedMap(values);
  }

  <T> T object(String name, Function<RecordReader, T> fields) {
    return readObject(get(name), path + "/" + name, fields);
  }

  <T> Optional<T> optionalObject(String name, Function<RecordReader, T> fields) {
    return Optional.ofNullable(find(name))
        .map(value -> readObject(value, path + "/" + name, fields));
  }

  <T> List<T> objects(String name, Function<RecordReader, T> fields) {
    return elements(name, (place, value) -> readObject(value, path + "/" + place, fields));
  }

  /** What an unknown tag of a sealed type is answered with. */
  MalformedRecordException unknownTag(String name, String tag) {
    return new MalformedRecordException(path + "/" + name + ": unknown value " + tag);
  }
}
