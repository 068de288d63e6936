package io.homeport.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.runtime.Store;
import io.homeport.state.Change;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Far below what the store does, so that it fails only when something is badly wrong. */
final class StoreSpeedTest {
  private static final int RECORDS = 40_000;

  @TempDir private Path directory;

  @Test
  void recordsInBulkGoAtThousandsPerSecond() throws Exception {
    List<List<Change.Stored>> batches = new ArrayList<>();
    for (int i = 0; i < RECORDS / 2; i++) {
      if (i % 2_500 == 0) {
        batches.add(new ArrayList<>());
      }
      batches.getLast().addAll(GoldenSamples.many(i));
    }
    try (Store store = SqliteStore.open(directory.resolve("homeport.db"))) {
      Instant begun = Instant.now();
      long sequence = 0;
      for (List<Change.Stored> batch : batches) {
        assertThat(store.commit(sequence, batch))
            .isEqualTo(new Store.Outcome.Committed(++sequence));
      }
      Instant written = Instant.now();
      int[] count = new int[1];
      store.load(_ -> count[0]++);
      Instant read = Instant.now();

      assertThat(count[0]).isEqualTo(RECORDS);
      long writing = Duration.between(begun, written).toMillis();
      long reading = Duration.between(written, read).toMillis();
      assertThat(RECORDS * 1000L / Math.max(1, writing))
          .as("written a second")
          .isGreaterThan(4_000);
      assertThat(RECORDS * 1000L / Math.max(1, reading)).as("read a second").isGreaterThan(4_000);
    }
  }
}
