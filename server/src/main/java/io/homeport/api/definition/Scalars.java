package io.homeport.api.definition;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;

/** Reads single values; what is wrong with one becomes a problem, and then there is no value. */
final class Scalars {
  private static final char NUL = '\0';

  private final Problems problems;

  Scalars(Problems problems) {
    this.problems = problems;
  }

  /**
   * A string. One with a NUL character is refused, because neither commands nor files can have it.
   *
   * @param node the value
   * @param path where it stands
   */
  Optional<String> text(JsonNode node, FieldPath path) {
    if (!node.isString()) {
      problems.add(path, "expected a string, found " + Found.describe(node) + quotingHint(node));
      return Optional.empty();
    }
    String text = node.stringValue();
    if (text.indexOf(NUL) >= 0) {
      problems.add(path, "must not contain the character NUL");
      return Optional.empty();
    }
    return Optional.of(text);
  }

  /**
   * A string of at least one character.
   *
   * @param node the value
   * @param path where it stands
   */
  Optional<String> nonEmptyText(JsonNode node, FieldPath path) {
    Optional<String> text = text(node, path);
    if (text.isPresent() && text.get().isEmpty()) {
      problems.add(path, "must not be empty");
      return Optional.empty();
    }
    return text;
  }

  /**
   * A whole number.
   *
   * @param node the value
   * @param path where it stands
   * @param least the smallest allowed
   * @param most the greatest allowed
   */
  Optional<Long> integer(JsonNode node, FieldPath path, long least, long most) {
    Optional<BigDecimal> number = anyNumber(node, path);
    if (number.isEmpty()) {
      return Optional.empty();
    }
    BigDecimal value = number.get();
    if (value.signum() != 0 && value.stripTrailingZeros().scale() > 0) {
      problems.add(path, "expected a whole number, found " + Found.number(value));
      return Optional.empty();
    }
    return inRange(value, path, BigDecimal.valueOf(least), BigDecimal.valueOf(most))
        ? Optional.of(value.longValueExact())
        : Optional.empty();
  }

  /**
   * A number.
   *
   * @param node the value
   * @param path where it stands
   * @param least the smallest allowed
   * @param most the greatest allowed
   */
  Optional<BigDecimal> number(JsonNode node, FieldPath path, BigDecimal least, BigDecimal most) {
    return anyNumber(node, path).filter(value -> inRange(value, path, least, most));
  }

  /**
   * One word of a few.
   *
   * @param node the value
   * @param path where it stands
   * @param choices the words and what they stand for, in the order in which they are told
   */
  <T> Optional<T> choice(JsonNode node, FieldPath path, SequencedMap<String, T> choices) {
    Optional<String> word = text(node, path);
    if (word.isEmpty()) {
      return Optional.empty();
    }
    Optional<T> chosen = Optional.ofNullable(choices.get(word.get()));
    if (chosen.isEmpty()) {
      String expected = String.join(", ", choices.keySet());
      String hint =
          choices.keySet().stream()
              .filter(word.get()::equalsIgnoreCase)
              .map(meant -> "; did you mean " + meant + "?")
              .findFirst()
              .orElse("");
      problems.add(
          path, "expected one of " + expected + ", found " + Found.quoted(word.get()) + hint);
    }
    return chosen;
  }

  /**
   * True or false.
   *
   * @param node the value
   * @param path where it stands
   */
  Optional<Boolean> bool(JsonNode node, FieldPath path) {
    if (!node.isBoolean()) {
      problems.add(path, "expected true or false, found " + Found.describe(node));
      return Optional.empty();
    }
    return Optional.of(node.booleanValue());
  }

  private Optional<BigDecimal> anyNumber(JsonNode node, FieldPath path) {
    boolean notFinite = node.isDouble() && !Double.isFinite(node.doubleValue());
    if (!node.isNumber() || notFinite) {
      problems.add(path, "expected a number, found " + Found.describe(node));
      return Optional.empty();
    }
    return Optional.of(node.decimalValue());
  }

  private boolean inRange(BigDecimal value, FieldPath path, BigDecimal least, BigDecimal most) {
    if (value.compareTo(least) < 0) {
      problems.add(
          path, "got " + Found.number(value) + ", expected " + Found.number(least) + " or more");
      return false;
    }
    if (value.compareTo(most) > 0) {
      problems.add(
          path, "got " + Found.number(value) + ", expected " + Found.number(most) + " or less");
      return false;
    }
    return true;
  }

  private static String quotingHint(JsonNode node) {
    return node.isNumber() || node.isBoolean()
        ? "; write it in quotation marks: \"" + node.asString() + "\""
        : "";
  }
}
