package io.homeport.simulation.world;

import java.util.Locale;

/** What must hold of every world. The first nine are the promises of the product. */
public enum Invariant {
  /** A volume is destroyed only after an explicit request. */
  NO_SILENT_LOSS(true),
  /** An instance gets another home only for one of the reasons that the promise names. */
  ONE_HOME(false),
  /** At most one live task uses a volume; and the same for an instance. */
  ONE_TENANT(true),
  /** What was answered or acknowledged survives. */
  ANSWERED_MEANS_KEPT(false),
  /** No call leaves before the record that explains it is committed. */
  WRITE_THEN_ACT(true),
  /** What bears our label and has no record is kept. */
  HANDS_OFF(true),
  /** Whatever waits says why, and what it says is true. */
  EVERY_WAIT_HAS_A_REASON(false),
  /** Once faults stop, what is becomes what is wanted. */
  CONVERGES(false),
  /** And then nothing is sent but what is bounded. */
  QUIET(true),
  /** In the safe mode after a restore nothing is launched, ended, made or destroyed. */
  SAFE_MODE_HOLDS_STILL(true),
  /** No id is given to two things. */
  IDS_NEVER_REPEAT(false),
  /** The engine's name for us is never given up: all tasks would be orphaned. */
  FRAMEWORK_ID_IS_KEPT(true),
  /** What runs was committed before. */
  WHAT_RUNS_WAS_RECORDED(true),
  /** A record goes only when what it stood for is gone, or never was. */
  NO_RECORD_IS_LOST(false),
  /** The state does not contradict itself. */
  STATE_IS_CONSISTENT(true),
  /** Replaying the stored changes gives the live state. */
  REPLAY_IS_LIVE_STATE(true),
  /** At most one instance of an app has a given ordinal. */
  ONE_INSTANCE_PER_ORDINAL(true),
  /** No decision fails. */
  DECISIONS_NEVER_FAIL(true),
  /** No decision is larger than its limit. */
  DECISIONS_ARE_BOUNDED(true),
  /** The same input gives the same decision. */
  DECIDE_IS_A_FUNCTION(true),
  /** A refused request changes nothing. */
  REFUSED_CHANGES_NOTHING(true),
  /** Time passes between ticks. */
  LOOP_DOES_NOT_SPIN(true),
  /** An accept never uses more than was offered. */
  ACCEPT_FITS_ITS_OFFERS(true),
  /** Each offer is answered at most once, and only if it was made. */
  OFFER_IS_ANSWERED_ONCE(true),
  /** An upgrade never has more instances than its strategy allows. */
  MAXIMUM_OVER_CAPACITY(true),
  /** An upgrade never has fewer healthy instances than its strategy allows. */
  MINIMUM_HEALTH_CAPACITY(true),
  /** Constraints hold when something is placed. */
  CONSTRAINTS_AT_LAUNCH(true),
  /** What may not be changed is not. */
  IMMUTABLE_FIELDS(true);

  private final boolean evenAfterOldBackup;

  Invariant(boolean evenAfterOldBackup) {
    this.evenAfterOldBackup = evenAfterOldBackup;
  }

  /** Whether it holds even after the store was replaced by an old copy of it. */
  public boolean holdsAfterOldBackup() {
    return evenAfterOldBackup;
  }

  /** Its name, as in {@code docs/promises.md}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
