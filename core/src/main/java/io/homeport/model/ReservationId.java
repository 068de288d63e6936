package io.homeport.model;

/**
 * Our name for a reservation: the value of the label that every resource of it carries.
 *
 * @param value the id as it is written; not empty
 */
public record ReservationId(String value) implements Comparable<ReservationId> {
  /** Refuses an empty id. */
  public ReservationId {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("an id must not be empty");
    }
  }

  @Override
  public int compareTo(ReservationId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
