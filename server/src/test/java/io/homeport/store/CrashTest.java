package io.homeport.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.homeport.runtime.Store;
import io.homeport.runtime.StoreException;
import io.homeport.state.DurableState;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, really killed. */
final class CrashTest {
  private static final int ROUNDS = 20;

  @TempDir private Path directory;

  @Test
  void whatWasAcknowledgedSurvivesBeingKilledAtAnyInstant() throws Exception {
    Random random = new Random(20260301);
    long acknowledged = 0;
    for (int round = 0; round < ROUNDS; round++) {
      acknowledged = killedAfter(1 + random.nextInt(30), random.nextInt(3_000), acknowledged);
      try (DataDirectory data = DataDirectory.open(directory);
          Store store = SqliteStore.open(data.database())) {
        List<DurableState> states = new ArrayList<>(List.of(DurableState.EMPTY));
        long sequence = store.load(change -> states.set(0, states.getFirst().apply(change)));

        assertThat(sequence)
            .as("the last commit of round %d", round)
            .isBetween(acknowledged, acknowledged + 1);
        assertThat(states.getFirst().term()).as("its content").isEqualTo("term" + sequence);
        assertThat(states.getFirst().reservations().size())
            .as("nothing of it is missing")
            .isEqualTo((int) Math.min(sequence, 50) * CommittingServer.INSTANCES);
        acknowledged = sequence;
      }
    }
  }

  /** Kills a server some microseconds after some acknowledgement; returns the last one. */
  private long killedAfter(int commits, int micros, long before) throws Exception {
    Process server = JavaProcess.start(List.of(), CommittingServer.class, directory, 1_000_000);
    long last = before;
    try (BufferedReader out = server.inputReader()) {
      assertThat(out.readLine()).isEqualTo("ready " + before);
      for (int i = 0; i < commits; i++) {
        last = number(out.readLine());
      }
      TimeUnit.MICROSECONDS.sleep(micros);
      server.toHandle().destroyForcibly(); // unlike the process's own, leaves its output readable
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        last = number(line);
      }
    } finally {
      server.destroyForcibly().waitFor();
    }
    return last;
  }

  private static long number(String line) {
    assertThat(line).startsWith("acknowledged ");
    return Long.parseLong(line.substring("acknowledged ".length()));
  }

  @Test
  void everyCommitIsSyncedBeforeItIsAcknowledged() throws Exception {
    Path strace = Path.of("/usr/bin/strace");
    assumeThat(Files.isExecutable(strace)).as("strace is installed").isTrue();
    Path trace = directory.resolve("trace");
    Process server =
        JavaProcess.start(
            List.of(
                strace.toString(),
                "-f",
                "-e",
                "trace=fsync,fdatasync,write",
                "-e",
                "signal=none",
                "-o",
                trace.toString()),
            CommittingServer.class,
            directory.resolve("data"),
            25);
    try (BufferedReader out = server.inputReader()) {
      assertThat(out.lines().filter(line -> line.startsWith("acknowledged "))).hasSize(25);
    }
    assertThat(server.waitFor()).isZero();

    int unsynced = 0;
    int acknowledged = 0;
    boolean synced = false;
    for (String line : Files.readAllLines(trace)) {
      if (line.matches(".*f(data)?sync\\(\\d+\\).*= 0")) {
        synced = true;
      } else if (line.contains("write(1, \"acknowledged ")) {
        acknowledged++;
        unsynced += synced ? 0 : 1;
        synced = false;
      }
    }
    assertThat(acknowledged).isEqualTo(25);
    assertThat(unsynced).as("acknowledged without a sync since the one before").isZero();
  }

  @Test
  void oneServerAtATimeUsesADataDirectory() throws Exception {
    Process server = JavaProcess.start(List.of(), CommittingServer.class, directory, 1_000_000);
    try (BufferedReader out = server.inputReader()) {
      assertThat(out.readLine()).startsWith("ready");

      assertThatThrownBy(() -> DataDirectory.open(directory))
          .isInstanceOf(StoreException.class)
          .hasMessageContainingAll(directory.toString(), "process " + server.pid(), "one server");
      assertThat(DataDirectory.holder(directory)).contains(server.pid());
    } finally {
      server.destroyForcibly().waitFor();
    }
    try (DataDirectory mine = DataDirectory.open(directory)) {
      assertThat(DataDirectory.holder(mine.path())).contains(ProcessHandle.current().pid());
    }
  }
}
