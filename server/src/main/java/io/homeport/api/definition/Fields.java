package io.homeport.api.definition;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Reads the fields of one JSON object by name. A null stands for an absent field, as in Marathon.
 * Every field asked for is a known one; {@link #finish()} names the others as problems.
 */
final class Fields {
  private final JsonNode object;
  private final FieldPath path;
  private final Problems problems;
  private final Scalars scalars;
  private final SortedSet<String> known = new TreeSet<>();

  private Fields(JsonNode object, FieldPath path, Problems problems) {
    this.object = object;
    this.path = path;
    this.problems = problems;
    this.scalars = new Scalars(problems);
  }

  /**
   * The fields of a node.
   *
   * @param node any node
   * @param path where it stands
   * @param problems takes what is wrong
   * @return empty, and a problem, when the node is no object
   */
  static Optional<Fields> of(JsonNode node, FieldPath path, Problems problems) {
    if (!node.isObject()) {
      problems.add(path, "expected an object, found " + Found.describe(node));
      return Optional.empty();
    }
    return Optional.of(new Fields(node, path, problems));
  }

  /** Reads one item of an array. */
  @FunctionalInterface
  interface ItemReader<T> {
    /**
     * Reads the item.
     *
     * @param node the item
     * @param path where it stands
     * @return empty when there is a problem with it
     */
    Optional<T> read(JsonNode node, FieldPath path);
  }

  /** Where the object stands. */
  FieldPath path() {
    return path;
  }

  /**
   * Where a field stands.
   *
   * @param name its name
   */
  FieldPath path(String name) {
    return path.field(name);
  }

  /** Takes what is wrong. */
  Problems problems() {
    return problems;
  }

  /**
   * Adds a problem with a field.
   *
   * @param name the field
   * @param message what was expected and what was found
   */
  void problem(String name, String message) {
    problems.add(path(name), message);
  }

  /**
   * Whether a field is there and not null.
   *
   * @param name its name
   */
  boolean has(String name) {
    return value(name).isPresent();
  }

  /**
   * A field's value as it is.
   *
   * @param name its name
   */
  Optional<JsonNode> value(String name) {
    known.add(name);
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
  }

  /**
   * Adds a problem when a field is absent.
   *
   * @param name its name
   * @param expected what it should be
   */
  void require(String name, String expected) {
    if (!has(name)) {
      problem(name, "is missing: expected " + expected);
    }
  }

  /**
   * A string.
   *
   * @param name the field
   */
  Optional<String> text(String name) {
    return value(name).flatMap(node -> scalars.text(node, path(name)));
  }

  /**
   * A string of at least one character.
   *
   * @param name the field
   */
  Optional<String> nonEmptyText(String name) {
    return value(name).flatMap(node -> scalars.nonEmptyText(node, path(name)));
  }

  /**
   * A whole number.
   *
   * @param name the field
   * @param least the smallest allowed
   * @param most the greatest allowed, at most that of an int
   */
  Optional<Integer> integer(String name, int least, int most) {
    return wholeNumber(name, least, most).map(Math::toIntExact);
  }

  /**
   * A whole number.
   *
   * @param name the field
   * @param least the smallest allowed
   * @param most the greatest allowed
   */
  Optional<Long> wholeNumber(String name, long least, long most) {
    return value(name).flatMap(node -> scalars.integer(node, path(name), least, most));
  }

  /**
   * A number.
   *
   * @param name the field
   * @param least the smallest allowed
   * @param most the greatest allowed
   */
  Optional<BigDecimal> number(String name, BigDecimal least, BigDecimal most) {
    return value(name).flatMap(node -> scalars.number(node, path(name), least, most));
  }

  /**
   * True or false.
   *
   * @param name the field
   */
  Optional<Boolean> bool(String name) {
    return value(name).flatMap(node -> scalars.bool(node, path(name)));
  }

  /**
   * One word of a few.
   *
   * @param name the field
   * @param choices the words and what they stand for
   */
  <T> Optional<T> choice(String name, SequencedMap<String, T> choices) {
    return value(name).flatMap(node -> scalars.choice(node, path(name), choices));
  }

  /**
   * An object.
   *
   * @param name the field
   */
  Optional<Fields> object(String name) {
    return value(name).flatMap(node -> Fields.of(node, path(name), problems));
  }

  /**
   * An array.
   *
   * @param name the field
   * @param reader reads each item; items it finds a problem with are left out
   */
  <T> Optional<List<T>> list(String name, ItemReader<T> reader) {
    return value(name).flatMap(node -> list(node, path(name), reader));
  }

  private <T> Optional<List<T>> list(JsonNode node, FieldPath at, ItemReader<T> reader) {
    if (!node.isArray()) {
      problems.add(at, "expected an array, found " + Found.describe(node));
      return Optional.empty();
    }
    List<T> items = new ArrayList<>();
    for (int position = 0; position < node.size(); position++) {
      reader.read(node.get(position), at.item(position)).ifPresent(items::add);
    }
    return Optional.of(List.copyOf(items));
  }

  /**
   * An array of strings.
   *
   * @param name the field
   */
  Optional<List<String>> texts(String name) {
    return list(name, scalars::text);
  }

  /**
   * An array of whole numbers.
   *
   * @param name the field
   * @param least the smallest allowed
   * @param most the greatest allowed
   */
  Optional<List<Integer>> integers(String name, int least, int most) {
    return list(name, (node, at) -> scalars.integer(node, at, least, most).map(Math::toIntExact));
  }

  /**
   * An object whose values are all strings.
   *
   * @param name the field
   */
  Optional<SortedMap<String, String>> textMap(String name) {
    return textMap(name, "");
  }

  /**
   * An object whose values are all strings.
   *
   * @param name the field
   * @param advice ends the sentence about a value that is an object
   */
  Optional<SortedMap<String, String>> textMap(String name, String advice) {
    Optional<Fields> fields = object(name);
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    SortedMap<String, String> texts = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : fields.get().object.properties()) {
      FieldPath at = path(name).field(entry.getKey());
      if (entry.getKey().indexOf('\0') >= 0) {
        problems.add(at, "the name must not contain the character NUL");
      }
      if (entry.getValue().isObject()) {
        problems.add(at, "expected a string, found an object" + advice);
      } else {
        scalars.text(entry.getValue(), at).ifPresent(text -> texts.put(entry.getKey(), text));
      }
    }
    return Optional.of(Collections.unmodifiableSortedMap(texts));
  }

  /**
   * Passes over fields that only the server writes.
   *
   * @param names their names
   */
  void ignore(List<String> names) {
    known.addAll(names);
  }

  /**
   * Refuses a field that Marathon has and Homeport does not do, unless it says no more than its
   * absence would: null, false, 0, an empty string, array or object.
   *
   * @param name the field
   * @param advice what to do instead, as the end of a sentence
   */
  void unsupported(String name, String advice) {
    Optional<JsonNode> value = value(name);
    if (value.isPresent() && !saysNothing(value.get())) {
      problem(name, "Homeport does not support this field: " + advice);
    }
  }

  private static boolean saysNothing(JsonNode node) {
    return switch (node.getNodeType()) {
      case NULL, MISSING -> true;
      case BOOLEAN -> !node.booleanValue();
      case NUMBER -> node.decimalValue().signum() == 0;
      case STRING -> node.stringValue().isEmpty();
      case ARRAY, OBJECT -> node.isEmpty();
      case BINARY, POJO -> false;
    };
  }

  /** Names every field that was never asked for as unknown. */
  void finish() {
    for (String name : object.propertyNames()) {
      if (!known.contains(name)) {
        problem(name, "is not a known field" + hint(name));
      }
    }
  }

  /** Looked for only while it will be told: a text can have a hundred thousand unknown fields. */
  private String hint(String name) {
    return problems.isFull()
        ? ""
        : NearMiss.of(name, known).map(meant -> "; did you mean \"" + meant + "\"?").orElse("");
  }
}
