package io.homeport.model;

/**
 * Our name for one offer operation, so that its feedback can be told from others' (Mesos: operation
 * id).
 *
 * @param value the id as it is written; not empty
 */
public record OperationId(String value) implements Comparable<OperationId> {
  /** Refuses an empty id. */
  public OperationId {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("an id must not be empty");
    }
  }

  @Override
  public int compareTo(OperationId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
