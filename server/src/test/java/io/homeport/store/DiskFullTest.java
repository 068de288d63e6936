package io.homeport.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.homeport.runtime.Store;
import io.homeport.state.Change;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system that really is full, and a limit on the size of files that really is reached. */
final class DiskFullTest {
  @TempDir private Path directory;
  @TempDir private Path elsewhere;

  private static boolean run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
  }

  private static List<Change.Stored> large() {
    return large(0);
  }

  private static List<Change.Stored> large(int first) {
    List<Change.Stored> changes = new ArrayList<>();
    for (int i = first; i < first + 500; i++) {
      changes.addAll(GoldenSamples.many(i));
    }
    return changes;
  }

  private static List<Change.Stored> term(String term) {
    return List.of(new Change.TermBegan(term));
  }

  @Test
  void onAFullFileSystemNothingIsWrittenAndNothingIsLost() throws Exception {
    SqliteStore.open(elsewhere.resolve("homeport.db")).close(); // unpacks the native library there
    boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", directory.toString());
    assumeThat(mounted).as("this user may mount a small file system").isTrue();
    try {
      fillAndFree();
    } finally {
      assertThat(run("umount", directory.toString())).isTrue();
    }
  }

  private void fillAndFree() throws Exception {
    Path ballast = directory.resolve("ballast");
    Path database = directory.resolve("homeport.db");
    long sequence = 0;
    try (Store store = SqliteStore.open(database)) {
      assertThat(store.commit(0, term("before"))).isEqualTo(new Store.Outcome.Committed(1));
      fill(ballast);

      Store.Outcome full = store.commit(1, large());

      assertThat(full).isInstanceOf(Store.Outcome.Full.class);
      assertThat(store.commit(1, large())).isInstanceOf(Store.Outcome.Full.class);
      assertThat(store.load(_ -> {})).as("reads go on").isEqualTo(1);
      Files.delete(ballast);
      assertThat(store.commit(1, large())).isEqualTo(new Store.Outcome.Committed(2));
      fill(ballast);
      Store.Outcome outcome = new Store.Outcome.Committed(2);
      while (outcome instanceof Store.Outcome.Committed committed) {
        sequence = committed.sequence();
        outcome = store.commit(sequence, large((int) sequence * 500));
      }
      assertThat(outcome).isInstanceOf(Store.Outcome.Full.class);
    }
    Files.delete(ballast);
    try (Store store = SqliteStore.open(database)) {
      assertThat(store.load(_ -> {})).as("after a restart").isEqualTo(sequence);
    }
  }

  private static void fill(Path ballast) throws IOException {
    try (var out = Files.newOutputStream(ballast)) {
      byte[] block = new byte[4096];
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }

  @Test
  void beyondALimitOnFileSizesNothingIsWrittenAndNothingIsLost() throws Exception {
    Process limited =
        JavaProcess.start(
            List.of("sh", "-c", "ulimit -f 6000 && exec \"$@\"", "sh"),
            CommittingServer.class,
            directory,
            1_000_000);
    String output = new String(limited.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(limited.waitFor()).isZero();

    List<String> lines = output.lines().toList();
    assertThat(lines.getLast()).startsWith("Full[");
    long acknowledged = lines.stream().filter(line -> line.startsWith("acknowledged ")).count();
    assertThat(acknowledged).isPositive();
    try (DataDirectory data = DataDirectory.open(directory);
        Store store = SqliteStore.open(data.database())) {
      assertThat(store.load(_ -> {})).isEqualTo(acknowledged);
    }
  }
}
