package io.homeport.model;

import java.util.Optional;

/**
 * Our name for one offer operation, so that its feedback can be told from others' (Mesos: operation
 * id). It says itself what it is about, so that feedback needs no table of what was sent: {@code
 * <kind>~<reservation or volume>~<unique>}.
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

  /** What an operation does. */
  public enum Kind {
    /** RESERVE. */
    RESERVE,
    /** CREATE. */
    CREATE,
    /** DESTROY. */
    DESTROY,
    /** UNRESERVE. */
    UNRESERVE;

    private OperationId of(String target, String unique) {
      return new OperationId(
          name().toLowerCase(java.util.Locale.ROOT) + "~" + target + "~" + unique);
    }
  }

  /**
   * The id of an operation on a reservation.
   *
   * @param kind {@link Kind#RESERVE} or {@link Kind#UNRESERVE}
   * @param reservation the reservation
   * @param unique a token never used before
   */
  public static OperationId of(Kind kind, ReservationId reservation, String unique) {
    return kind.of(reservation.value(), unique);
  }

  /**
   * The id of an operation on a volume.
   *
   * @param kind {@link Kind#CREATE} or {@link Kind#DESTROY}
   * @param volume the volume
   * @param unique a token never used before
   */
  public static OperationId of(Kind kind, VolumeId volume, String unique) {
    return kind.of(volume.value(), unique);
  }

  /** What the operation does; empty when the id is not one of ours. */
  public Optional<Kind> kind() {
    for (Kind kind : Kind.values()) {
      if (value.startsWith(kind.name().toLowerCase(java.util.Locale.ROOT) + "~")) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** The reservation or volume the operation is on; empty when the id is not one of ours. */
  public String target() {
    int begin = value.indexOf('~');
    int end = value.lastIndexOf('~');
    return begin < 0 || end <= begin ? "" : value.substring(begin + 1, end);
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
