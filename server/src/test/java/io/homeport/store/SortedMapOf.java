package io.homeport.store;

import java.util.SortedMap;
import java.util.TreeMap;

/** Sorted maps in one expression. */
final class SortedMapOf {
  private SortedMapOf() {}

  static SortedMap<String, String> texts(String... keysAndValues) {
    SortedMap<String, String> map = new TreeMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
