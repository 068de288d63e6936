package io.homeport.model;

import java.time.Instant;

/**
 * A persistent volume of a reservation.
 *
 * @param id its identity
 * @param containerPath where tasks see it
 * @param sizeMib its size in MiB; for a mount disk the whole disk's
 * @param source where it is taken from
 * @param state how far it is
 * @param createdAt when it was first asked for
 */
public record Volume(
    VolumeId id,
    String containerPath,
    double sizeMib,
    DiskSource source,
    State state,
    Instant createdAt) {
  /** The stages of a volume's life. */
  public enum State {
    /** Its CREATE was committed; whether it exists is not known yet. */
    REQUESTED,
    /** The engine confirmed it. */
    CREATED,
    /**
     * Its DESTROY was committed, after an explicit request; whether it is gone is not known yet.
     */
    DESTROYING,
    /** The engine confirmed that it is gone; only the reservation around it is left to release. */
    DESTROYED
  }

  /**
   * The same in another stage.
   *
   * @param next the stage
   */
  public Volume in(State next) {
    return new Volume(id, containerPath, sizeMib, source, next, createdAt);
  }
}
