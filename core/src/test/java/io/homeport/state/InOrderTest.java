package io.homeport.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

final class InOrderTest {
  @Test
  void setsAndMapsAreThoseThatElementByElementGives() {
    Random random = new Random(1);
    for (int size = 0; size < 200; size++) {
      List<Integer> numbers =
          IntStream.range(0, size).mapToObj(each -> random.nextInt(150)).toList();
      assertThat(InOrder.set(numbers)).isEqualTo(TreePSet.from(numbers));

      TreeMap<Integer, Integer> places = new TreeMap<>();
      IntStream.range(0, size).forEach(place -> places.put(numbers.get(place), place));
      List<Integer> all = IntStream.range(0, size).boxed().toList();
      TreePMap<Integer, Integer> made = InOrder.map(all, numbers::get, place -> place);
      assertThat(made).isEqualTo(places);
      assertThat(List.copyOf(made.keySet())).isEqualTo(List.copyOf(new TreeSet<>(numbers)));
    }
  }

  @Test
  void aMapMayComeInAnyOrder() {
    Map<String, Integer> some = Map.of("c", 3, "a", 1, "b", 2);
    assertThat(InOrder.map(some)).containsExactlyEntriesOf(new TreeMap<>(some));
  }
}
