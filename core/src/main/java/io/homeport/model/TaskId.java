package io.homeport.model;

import java.util.Optional;

/**
 * The identity of one run of an instance, written {@code <instance id>._app.<incarnation>}.
 *
 * @param value the id as it is written
 */
public record TaskId(String value) implements Comparable<TaskId> {
  private static final String INFIX = "._app.";
  private static final int MOST_DIGITS = 9;

  /** Checks the shape. */
  public TaskId {
    if (infixOf(value) < 0) {
      throw new IllegalArgumentException("not a task id: " + value);
    }
  }

  /**
   * The id of a run.
   *
   * @param instance the instance that runs
   * @param incarnation counts the runs of the instance, from 1
   */
  public static TaskId of(InstanceId instance, int incarnation) {
    return new TaskId(instance.value() + INFIX + incarnation);
  }

  /**
   * Reads an id.
   *
   * @param text any text
   * @return the id, or empty when the text has another shape
   */
  public static Optional<TaskId> parse(String text) {
    int infix = infixOf(text);
    return infix > 0 && InstanceId.parse(text.substring(0, infix)).isPresent()
        ? Optional.of(new TaskId(text))
        : Optional.empty();
  }

  /** The instance whose run this is. */
  public InstanceId instanceId() {
    return new InstanceId(value.substring(0, value.lastIndexOf(INFIX)));
  }

  /** Which run of the instance this is, from 1. */
  public int incarnation() {
    return Integer.parseInt(value.substring(value.lastIndexOf('.') + 1));
  }

  private static int infixOf(String text) {
    int infix = text.lastIndexOf(INFIX);
    int digits = infix + INFIX.length();
    if (infix < 0 || digits == text.length() || text.length() - digits > MOST_DIGITS) {
      return -1;
    }
    for (int index = digits; index < text.length(); index++) {
      if (text.charAt(index) < '0' || text.charAt(index) > '9') {
        return -1;
      }
    }
    return InstanceId.infixOf(text.substring(0, infix)) > 0 ? infix : -1;
  }

  @Override
  public int compareTo(TaskId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
