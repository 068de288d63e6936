package io.homeport.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was read lately and what it was read as. Each has one place, which it takes from what had it
 * before.
 *
 * @param <K> what is read
 * @param <T> what it is read as
 */
final class Recent<K, T> {
  private final Function<K, T> reading;
  private final List<@Nullable Entry<K, T>> entries;

  private record Entry<K, T>(K read, T value) {}

  /**
   * None yet.
   *
   * @param places how many are kept at most, a power of two
   * @param reading makes the value of what is read
   */
  Recent(int places, Function<K, T> reading) {
    this.reading = reading;
    this.entries = new ArrayList<>(Collections.nCopies(places, null));
  }

  /** The value of what is read. */
  T of(K read) {
    int hash = read.hashCode();
    int place = (hash ^ (hash >>> 15)) & (entries.size() - 1);
    Entry<K, T> known = entries.get(place);
    if (known == null || !known.read().equals(read)) {
      known = new Entry<>(read, reading.apply(read));
      entries.set(place, known);
    }
    return known.value();
  }
}
