package io.homeport.state;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * Persistent maps and sets that are made of all their elements at once. Those are sorted in a list,
 * which takes no more than a look at each when they come in order, as from a store; a tree would be
 * searched for each of them.
 */
final class InOrder {
  private InOrder() {}

  /** A set of elements, in whatever order they come. */
  static <E extends Comparable<E>> TreePSet<E> set(List<E> elements) {
    return map(elements, Function.identity(), Function.identity()).keySet();
  }

  /** A map of elements, in whatever order they come; of those with equal keys the last one. */
  static <T, K extends Comparable<K>, V> TreePMap<K, V> map(
      List<T> elements, Function<T, K> key, Function<T, V> value) {
    return ofSorted(sorted(elements, key), key, value);
  }

  /** The same of elements that {@link #sorted} gave, which are not looked at once more. */
  static <T, K extends Comparable<K>, V> TreePMap<K, V> ofSorted(
      List<T> sorted, Function<T, K> key, Function<T, V> value) {
    return sorted.isEmpty()
        ? TreePMap.empty()
        : TreePMap.fromSortedMap(new MapView<>(sorted, key, value));
  }

  /** The same for a map. */
  static <K extends Comparable<K>, V> TreePMap<K, V> map(Map<K, V> entries) {
    return map(List.copyOf(entries.entrySet()), Map.Entry::getKey, Map.Entry::getValue);
  }

  /** The elements by their keys; of those with equal keys the last one. */
  static <T, K extends Comparable<K>> List<T> sorted(List<T> elements, Function<T, K> key) {
    if (isSorted(elements, key)) {
      return elements;
    }
    List<T> sorted = new ArrayList<>(elements);
    sorted.sort(Comparator.comparing(key)); // stable, so the last of equals stays the last
    List<T> unique = new ArrayList<>(sorted.size());
    for (T element : sorted) {
      if (!unique.isEmpty() && key.apply(unique.getLast()).equals(key.apply(element))) {
        unique.removeLast();
      }
      unique.add(element);
    }
    return unique;
  }

  private static <T, K extends Comparable<K>> boolean isSorted(
      List<T> elements, Function<T, K> key) {
    for (int index = 1; index < elements.size(); index++) {
      K before = key.apply(elements.get(index - 1));
      if (before.compareTo(key.apply(elements.get(index))) >= 0) {
        return false;
      }
    }
    return true;
  }

  /** What a persistent map is made from: it only goes through the entries. */
  private static final class MapView<T, K, V> extends AbstractMap<K, V> implements SortedMap<K, V> {
    private final List<T> elements;
    private final Function<T, K> key;
    private final Function<T, V> value;

    MapView(List<T> elements, Function<T, K> key, Function<T, V> value) {
      this.elements = elements;
      this.key = key;
      this.value = value;
    }

    @Override
    public Set<Entry<K, V>> entrySet() {
      return new AbstractSet<>() {
        @Override
        public Iterator<Entry<K, V>> iterator() {
          Iterator<T> rest = elements.iterator();
          return new Iterator<>() {
            @Override
            public boolean hasNext() {
              return rest.hasNext();
            }

            @Override
            public Entry<K, V> next() {
              T element = rest.next();
              return Map.entry(key.apply(element), value.apply(element));
            }
          };
        }

        @Override
        public int size() {
          return elements.size();
        }
      };
    }

    @Override
    public @Nullable Comparator<? super K> comparator() {
      return null;
    }

    @Override
    public K firstKey() {
      return key.apply(elements.getFirst());
    }

    @Override
    public K lastKey() {
      return key.apply(elements.getLast());
    }

    @Override
    public SortedMap<K, V> subMap(K from, K to) {
      throw new UnsupportedOperationException();
    }

    @Override
    public SortedMap<K, V> headMap(K to) {
      throw new UnsupportedOperationException();
    }

    @Override
    public SortedMap<K, V> tailMap(K from) {
      throw new UnsupportedOperationException();
    }
  }
}
