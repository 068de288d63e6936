package io.homeport.simulation.defects;

import io.homeport.model.Call;
import io.homeport.runtime.Decider;
import io.homeport.runtime.Store;
import io.homeport.simulation.server.Disk;
import io.homeport.simulation.server.SchedulerParts;
import io.homeport.simulation.world.Invariant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The planted defects: what each breaks, and the first seed in whose world that is noticed. */
enum Defect {
  /** Aurora's order. */
  ACTS_BEFORE_COMMIT(
      Invariant.WRITE_THEN_ACT, 1, deciding(engine -> CallDefects.early(engine, call -> true))),
  /** A crash between the two loses the update for ever. */
  ACKNOWLEDGES_BEFORE_COMMIT(
      Invariant.ANSWERED_MEANS_KEPT,
      1,
      deciding(engine -> CallDefects.early(engine, Call.Acknowledge.class::isInstance))),
  /** Marathon. */
  LAUNCHES_ALTHOUGH_SAVE_FAILED(Invariant.WRITE_THEN_ACT, 2, storing(StoreDefects::believesAll)),
  /** Two that believe to lead both write. */
  CHECKS_NO_SEQUENCE(Invariant.REPLAY_IS_LIVE_STATE, 4, storing(StoreDefects::checksNoSequence)),
  /** Marathon #5165: volumes are lost when the scheduler restarts. */
  LOSES_VOLUMES_ON_RESTART(Invariant.REPLAY_IS_LIVE_STATE, 1, storing(StoreDefects::losesVolumes)),
  /** A commit is confirmed before it is on disk. */
  NEVER_SYNCS(Invariant.ANSWERED_MEANS_KEPT, 5, writing(StoreDefects::neverSyncs)),
  /** Residency is forgotten: who failed is started anywhere. */
  FORGETS_RESIDENCY(Invariant.ONE_HOME, 1, deciding(_ -> HomeDefects.forgetsResidency())),
  /** Marathon #4137: a restart while the home is out of reach makes a second volume. */
  RESTARTS_ELSEWHERE(Invariant.ONE_HOME, 4, deciding(_ -> HomeDefects.restartsElsewhere())),
  /** Nomad 27470, 27613: the replacement does not use the claim of its predecessor. */
  FORGETS_LOST_CLAIMS(Invariant.ONE_HOME, 8, deciding(_ -> HomeDefects.forgetsLostClaims())),
  /** Marathon #3748: two volumes on one host alternate. */
  SWAPS_HOMES(Invariant.ONE_HOME, 1, deciding(_ -> HomeDefects.swapsHomes())),
  /** The time out of reach counts although nobody was connected. */
  COUNTS_WHILE_DISCONNECTED(
      Invariant.ONE_HOME, 193, deciding(_ -> HomeDefects.countsWhileDisconnected())),
  /** The agent of a volume is learnt only from RUNNING. */
  LEARNS_HOME_FROM_RUNNING(
      Invariant.WRITE_THEN_ACT, 1, deciding(_ -> HomeDefects.learnsHomeFromRunning())),
  /** Marathon #5142: the reservation around a destroyed volume is never released. */
  FORGETS_TO_UNRESERVE(
      Invariant.NO_RECORD_IS_LOST, 1, deciding(_ -> HomeDefects.forgetsToUnreserve())),
  /** Nomad 28198: a volume can be destroyed while it is claimed. */
  DESTROYS_CLAIMED_VOLUMES(
      Invariant.NO_SILENT_LOSS, 1, deciding(_ -> HomeDefects.destroysClaimedVolumes())),
  /** Marathon #5207: killing a lost resident task destroys its volume. */
  WIPES_WHAT_IS_LOST(Invariant.NO_SILENT_LOSS, 1, deciding(_ -> SightDefects.wipesWhatIsLost())),
  /** Reservations without a record are destroyed. */
  DESTROYS_UNKNOWN_RESERVATIONS(
      Invariant.HANDS_OFF, 6, deciding(_ -> CallDefects.destroysUnknownReservations())),
  /** Tasks without a record are ended. */
  KILLS_UNKNOWN_TASKS(Invariant.HANDS_OFF, 1, deciding(_ -> CallDefects.killsUnknownTasks())),
  /** Unreachable is taken for gone. */
  TAKES_UNREACHABLE_FOR_GONE(
      Invariant.ONE_TENANT, 2, deciding(_ -> SightDefects.takesUnreachableForGone())),
  /** Ids are used again after a restart, a deletion, and a new creation. */
  REUSES_IDS(Invariant.IDS_NEVER_REPEAT, 1, deciding(_ -> SightDefects.reusesIds())),
  /** Chronos #520: a new leader registers with an empty framework id. */
  LOSES_FRAMEWORK_ID(Invariant.FRAMEWORK_ID_IS_KEPT, 1, registering(_ -> Optional.empty())),
  /** Chronos #511: after a partition nobody asks what became of tasks. */
  NEVER_RECONCILES(
      Invariant.CONVERGES, 1, deciding(_ -> CallDefects.never(Call.Reconcile.class::isInstance))),
  /** A kill is not repeated when its task comes back. */
  KILLS_ONCE(Invariant.CONVERGES, 14, deciding(_ -> CallDefects.killsOnce())),
  /** Marathon #5155: a wipe does not kill. */
  WIPES_WITHOUT_KILL(
      Invariant.CONVERGES, 1, deciding(_ -> CallDefects.never(CallDefects::isKillOfLeaving))),
  /** Updates are not acknowledged. */
  NEVER_ACKNOWLEDGES(
      Invariant.CONVERGES, 1, deciding(_ -> CallDefects.never(Call.Acknowledge.class::isInstance))),
  /** Offers are kept although nothing waits. */
  HOLDS_OFFERS(
      Invariant.CONVERGES, 1, deciding(_ -> CallDefects.never(Call.Decline.class::isInstance))),
  /** Offers are asked for without end. */
  REVIVES_WITHOUT_END(Invariant.QUIET, 4, deciding(_ -> CallDefects.revivesWithoutEnd())),
  /** An offer that was used is declined too. */
  ANSWERS_OFFERS_TWICE(Invariant.OFFER_IS_ANSWERED_ONCE, 1, calling(CallDefects::answersTwice)),
  /** More is used than was offered. */
  COUNTS_OFFERS_TWICE(
      Invariant.ACCEPT_FITS_ITS_OFFERS, 2, deciding(_ -> SightDefects.countsTwice())),
  /** A restored state is taken for the present one. */
  OVERLOOKS_SAFE_MODE(
      Invariant.SAFE_MODE_HOLDS_STILL, 91, deciding(_ -> SightDefects.overlooksSafeMode())),
  /** Constraints are not looked at. */
  IGNORES_CONSTRAINTS(
      Invariant.CONSTRAINTS_AT_LAUNCH, 1, deciding(_ -> SightDefects.ignoresConstraints())),
  /** An upgrade ends everything at once. */
  IGNORES_UPGRADE_STRATEGY(
      Invariant.MINIMUM_HEALTH_CAPACITY, 3, deciding(_ -> SightDefects.ignoresUpgradeStrategy())),
  /** The size of a volume can be changed. */
  ALLOWS_FORBIDDEN_CHANGES(
      Invariant.IMMUTABLE_FIELDS, 1, deciding(_ -> SightDefects.allowsForbiddenChanges()));

  private final Invariant broken;
  private final long seed;

  // Its parts remember nothing; what does is made by them.
  @SuppressWarnings("ImmutableEnumChecker")
  private final SchedulerParts prototype;

  /**
   * A defect.
   *
   * @param broken what does not hold with it
   * @param seed the first that finds it
   */
  Defect(Invariant broken, long seed, SchedulerParts prototype) {
    this.broken = broken;
    this.seed = seed;
    this.prototype = prototype;
  }

  Invariant broken() {
    return broken;
  }

  long seed() {
    return seed;
  }

  Supplier<SchedulerParts> parts() {
    return () -> prototype;
  }

  /** How a decider is made, given what takes calls at once. */
  private interface Making {
    Decider decider(Consumer<Call> engine);
  }

  private static SchedulerParts deciding(Making making) {
    return new SchedulerParts() {
      @Override
      public Decider decider(Consumer<Call> engine) {
        return making.decider(engine);
      }
    };
  }

  private static SchedulerParts storing(UnaryOperator<Store> altered) {
    return new SchedulerParts() {
      @Override
      public Store store(Store store) {
        return altered.apply(store);
      }
    };
  }

  private static SchedulerParts writing(UnaryOperator<Disk> altered) {
    return new SchedulerParts() {
      @Override
      public Disk disk(Disk disk) {
        return altered.apply(disk);
      }
    };
  }

  private static SchedulerParts calling(UnaryOperator<Consumer<Call>> altered) {
    return new SchedulerParts() {
      @Override
      public Consumer<Call> calls(Consumer<Call> engine) {
        return altered.apply(engine);
      }
    };
  }

  private static SchedulerParts registering(UnaryOperator<Optional<String>> altered) {
    return new SchedulerParts() {
      @Override
      public Optional<String> frameworkId(Optional<String> stored) {
        return altered.apply(stored);
      }
    };
  }
}
