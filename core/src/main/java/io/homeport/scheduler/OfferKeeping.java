package io.homeport.scheduler;

import io.homeport.model.Call;
import io.homeport.model.OfferId;
import io.homeport.state.Change;
import io.homeport.state.ClusterState;
import io.homeport.state.HeldOffer;
import io.homeport.state.TransientState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What happens to offers that were not used: while something waits they are held for a short while,
 * so that the next need finds them; then they go back. When nothing waits, none are wanted at all.
 */
final class OfferKeeping {
  /** How long an offer is held. What it offers is kept back from everybody else meanwhile. */
  private static final Duration HOLD = Duration.ofSeconds(5);

  /** For how long a declined offer stays away while something waits; a revive ends it early. */
  private static final Duration REFUSE_WAITING = Duration.ofSeconds(30);

  /** For how long it stays away when nothing waits; a revive ends it early. */
  private static final Duration REFUSE_IDLE = Duration.ofHours(1);

  /** The engine is asked for offers at most so often. */
  private static final Duration REVIVE_PAUSE = Duration.ofSeconds(1);

  private OfferKeeping() {}

  static void run(Draft draft) {
    // While apps are still being looked at it is not known yet what will wait.
    if (!draft.isConnected() || !draft.present().unsettled().isEmpty()) {
      return;
    }
    boolean wanted = Waiting.isAnything(draft.state(), draft.now());
    decline(draft, wanted);
    boolean suppressed = draft.present().connection().suppressed();
    TransientState.Matching matching = draft.present().matching();
    boolean mayAsk = !matching.revivedAt().plus(REVIVE_PAUSE).isAfter(draft.now());
    if (!wanted) {
      if (!suppressed) {
        draft.change(new Change.SuppressionChanged(true));
        draft.send(new Call.Suppress());
      }
      asked(draft, false, matching.revivedAt());
    } else if (suppressed || (matching.revive() && mayAsk)) {
      draft.change(new Change.SuppressionChanged(false));
      draft.send(new Call.Revive());
      asked(draft, false, draft.now());
    } else {
      asked(draft, matching.revive(), matching.revivedAt());
    }
  }

  /** Matching has been done for now, unless it was cut short. */
  private static void asked(Draft draft, boolean revive, Instant at) {
    TransientState.Matching before = draft.present().matching();
    if (before.revive() != revive || !before.revivedAt().equals(at)) {
      draft.change(new Change.MatchingChanged(before.due(), revive, at));
    }
  }

  private static void decline(Draft draft, boolean wanted) {
    List<OfferId> declined = new ArrayList<>();
    Instant heldEnough = draft.now().minus(HOLD);
    for (HeldOffer held : draft.present().offers().values()) {
      if (!wanted || !held.since().isAfter(heldEnough)) {
        declined.add(held.offer().id());
      }
    }
    if (!declined.isEmpty()) {
      declined.forEach(offer -> draft.change(new Change.OfferRemoved(offer)));
      draft.send(new Call.Decline(List.copyOf(declined), wanted ? REFUSE_WAITING : REFUSE_IDLE));
    }
  }

  /** When this has something to do next; a past time means now. */
  static Optional<Instant> deadline(ClusterState state, Instant now) {
    TransientState present = state.present();
    if (!present.connection().connected()) {
      return Optional.empty();
    }
    boolean wanted = Waiting.isAnything(state, now);
    if (!wanted) {
      boolean busy = !present.offers().isEmpty() || !present.connection().suppressed();
      return busy ? Optional.of(Instant.EPOCH) : Optional.empty();
    }
    if (present.connection().suppressed()) {
      return Optional.of(Instant.EPOCH);
    }
    Optional<Instant> hold =
        present.offers().values().stream()
            .map(HeldOffer::since)
            .min(Instant::compareTo)
            .map(since -> since.plus(HOLD));
    if (!present.matching().revive()) {
      return hold;
    }
    Instant revive = present.matching().revivedAt().plus(REVIVE_PAUSE);
    return Optional.of(hold.filter(revive::isAfter).orElse(revive));
  }
}
