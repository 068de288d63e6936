package io.homeport.model;

/**
 * Something done with the resources of an offer (Mesos: offer operation). The operations of one
 * accept happen in order, and succeed or fail one by one.
 */
public sealed interface Operation {
  /**
   * Reserves {@link Reservation#total()}, its ports and its own disks, under its label.
   *
   * @param id to tell its feedback by
   * @param reservation what is reserved
   */
  record Reserve(OperationId id, Reservation reservation) implements Operation {}

  /**
   * Makes a volume of reserved disk.
   *
   * @param id to tell its feedback by
   * @param reservation the reservation that holds the disk
   * @param volume what is made
   */
  record Create(OperationId id, Reservation reservation, Volume volume) implements Operation {}

  /**
   * Destroys a volume and the data on it. Sent only for reservations that are {@link
   * ReservationState.Releasing}.
   *
   * @param id to tell its feedback by
   * @param reservation the offered reservation that holds the volume
   * @param volume what is destroyed
   */
  record Destroy(
      OperationId id, OfferedReservation reservation, OfferedReservation.OfferedVolume volume)
      implements Operation {}

  /**
   * Frees everything that is offered under a reservation's label.
   *
   * @param id to tell its feedback by
   * @param reservation what is freed; it has no volumes any more
   */
  record Unreserve(OperationId id, OfferedReservation reservation) implements Operation {}

  /**
   * Starts a task.
   *
   * @param launch what is started
   */
  record Launch(TaskLaunch launch) implements Operation {}
}
