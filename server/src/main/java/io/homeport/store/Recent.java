package io.homeport.store;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Values that were read lately, so that equal ones are one object: the many records of an app name
 * the same app, versions, agents and hosts again and again. Any thread may put any entry in its
 * place.
 *
 * @param <T> what the texts are read as
 */
final class Recent<T> {
  private final Function<String, T> reading;
  private final AtomicReferenceArray<@Nullable Entry<T>> entries;

  private record Entry<T>(String text, T value) {}

  /**
   * None yet.
   *
   * @param places how many are kept at most, a power of two
   * @param reading makes the value of a text
   */
  Recent(int places, Function<String, T> reading) {
    this.reading = reading;
    this.entries = new AtomicReferenceArray<>(places);
  }

  /** The value of a text. */
  T of(String text) {
    int hash = text.hashCode();
    int place = (hash ^ (hash >>> 15)) & (entries.length() - 1);
    Entry<T> known = entries.getPlain(place);
    if (known == null || !known.text().equals(text)) {
      known = new Entry<>(text, reading.apply(text));
      entries.setPlain(place, known);
    }
    return known.value();
  }
}
