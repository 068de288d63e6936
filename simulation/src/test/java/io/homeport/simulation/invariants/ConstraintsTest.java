package io.homeport.simulation.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.model.Agent;
import io.homeport.model.AgentId;
import io.homeport.model.Constraint;
import io.homeport.placement.ConstraintRules;
import io.homeport.simulation.world.SplitMix64;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Constraints as the scheduler knows them, and as the invariants do, which know nothing of it. */
final class ConstraintsTest {
  private static final int ROUNDS = 2000;
  private static final String FIELD = "rack";

  @ParameterizedTest
  @EnumSource
  void bothSayTheSame(Constraint.Operator operator) {
    SplitMix64 random = new SplitMix64(operator.name().hashCode());
    int met = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Constraint constraint = new Constraint(FIELD, operator, operand(operator, random));
      List<Agent> agents = agents(random);
      ConstraintRules rules = ConstraintRules.of(List.of(constraint));
      SortedMap<String, Integer> counts = new TreeMap<>();
      for (int placed = random.below(5); placed > 0; placed--) {
        Agent where = random.pick(agents);
        rules.placed(where, 1);
        where.field(FIELD).ifPresent(value -> counts.merge(value, 1, Integer::sum));
      }
      for (Agent agent : agents) {
        boolean holds = RolloutChecks.holds(constraint, counts, agent.field(FIELD).orElseThrow());
        assertThat(rules.unmet(agent).isEmpty())
            .as("%s on %s beside %s", constraint, agent, counts)
            .isEqualTo(holds);
        met += holds ? 1 : 0;
      }
    }
    assertThat(met).as("some fit").isPositive();
  }

  private static Optional<String> operand(Constraint.Operator operator, SplitMix64 random) {
    return switch (operator) {
      case UNIQUE -> Optional.empty();
      case MAX_PER -> Optional.of(String.valueOf(random.between(1, 3)));
      case GROUP_BY ->
          random.chance(0.5) ? Optional.empty() : Optional.of(String.valueOf(random.between(1, 4)));
      case CLUSTER -> random.chance(0.5) ? Optional.empty() : Optional.of("r" + random.below(3));
      case LIKE, UNLIKE -> Optional.of(random.pick(List.of("r[01]", "r.", "r2", "s.*")));
      case IS -> Optional.of("r" + random.below(3));
    };
  }

  private static List<Agent> agents(SplitMix64 random) {
    List<Agent> agents = new ArrayList<>();
    for (int index = (int) random.between(1, 5); index > 0; index--) {
      SortedMap<String, String> attributes = new TreeMap<>();
      attributes.put(FIELD, "r" + random.below(3));
      agents.add(
          new Agent(
              new AgentId("S" + index),
              "host-" + index,
              Optional.empty(),
              Optional.empty(),
              attributes,
              List.of()));
    }
    return agents;
  }
}
