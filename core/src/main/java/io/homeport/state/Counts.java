package io.homeport.state;

import java.util.Optional;
import org.pcollections.TreePMap;

/** How many there are of each of something; what there is none of is not in the map. */
final class Counts {
  private Counts() {}

  /** The same with one less of what it was, and one more of what it is. */
  static <K extends Comparable<K>> TreePMap<K, Integer> moved(
      TreePMap<K, Integer> counts, Optional<K> from, Optional<K> to) {
    if (from.equals(to)) {
      return counts;
    }
    TreePMap<K, Integer> moved = counts;
    if (from.isPresent()) {
      int left = moved.getOrDefault(from.get(), 0) - 1;
      moved = left == 0 ? moved.minus(from.get()) : moved.plus(from.get(), left);
    }
    if (to.isPresent()) {
      moved = moved.plus(to.get(), moved.getOrDefault(to.get(), 0) + 1);
    }
    return moved;
  }
}
