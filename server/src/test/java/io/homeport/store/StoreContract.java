package io.homeport.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.model.AppId;
import io.homeport.runtime.Store;
import io.homeport.runtime.Store.Outcome;
import io.homeport.runtime.StoreException;
import io.homeport.state.Change;
import io.homeport.state.DurableState;
import io.homeport.state.Replay;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store keeps to. */
abstract class StoreContract {
  /** Opens the store of this test, which is empty at its beginning. */
  abstract Store open() throws Exception;

  static DurableState loaded(Store store) throws StoreException {
    List<DurableState> states = new ArrayList<>(List.of(DurableState.EMPTY));
    store.load(change -> states.set(0, states.getFirst().apply(change)));
    return states.getFirst();
  }

  static List<Change.Stored> oneChange(int number) {
    return List.of(new Change.TermBegan("term" + number));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void loadingGivesTheStateThatTheChangesLedTo(long seed) throws Exception {
    Random random = new Random(seed);
    RandomChanges changes = new RandomChanges(random);
    DurableState applied = DurableState.EMPTY;
    long sequence = 0;
    for (int life = 0; life < 3; life++) {
      try (Store store = open()) {
        assertThat(store.load(_ -> {})).isEqualTo(sequence);
        for (int i = 0; i < 30; i++) {
          List<Change.Stored> batch = new ArrayList<>();
          for (int j = random.nextInt(20); j >= 0; j--) {
            Change.Stored change = changes.next(applied);
            applied = applied.apply(change);
            batch.add(change);
          }
          assertThat(store.commit(sequence, batch)).isEqualTo(new Outcome.Committed(++sequence));
        }
        assertThat(loaded(store)).isEqualTo(applied);
        Replay replay = new Replay();
        store.load(replay::add);
        assertThat(replay.state()).isEqualTo(applied);
      }
    }
  }

  @Test
  void aCommitUnderAnotherSequenceNumberIsRefusedAndWritesNothing() throws Exception {
    try (Store first = open();
        Store second = open()) {
      assertThat(first.commit(0, oneChange(1))).isEqualTo(new Outcome.Committed(1));

      assertThat(second.commit(0, oneChange(2)))
          .isInstanceOfSatisfying(
              Outcome.Refused.class,
              refused -> assertThat(refused.why()).contains("Expected commit 0", "found 1"));

      assertThat(loaded(first).term()).isEqualTo("term1");
      assertThat(second.commit(1, oneChange(3))).isEqualTo(new Outcome.Committed(2));
    }
  }

  @Test
  void aClosedStoreTakesNothing() throws Exception {
    Store store = open();
    store.close();
    assertThat(store.commit(0, oneChange(1))).isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  void removingAnAppRemovesItsVersionsAndNoOtherAppS() throws Exception {
    List<Change.Stored> apps =
        IntStream.range(0, 12).mapToObj(i -> GoldenSamples.appNamed("/a" + i)).toList();
    try (Store store = open()) {
      assertThat(store.commit(0, apps)).isInstanceOf(Outcome.Committed.class);
      assertThat(store.commit(1, List.of(new Change.AppRemoved(new AppId("/a1")))))
          .isInstanceOf(Outcome.Committed.class);
      assertThat(loaded(store).apps().keySet())
          .extracting(Object::toString)
          .hasSize(11)
          .doesNotContain("/a1")
          .contains("/a10", "/a11");
    }
  }
}
