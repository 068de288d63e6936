package io.homeport.simulation.defects;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.simulation.Minimiser;
import io.homeport.simulation.Simulation;
import io.homeport.simulation.world.Cuts;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every planted defect is found, and under the right name: here in the world of the seed that finds
 * it, and by {@code ./soak}, which sets {@code homeport.simulation.hunt}, within so many seeds.
 */
class DefectsTest {
  private static final long HUNT = Long.getLong("homeport.simulation.hunt", 0);
  private static final int MOST_RUNS = 150;

  @ParameterizedTest
  @EnumSource
  void isFound(Defect defect) {
    OptionalLong seed = HUNT > 0 ? DefectHunt.first(defect, HUNT) : OptionalLong.of(defect.seed());
    assertThat(seed).as("a seed that finds it").isPresent();
    assertThat(DefectHunt.broken(defect, seed.getAsLong())).contains(defect.broken());
    if (HUNT > 0) {
      System.out.println(defect + " is found by seed " + seed.getAsLong());
    }
  }

  @Test
  void aWorldThatFailsIsMadeShorter() {
    Defect defect = Defect.FORGETS_RESIDENCY;
    Minimiser.Shortened shortened =
        new Minimiser(defect.seed(), defect.parts(), MOST_RUNS).run().orElseThrow();

    assertThat(shortened.after().broken()).contains(defect.broken());
    assertThat(shortened.after().deeds().size()).isLessThan(shortened.before().deeds().size());
    assertThat(shortened.cuts().options()).isNotEmpty();

    Simulation.Result again =
        new Simulation(defect.seed(), shortened.cuts(), defect.parts(), Optional.empty()).run();
    assertThat(again.hash()).isEqualTo(shortened.after().hash());
  }

  @Test
  void aWorldThatHoldsIsNotMadeShorter() {
    assertThat(
            new Minimiser(1, () -> io.homeport.simulation.server.SchedulerParts.PRODUCTION, 1)
                .run())
        .isEmpty();
    assertThat(Cuts.NONE.options()).isEmpty();
  }
}
