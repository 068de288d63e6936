package io.homeport.model;

/**
 * The engine's name for an offer; used at most once.
 *
 * @param value the id as it is written; not empty
 */
public record OfferId(String value) implements Comparable<OfferId> {
  /** Refuses an empty id. */
  public OfferId {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("an id must not be empty");
    }
  }

  @Override
  public int compareTo(OfferId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
