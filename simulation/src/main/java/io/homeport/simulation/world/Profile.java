package io.homeport.simulation.world;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

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
 * @param faults how much of each kind of fault; none of those that are missing
 */
public record Profile(
    int machines,
    int nodes,
    int mostApps,
    int mostInstances,
    Duration trouble,
    Duration usersPause,
    int latencyMillis,
    Duration offerTimeout,
    Duration pingTimeout,
    SortedMap<Fault, Double> faults) {

  /**
   * The profile of a seed. A fifth of the seeds know no faults, so that what must hold only without
   * them can be checked too.
   *
   * @param random what it is drawn from
   */
  public static Profile drawn(SplitMix64 random) {
    boolean calm = random.chance(0.2);
    SortedMap<Fault, Double> faults = new TreeMap<>();
    for (Fault fault : Fault.values()) {
      double amount = fault.drawn(random.fork());
      if (amount > 0 && !calm) {
        faults.put(fault, amount);
      }
    }
    return new Profile(
        (int) random.between(1, 6),
        (int) random.between(1, 3),
        (int) random.between(1, 4),
        (int) random.between(1, 5),
        Duration.ofSeconds(random.between(200, 2400)),
        Duration.ofSeconds(random.between(3, 60)),
        (int) random.between(1, 400),
        random.chance(0.5) ? Duration.ofSeconds(random.between(2, 60)) : Duration.ZERO,
        Duration.ofSeconds(random.between(5, 75)),
        faults);
  }

  /**
   * The same without some kinds of faults.
   *
   * @param kinds the kinds
   */
  public Profile without(Collection<Fault> kinds) {
    SortedMap<Fault, Double> fewer = new TreeMap<>(faults);
    fewer.keySet().removeAll(kinds);
    return new Profile(
        machines,
        nodes,
        mostApps,
        mostInstances,
        trouble,
        usersPause,
        latencyMillis,
        offerTimeout,
        pingTimeout,
        fewer);
  }

  /**
   * The mean pause between two faults of a kind; zero for never.
   *
   * @param fault a kind that is measured by pauses
   */
  public Duration pause(Fault fault) {
    return Duration.ofMillis((long) (amount(fault, true) * 1000));
  }

  /**
   * The probability of a fault of a kind, where it can happen.
   *
   * @param fault a kind that is measured by a probability
   */
  public double chance(Fault fault) {
    return amount(fault, false) / 1000;
  }

  private double amount(Fault fault, boolean asPause) {
    if (fault.isPause() != asPause) {
      throw new IllegalArgumentException(fault + " is measured otherwise");
    }
    return faults.getOrDefault(fault, 0.0);
  }

  /** Whether nothing ever goes wrong. */
  public boolean isCalm() {
    return faults.isEmpty();
  }

  /** For people: what there is, and what goes wrong how often. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(machines + " machines, " + nodes + " schedulers, " + mostApps + " apps of up to ");
    text.append(mostInstances + " instances, trouble for " + trouble.toSeconds() + " s");
    for (Map.Entry<Fault, Double> fault : faults.entrySet()) {
      text.append(", ").append(fault.getKey()).append(' ').append(fault.getValue());
    }
    return text.toString();
  }
}
