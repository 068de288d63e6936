package io.homeport.simulation.world;

import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What all parts of a simulated world share: time, chance, trouble, and what is told of it. */
public final class World {
  private final Profile profile;
  private final Cuts cuts;
  private final Agenda agenda = new Agenda();
  private final Trace trace;
  private final Tally tally = new Tally();
  private final SplitMix64 network;
  private final SortedMap<String, Integer> deeds = new TreeMap<>();
  private final SortedSet<String> done = new TreeSet<>();
  private boolean troubled = true;
  private boolean pastLost;

  /**
   * A world in which nothing is yet.
   *
   * @param random what everything in it is drawn from
   * @param cuts what is left out of it
   * @param reader gets a readable trace, if somebody wants one
   */
  public World(SplitMix64 random, Cuts cuts, Optional<Consumer<String>> reader) {
    this(Profile.drawn(random.fork()), random, cuts, reader);
  }

  /**
   * A world of a given kind.
   *
   * @param profile which kind
   * @param random what everything else in it is drawn from
   * @param cuts what is left out of it
   * @param reader gets a readable trace, if somebody wants one
   */
  public World(Profile profile, SplitMix64 random, Cuts cuts, Optional<Consumer<String>> reader) {
    this.cuts = cuts;
    this.profile = profile.without(cuts.without());
    this.trace = reader.map(r -> new Trace(agenda, r)).orElseGet(() -> new Trace(agenda));
    this.network = random.fork();
    trace.add("world", profile.toString());
  }

  /** What kind of world it is. */
  public Profile profile() {
    return profile;
  }

  /** What is left out of it. */
  public Cuts cuts() {
    return cuts;
  }

  /** The time, and what is to happen when. */
  public Agenda agenda() {
    return agenda;
  }

  /** What happened, line by line. */
  public Trace trace() {
    return trace;
  }

  /** How often what happened. */
  public Tally tally() {
    return tally;
  }

  /** What the ways of messages are drawn from. */
  public SplitMix64 network() {
    return network;
  }

  /** Whether users and faults are at work. */
  public boolean isTroubled() {
    return troubled;
  }

  /** No user asks for anything any more, and nothing goes wrong. */
  public void calmDown() {
    troubled = false;
    trace.add("world", "the trouble is over");
  }

  /** From now on the store does not know all that has happened: it was replaced by an old copy. */
  public void losePast() {
    pastLost = true;
  }

  /** Whether the store was replaced by an old copy. */
  public boolean hasLostPast() {
    return pastLost;
  }

  /**
   * Throws unless something holds that must hold in a world like this.
   *
   * @param holds whether it holds
   * @param invariant what
   * @param message what was expected and what was found, for people
   */
  public void check(boolean holds, Invariant invariant, Supplier<String> message) {
    if (!holds && (!pastLost || invariant.holdsAfterOldBackup())) {
      throw new InvariantViolation(invariant, message.get());
    }
  }

  /** A time that a message takes, in milliseconds. */
  public long latency() {
    return network.between(1, profile.latencyMillis());
  }

  /**
   * Whether something goes wrong now.
   *
   * @param fault a kind that is measured by a probability
   * @param random what it is drawn from; nothing is drawn where the kind is unknown
   */
  public boolean strikes(Fault fault, SplitMix64 random) {
    double chance = profile.chance(fault);
    return troubled && chance > 0 && random.chance(chance);
  }

  /**
   * Numbers the deeds of a kind, and says whether the next one is to be done or left out.
   *
   * @param kind {@code USER} or the name of a fault
   */
  public boolean permits(String kind) {
    String name = kind + "-" + deeds.merge(kind, 1, Integer::sum);
    boolean permitted = !cuts.skipped().contains(name);
    if (permitted) {
      done.add(name);
      trace.note("world", () -> name);
    }
    return permitted;
  }

  /** The names of all deeds that were done. */
  public SortedSet<String> done() {
    return new TreeSet<>(done);
  }
}
