package io.homeport.simulation.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The simulated master answers as a real Mesos did: the same calls in the same situations give the
 * same events. What is drawn from a seed must not matter.
 */
final class TapesTest {
  private static final long SEEDS = 5;

  /** Recordings that were made one after the other on one cluster, and its hosts. */
  static Stream<Arguments> sessions() {
    return Stream.of(
        Arguments.of(
            List.of(1, 2),
            List.of("01-stateful-lifecycle", "02-refused-and-failed", "03-agent-lost-and-back")),
        Arguments.of(List.of(1, 2, 3), List.of("04-failover-and-reconcile")),
        Arguments.of(
            List.of(1, 3),
            List.of("12-conflicts-and-halves", "13-kill-while-unreachable-and-new-agent-id")));
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void theSameCallsAreAnsweredAlike(List<Integer> hosts, List<String> tapes) {
    LongStream.rangeClosed(1, SEEDS)
        .forEach(
            seed -> {
              TapeMaster master = new TapeMaster(hosts, seed);
              Map<String, String> uuids = new HashMap<>();
              for (String tape : tapes) {
                assertThat(new TapeReplay(master, tape, uuids).run()).as(tape).isGreaterThan(10);
              }
            });
  }
}
