package io.homeport.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The identity of one run of an instance, written {@code <instance id>._app.<incarnation>}.
 *
 * @param value the id as it is written
 */
public record TaskId(String value) implements Comparable<TaskId> {
  private static final Pattern SHAPE = Pattern.compile("(.+\\.instance-[^.]+)\\._app\\.(\\d{1,9})");

  /** Checks the shape. */
  public TaskId {
    if (!SHAPE.matcher(value).matches()) {
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
    return new TaskId(instance.value() + "._app." + incarnation);
  }

  /**
   * Reads an id.
   *
   * @param text any text
   * @return the id, or empty when the text has another shape
   */
  public static Optional<TaskId> parse(String text) {
    Matcher matcher = SHAPE.matcher(text);
    return matcher.matches() && InstanceId.parse(matcher.group(1)).isPresent()
        ? Optional.of(new TaskId(text))
        : Optional.empty();
  }

  /** The instance whose run this is. */
  public InstanceId instanceId() {
    return new InstanceId(value.substring(0, value.lastIndexOf("._app.")));
  }

  /** Which run of the instance this is, from 1. */
  public int incarnation() {
    return Integer.parseInt(value.substring(value.lastIndexOf('.') + 1));
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
