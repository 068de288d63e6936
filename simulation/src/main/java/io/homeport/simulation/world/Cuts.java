package io.homeport.simulation.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is left out of a world, to make it shorter: it is the same world otherwise, and the same in
 * every run.
 *
 * @param without kinds of faults that do not happen at all
 * @param skipped single deeds of users and of the fault injector, by name, such as {@code USER-12}
 *     or {@code MACHINES-3}
 * @param trouble for how long users and faults are at work; as drawn from the seed when absent
 */
public record Cuts(
    SortedSet<Fault> without, SortedSet<String> skipped, Optional<Duration> trouble) {
  /** Nothing is left out. */
  public static final Cuts NONE = new Cuts(new TreeSet<>(), new TreeSet<>(), Optional.empty());

  /**
   * The same with some kinds of faults left out too.
   *
   * @param kinds the kinds
   */
  public Cuts andWithout(List<Fault> kinds) {
    SortedSet<Fault> more = new TreeSet<>(without);
    more.addAll(kinds);
    return new Cuts(more, skipped, trouble);
  }

  /**
   * The same with some deeds left out too.
   *
   * @param deeds their names
   */
  public Cuts andSkipped(List<String> deeds) {
    SortedSet<String> more = new TreeSet<>(skipped);
    more.addAll(deeds);
    return new Cuts(without, more, trouble);
  }

  /**
   * The same with less time for trouble.
   *
   * @param time how much
   */
  public Cuts andTrouble(Duration time) {
    return new Cuts(without, skipped, Optional.of(time));
  }

  /** The options of {@code ./simulate} that leave out the same. */
  public List<String> options() {
    List<String> options = new ArrayList<>();
    if (!without.isEmpty()) {
      options.add("--without=" + String.join(",", without.stream().map(Fault::name).toList()));
    }
    if (!skipped.isEmpty()) {
      options.add("--skip=" + String.join(",", skipped));
    }
    trouble.ifPresent(time -> options.add("--trouble=" + time));
    return options;
  }
}
