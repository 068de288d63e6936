package io.homeport.api.definition;

import io.homeport.model.Constraint;
import io.homeport.model.Constraint.Operator;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;

/**
 * Reads placement constraints, {@code ["hostname", "UNIQUE"]}, with the rules and messages of
 * Marathon 1.11.
 */
final class ConstraintReader {
  /** What Marathon allows as an operand of IS: Mesos's texts and numbers. */
  private static final Pattern IS_VALUE = Pattern.compile("[a-zA-Z0-9_/.-]+");

  /** Longer expressions, deeply nested, would overflow the stack of who compiles them. */
  private static final int LONGEST_REGEX = 1000;

  private final Problems problems;
  private final Scalars scalars;

  ConstraintReader(Problems problems) {
    this.problems = problems;
    this.scalars = new Scalars(problems);
  }

  /**
   * The constraints of an app or a volume, each one once.
   *
   * @param fields the object that may have a field {@code constraints}
   * @param reader {@link #ofApp} or {@link #ofVolume}
   */
  static List<Constraint> read(Fields fields, Fields.ItemReader<Constraint> reader) {
    return fields.list("constraints", reader).orElse(List.of()).stream().distinct().toList();
  }

  /**
   * One constraint of an app.
   *
   * @param node the array of two or three strings
   * @param path where it stands
   */
  Optional<Constraint> ofApp(JsonNode node, FieldPath path) {
    Optional<List<String>> parts = parts(node, path);
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    String field = parts.get().getFirst();
    if (field.isEmpty()) {
      return refused(path, "missing field for constraint declaration");
    }
    Optional<Operator> operator = operator(parts.get().get(1).toUpperCase(Locale.ROOT));
    if (operator.isEmpty()) {
      return refused(
          path,
          "operator must be one of the following UNIQUE, CLUSTER, GROUP_BY, LIKE, MAX_PER, UNLIKE"
              + " or IS");
    }
    Constraint constraint = new Constraint(field, operator.get(), value(parts.get()));
    Optional<String> problem = problem(constraint);
    return problem.isPresent() ? refused(path, problem.get()) : Optional.of(constraint);
  }

  /**
   * One constraint of a persistent volume: {@code ["path", "LIKE" | "UNLIKE", regex]}.
   *
   * @param node the array of three strings
   * @param path where it stands
   */
  Optional<Constraint> ofVolume(JsonNode node, FieldPath path) {
    Optional<List<String>> parts = parts(node, path);
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    if (!parts.get().getFirst().equals("path") || parts.get().size() != 3) {
      return refused(path, "Unsupported constraint " + String.join(",", parts.get()));
    }
    Optional<Operator> operator = operator(parts.get().get(1));
    if (operator.isEmpty()) {
      return refused(path, "unknown constraint operator " + parts.get().get(1));
    }
    if (operator.get() != Operator.LIKE && operator.get() != Operator.UNLIKE) {
      return refused(path, "Operator must be one of LIKE, UNLIKE");
    }
    return isRegex(parts.get().get(2))
        ? Optional.of(new Constraint("path", operator.get(), value(parts.get())))
        : refused(path, "Invalid regular expression");
  }

  private Optional<List<String>> parts(JsonNode node, FieldPath path) {
    if (!node.isArray()) {
      problems.add(path, "expected an array of strings, found " + Found.describe(node));
      return Optional.empty();
    }
    if (node.size() < 2 || node.size() > 3) {
      problems.add(path, "Each constraint must have either 2 or 3 fields");
      return Optional.empty();
    }
    int before = problems.count();
    List<String> parts =
        node.valueStream().map(part -> scalars.text(part, path)).flatMap(Optional::stream).toList();
    return problems.count() == before ? Optional.of(parts) : Optional.empty();
  }

  private Optional<Constraint> refused(FieldPath path, String message) {
    problems.add(path, message);
    return Optional.empty();
  }

  private static Optional<Operator> operator(String name) {
    return Arrays.stream(Operator.values())
        .filter(operator -> operator.name().equals(name))
        .findFirst();
  }

  private static Optional<String> value(List<String> parts) {
    return parts.size() == 3 ? Optional.of(parts.get(2)) : Optional.empty();
  }

  private static Optional<String> problem(Constraint constraint) {
    Optional<String> value = constraint.value();
    boolean met =
        switch (constraint.operator()) {
          case UNIQUE -> value.isEmpty();
          case CLUSTER -> true;
          case GROUP_BY -> value.isEmpty() || isCount(value.get());
          case MAX_PER -> value.isPresent() && isCount(value.get());
          case LIKE, UNLIKE -> value.isPresent() && isRegex(value.get());
          case IS -> value.isPresent() && IS_VALUE.matcher(value.get()).matches();
        };
    return met ? Optional.empty() : Optional.of(message(constraint));
  }

  private static String message(Constraint constraint) {
    return switch (constraint.operator()) {
      case UNIQUE -> "UNIQUE does not accept a value";
      case CLUSTER -> "CLUSTER accepts any value";
      case GROUP_BY -> "GROUP BY must define an integer value or else no value at all";
      case MAX_PER -> "MAX_PER requires an integer value";
      case LIKE, UNLIKE ->
          constraint.value().isPresent()
              ? "is not a valid regular expression"
              : "LIKE and UNLIKE require a non-empty, regular expression value";
      case IS ->
          constraint.value().isPresent()
              ? "IS only supports Mesos text and float values"
              : "IS requires a value";
    };
  }

  private static boolean isCount(String value) {
    try {
      return Integer.parseInt(value) > 0;
    } catch (NumberFormatException notANumber) {
      return false;
    }
  }

  private static boolean isRegex(String value) {
    if (value.isEmpty() || value.length() > LONGEST_REGEX) {
      return false;
    }
    try {
      Pattern.compile(value);
      return true;
    } catch (PatternSyntaxException notARegex) {
      return false;
    }
  }
}
