package io.homeport.simulation.defects;

import io.homeport.simulation.Simulation;
import io.homeport.simulation.world.Cuts;
import io.homeport.simulation.world.Invariant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** Looks for the first seed in whose world a defect is noticed. */
final class DefectHunt {
  private DefectHunt() {}

  /** What is broken in the world of a seed. */
  static Optional<Invariant> broken(Defect defect, long seed) {
    return new Simulation(seed, Cuts.NONE, defect.parts(), Optional.empty()).run().broken();
  }

  /** The first of so many seeds that finds a defect under the right name. */
  static OptionalLong first(Defect defect, long seeds) {
    return LongStream.rangeClosed(1, seeds)
        .filter(seed -> broken(defect, seed).equals(Optional.of(defect.broken())))
        .findFirst();
  }

  /**
   * Hunts all defects, or those named, and prints what each seed says on the way.
   *
   * @param arguments how many seeds at most, and then names of defects
   */
  public static void main(String[] arguments) {
    long seeds = Long.parseLong(arguments[0]);
    for (Defect defect : Defect.values()) {
      if (arguments.length > 1 && !java.util.List.of(arguments).contains(defect.name())) {
        continue;
      }
      SortedMap<Invariant, Long> others = new TreeMap<>();
      long found = 0;
      for (long seed = 1; seed <= seeds && found == 0; seed++) {
        Optional<Invariant> broken = broken(defect, seed);
        if (broken.equals(Optional.of(defect.broken()))) {
          found = seed;
        } else {
          long current = seed;
          broken.ifPresent(invariant -> others.putIfAbsent(invariant, current));
        }
      }
      System.out.println(
          defect + " " + (found == 0 ? "NOT FOUND" : found) + " first others " + others);
    }
  }
}
