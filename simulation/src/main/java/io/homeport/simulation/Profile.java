package io.homeport.simulation;

import java.time.Duration;

/**
 * What kind of world a seed makes: every number is drawn from the seed, and many are zero, so that
 * each seed combines a few kinds of trouble instead of a little of each (swarm testing).
 *
 * @param machines how many machines
 * @param nodes how many schedulers compete
 * @param mostApps how many apps users have at most
 * @param mostInstances how many instances of an app they want at most
 * @param trouble for how long users and faults are at work
 * @param usersPause the mean pause between two requests
 * @param latencyMillis the longest way of a message
 * @param offerTimeout after which the master rescinds an offer; zero means never
 * @param pingTimeout after which the master gives an agent up
 * @param faults how often each kind of fault happens
 */
record Profile(
    int machines,
    int nodes,
    int mostApps,
    int mostInstances,
    Duration trouble,
    Duration usersPause,
    int latencyMillis,
    Duration offerTimeout,
    Duration pingTimeout,
    Faults faults) {

  /**
   * How often each kind of fault happens: mean pauses, zero meaning never, and probabilities.
   *
   * @param agentPause between two faults of machines
   * @param masterPause between two fail-overs of the master
   * @param disconnectPause between two losses of the connection
   * @param crashPause between two crashes of a scheduler out of the blue
   * @param pausePause between two schedulers that stop for a while and go on
   * @param taskLife the mean life of a task until it fails or finishes by itself
   * @param healthPause between two turns of a task's health
   * @param callLoss the probability that a call is lost, with the connection soon after
   * @param operationFailure the probability that an agent fails to carry out an operation
   * @param repeats the probability that an event arrives twice
   * @param reorders whether events overtake each other on the stream
   * @param commitCrash the probability of a crash after a commit
   * @param effectCrash the probability of a crash before or after an effect
   * @param storeUnknown the probability that a commit's outcome is unknown
   * @param storeFullPause between two times in which the store is full
   */
  record Faults(
      Duration agentPause,
      Duration masterPause,
      Duration disconnectPause,
      Duration crashPause,
      Duration pausePause,
      Duration taskLife,
      Duration healthPause,
      double callLoss,
      double operationFailure,
      double repeats,
      boolean reorders,
      double commitCrash,
      double effectCrash,
      double storeUnknown,
      Duration storeFullPause) {
    /** No fault ever. */
    static final Faults NONE =
        new Faults(
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            0,
            0,
            0,
            false,
            0,
            0,
            0,
            Duration.ZERO);

    private static Faults drawn(SplitMix64 random) {
      return new Faults(
          pause(random, 0.6, 10, 300),
          pause(random, 0.3, 60, 900),
          pause(random, 0.5, 20, 600),
          pause(random, 0.4, 20, 600),
          pause(random, 0.3, 60, 600),
          pause(random, 0.5, 10, 600),
          pause(random, 0.5, 10, 300),
          probability(random, 0.4, 0.02),
          probability(random, 0.4, 0.2),
          probability(random, 0.4, 0.2),
          random.chance(0.2),
          probability(random, 0.4, 0.02),
          probability(random, 0.4, 0.02),
          probability(random, 0.3, 0.02),
          pause(random, 0.2, 60, 600));
    }

    private static Duration pause(SplitMix64 random, double present, int least, int most) {
      boolean happens = random.chance(present);
      long seconds = random.between(least, most);
      return happens ? Duration.ofSeconds(seconds) : Duration.ZERO;
    }

    private static double probability(SplitMix64 random, double present, double most) {
      boolean happens = random.chance(present);
      double value = random.between(1, 1000) / 1000.0 * most;
      return happens ? value : 0;
    }

    /** Whether nothing ever goes wrong. */
    boolean isNone() {
      return equals(NONE);
    }
  }

  /**
   * The profile of a seed. A quarter of the seeds know no faults, so that what must hold only
   * without them can be checked too.
   */
  static Profile drawn(SplitMix64 random) {
    boolean calm = random.chance(0.25);
    Faults faults = Faults.drawn(random);
    return new Profile(
        (int) random.between(1, 6),
        (int) random.between(1, 3),
        (int) random.between(1, 4),
        (int) random.between(1, 5),
        Duration.ofSeconds(random.between(120, 2400)),
        Duration.ofSeconds(random.between(3, 60)),
        (int) random.between(1, 400),
        random.chance(0.5) ? Duration.ofSeconds(random.between(2, 60)) : Duration.ZERO,
        Duration.ofSeconds(random.between(5, 75)),
        calm ? Faults.NONE : faults);
  }
}
