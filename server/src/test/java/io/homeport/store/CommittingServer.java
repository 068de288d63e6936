package io.homeport.store;

import io.homeport.runtime.Store;
import io.homeport.state.Change;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Commits until it is killed or has done enough, and prints the number of each commit once it is
 * acknowledged. Commit n is term {@code term<n>} and a number of instances, so that half of one can
 * be told from all of it.
 */
final class CommittingServer {
  static final int INSTANCES = 20;

  private CommittingServer() {}

  /** Arguments: data directory, how many commits at most. */
  public static void main(String[] arguments) throws Exception {
    try (DataDirectory directory = DataDirectory.open(Path.of(arguments[0]));
        Store store = SqliteStore.open(directory.database())) {
      long sequence = store.load(_ -> {});
      print("ready " + sequence);
      long end = sequence + Long.parseLong(arguments[1]);
      while (sequence < end) {
        Store.Outcome outcome = store.commit(sequence, changes(sequence + 1));
        if (!(outcome instanceof Store.Outcome.Committed committed)) {
          print(outcome.toString());
          return;
        }
        sequence = committed.sequence();
        print("acknowledged " + sequence);
      }
    }
  }

  static List<Change.Stored> changes(long number) {
    List<Change.Stored> changes = new ArrayList<>();
    for (int i = 0; i < INSTANCES; i++) {
      changes.addAll(GoldenSamples.many((int) (number % 50) * INSTANCES + i));
    }
    changes.add(new Change.TermBegan("term" + number));
    return changes;
  }

  // Unbuffered: what was printed was acknowledged, and what was acknowledged is printed.
  @SuppressWarnings("SystemOut")
  private static void print(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
