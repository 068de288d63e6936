package io.homeport.simulation.world;

/**
 * The kinds of trouble that a world can know. How much of each is drawn from the seed; many worlds
 * know only a few (swarm testing).
 */
public enum Fault {
  /** Machines are cut off, restart, are lost, or come back under a new id. A mean pause. */
  MACHINES(Measure.PAUSE, 0.6, 5, 150),
  /** The master fails over. A mean pause. */
  MASTER(Measure.PAUSE, 0.3, 30, 600),
  /** The connection is lost. A mean pause. */
  DISCONNECTIONS(Measure.PAUSE, 0.5, 10, 400),
  /** The leading scheduler ends out of the blue. A mean pause. */
  CRASHES(Measure.PAUSE, 0.4, 10, 400),
  /** The leading scheduler stops for a while and goes on as if nothing had happened. A pause. */
  PAUSES(Measure.PAUSE, 0.3, 30, 600),
  /** Tasks fail or finish by themselves. Their mean life. */
  TASK_ENDS(Measure.PAUSE, 0.5, 10, 400),
  /** The health of tasks turns. A mean pause. */
  HEALTH(Measure.PAUSE, 0.5, 5, 200),
  /** The disk of the store is full for a while. A mean pause. */
  STORE_FULL(Measure.PAUSE, 0.2, 60, 600),
  /** The disk of a machine is full for a while. A mean pause. */
  MACHINE_FULL(Measure.PAUSE, 0.3, 30, 400),
  /** A call is lost, and the connection soon after. A probability. */
  CALL_LOSS(Measure.PROBABILITY, 0.4, 0, 20),
  /** An agent fails to carry out an operation. A probability. */
  OPERATION_FAILURES(Measure.PROBABILITY, 0.4, 0, 200),
  /** The first report of an operation's outcome is lost. A probability. */
  LATE_FEEDBACK(Measure.PROBABILITY, 0.5, 0, 200),
  /** An event arrives twice. A probability. */
  REPEATS(Measure.PROBABILITY, 0.4, 0, 200),
  /** Events overtake each other. A probability. */
  REORDERS(Measure.PROBABILITY, 0.2, 200, 1000),
  /** A scheduler dies while it commits, and the machine below it too. A probability. */
  TORN_COMMITS(Measure.PROBABILITY, 0.3, 0, 20),
  /** A scheduler dies after a commit. A probability. */
  COMMIT_CRASHES(Measure.PROBABILITY, 0.4, 0, 20),
  /** A scheduler dies before or after an effect. A probability. */
  EFFECT_CRASHES(Measure.PROBABILITY, 0.4, 0, 20),
  /** A commit takes a while, and the loop goes on meanwhile. A probability. */
  SLOW_COMMITS(Measure.PROBABILITY, 0.4, 20, 500),
  /** The outcome of a commit is unknown. A probability. */
  STORE_UNKNOWN(Measure.PROBABILITY, 0.3, 0, 20),
  /** A reply does not reach the user, who asks again. A probability. */
  REPLY_LOSS(Measure.PROBABILITY, 0.4, 0, 300),
  /** The disks hold volumes of an earlier installation with our label. A probability. */
  LEFTOVERS(Measure.PROBABILITY, 0.2, 100, 1000),
  /** The store is replaced by an old copy of it, once. A mean time until then. */
  OLD_BACKUP(Measure.PAUSE, 0.07, 60, 900);

  private final Measure measure;
  private final double share;
  private final int least;
  private final int most;

  private enum Measure {
    PAUSE,
    PROBABILITY
  }

  /**
   * A kind.
   *
   * @param share of the worlds that know it
   * @param least seconds of a pause, or thousandths of a probability
   * @param most likewise
   */
  Fault(Measure measure, double share, int least, int most) {
    this.measure = measure;
    this.share = share;
    this.least = least;
    this.most = most;
  }

  boolean isPause() {
    return measure == Measure.PAUSE;
  }

  /** How much of it a world knows: seconds or thousandths; 0 for none. */
  double drawn(SplitMix64 random) {
    boolean known = random.chance(share);
    double amount = random.between(least * 1000L, most * 1000L) / 1000.0;
    return known ? amount : 0;
  }
}
