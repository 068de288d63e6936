package io.homeport.model;

import java.time.Instant;
import java.util.Optional;

/** Where a reservation is in its life. */
public sealed interface ReservationState {
  /** The operation whose outcome decides whether the reservation exists, while it is open. */
  Optional<OperationId> pending();

  /**
   * Its RESERVE was committed; whether it exists is not known yet.
   *
   * @param operation the RESERVE, to ask after it
   */
  record Requested(OperationId operation) implements ReservationState {
    @Override
    public Optional<OperationId> pending() {
      return Optional.of(operation);
    }
  }

  /** The engine confirmed it, and an instance owns it. */
  record Held() implements ReservationState {
    @Override
    public Optional<OperationId> pending() {
      return Optional.empty();
    }
  }

  /**
   * Its instance got another home; it is kept, listed and adoptable, and never destroyed by itself.
   *
   * @param since when
   * @param why a sentence for people
   * @param pending the RESERVE, if its instance left before its outcome was known
   */
  record LeftBehind(Instant since, String why, Optional<OperationId> pending)
      implements ReservationState {}

  /**
   * An explicit request, recorded here, wants its volumes destroyed and its resources freed. It
   * lasts until the engine confirms.
   *
   * @param since when it was requested
   * @param why what was requested, for people
   * @param pending the operation whose outcome decides whether it still exists: the RESERVE, if the
   *     request came before its outcome was known, or the UNRESERVE that was sent
   */
  record Releasing(Instant since, String why, Optional<OperationId> pending)
      implements ReservationState {}
}
