package io.homeport.mesos.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.mesos.Wire;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Mesos of the tests answers as the real one did. */
final class TapeReplayTest {
  private static final Wire JSON = Wire.named("application/json").orElseThrow();
  private static final Wire PROTOBUF = Wire.named("application/x-protobuf").orElseThrow();

  @TempDir private Path dir;

  /** Recordings that were made one after the other on one cluster. */
  private record Session(Wire wire, List<Integer> hosts, List<String> tapes) {}

  /** Most of the time nothing happens in them, so they are replayed next to each other. */
  @Test
  void theSameCallsAreAnsweredAlike() throws Exception {
    List<Session> sessions =
        List.of(
            new Session(
                JSON,
                List.of(1, 2),
                List.of(
                    "01-stateful-lifecycle", "02-refused-and-failed", "03-agent-lost-and-back")),
            new Session(PROTOBUF, List.of(1, 2, 3), List.of("04-failover-and-reconcile")),
            new Session(JSON, List.of(1, 3), List.of("08-health-checks", "09-agent-drain")),
            new Session(
                PROTOBUF,
                List.of(1, 3),
                List.of("12-conflicts-and-halves", "13-kill-while-unreachable-and-new-agent-id")));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Void>> replays =
          sessions.stream().<Callable<Void>>map(session -> () -> replay(session)).toList();
      for (Future<Void> replay : threads.invokeAll(replays)) {
        replay.get();
      }
    }
  }

  private @Nullable Void replay(Session session) throws Exception {
    Path own = dir.resolve(session.tapes().getFirst());
    Settings settings =
        Settings.on(session.hosts()).withQuota().withReregister(Duration.ofSeconds(4));
    try (TestMesos mesos = TestMesos.start(own, settings);
        TapeClient client = new TapeClient(mesos.address(), session.wire())) {
      TapeNames names = new TapeNames();
      for (String tape : session.tapes()) {
        TapeReplay.Count count = new TapeReplay(mesos, client, names).run(tape);
        assertThat(count.calls()).as(tape).isGreaterThan(10);
        assertThat(count.events()).as(tape).isGreaterThan(10);
      }
    }
    return null;
  }
}
