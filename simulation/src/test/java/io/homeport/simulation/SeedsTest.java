package io.homeport.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.model.Call;
import io.homeport.runtime.Decider;
import io.homeport.scheduler.Decision;
import io.homeport.scheduler.Effect;
import io.homeport.scheduler.Input;
import io.homeport.state.ClusterState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scheduler keeps its promises in simulated worlds; and the simulation notices when not. */
class SeedsTest {
  private static final int MANY = 300;

  /** Seeds that found something once. */
  @ParameterizedTest
  @ValueSource(longs = {231, 521, 537, 652})
  void whatFailedOnceHolds(long seed) {
    assertThat(Simulation.of(seed).run().violation()).isEmpty();
  }

  /** Always the same ones, so that a change that breaks one is seen; ./simulate runs others. */
  @Test
  void manyWorldsHold() {
    List<String> failures =
        LongStream.rangeClosed(1, MANY)
            .parallel()
            .mapToObj(seed -> Simulation.of(seed).run())
            .filter(result -> result.violation().isPresent())
            .map(result -> "./simulate --seed " + result.seed() + ": " + result.violation().get())
            .toList();
    assertThat(failures).isEmpty();
  }

  @Test
  void theSameSeedIsTheSameWorld() {
    assertThat(Simulation.of(7).run().hash()).isEqualTo(Simulation.of(7).run().hash());
    assertThat(Simulation.of(7).run().hash()).isNotEqualTo(Simulation.of(8).run().hash());
  }

  /** A scheduler that never kills what is to end. */
  private static final class WithoutKills implements Decider {
    @Override
    public Decision decide(ClusterState state, Input input, Instant now) {
      Decision decision = Decider.CORE.decide(state, input, now);
      return new Decision(
          decision.changes(),
          decision.effects().stream().filter(effect -> !isKill(effect)).toList(),
          decision.reply());
    }

    private static boolean isKill(Effect effect) {
      return effect instanceof Effect.Send send && send.call() instanceof Call.Kill;
    }

    @Override
    public Optional<Instant> nextDeadline(ClusterState state, Instant now) {
      return Decider.CORE.nextDeadline(state, now);
    }
  }

  @Test
  void aSchedulerThatForgetsToKillIsFoundOut() {
    Decider defective = new WithoutKills();
    boolean found =
        LongStream.rangeClosed(1, 20)
            .anyMatch(
                seed ->
                    new Simulation(seed, defective, Optional.empty())
                        .run()
                        .violation()
                        .isPresent());
    assertThat(found).isTrue();
  }
}
