package io.homeport.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.model.Agent;
import io.homeport.model.AgentId;
import io.homeport.model.Constraint;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The seven operators, with the meanings of Marathon's {@code Constraints.scala}: on which agents a
 * further instance may be placed, when others are placed already.
 */
class ConstraintRulesTest {
  private static final Agent A1 = agent("a1", "r1");
  private static final Agent A2 = agent("a2", "r1");
  private static final Agent B1 = agent("b1", "r2");
  private static final Agent C1 = agent("c1", "r3");
  private static final Agent BARE = agent("bare", "");
  private static final List<Agent> ALL = List.of(A1, A2, B1, C1, BARE);

  private static Agent agent(String name, String rack) {
    TreeMap<String, String> attributes = new TreeMap<>();
    if (!rack.isEmpty()) {
      attributes.put("rack", rack);
    }
    return new Agent(
        new AgentId(name), name, Optional.of("region"), Optional.of(name), attributes, List.of());
  }

  private static Constraint on(String field, Constraint.Operator operator, String... value) {
    return new Constraint(field, operator, List.of(value).stream().findFirst());
  }

  private static ConstraintRules rules(Constraint constraint, Agent... placed) {
    ConstraintRules rules = ConstraintRules.of(List.of(constraint));
    for (Agent agent : placed) {
      rules.placed(agent, 1);
    }
    return rules;
  }

  /** The agents that are left when some instances are placed. */
  private static List<Agent> fitting(Constraint constraint, Agent... placed) {
    ConstraintRules rules = rules(constraint, placed);
    return ALL.stream().filter(agent -> rules.unmet(agent).isEmpty()).toList();
  }

  @Test
  void uniqueTakesEachValueOnce() {
    Constraint byHost = on("hostname", Constraint.Operator.UNIQUE);
    assertThat(fitting(byHost)).isEqualTo(ALL);
    assertThat(fitting(byHost, A1, B1)).containsExactly(A2, C1, BARE);
    assertThat(fitting(on("rack", Constraint.Operator.UNIQUE), A1)).containsExactly(B1, C1);
    assertThat(fitting(on("@zone", Constraint.Operator.UNIQUE), A1)).doesNotContain(A1);
  }

  @Test
  void clusterStaysWithTheGivenValueOrTheFirst() {
    assertThat(fitting(on("rack", Constraint.Operator.CLUSTER, "r1"))).containsExactly(A1, A2);
    assertThat(fitting(on("rack", Constraint.Operator.CLUSTER))).containsExactly(A1, A2, B1, C1);
    assertThat(fitting(on("rack", Constraint.Operator.CLUSTER), A2)).containsExactly(A1, A2);
  }

  @Test
  void groupBySpreadsEvenlyOverAtLeastSoManyValues() {
    Constraint plain = on("rack", Constraint.Operator.GROUP_BY);
    assertThat(fitting(plain)).containsExactly(A1, A2, B1, C1);
    assertThat(fitting(plain, A1, A2, B1)).containsExactly(B1, C1);
    assertThat(fitting(plain, A1, B1, C1)).containsExactly(A1, A2, B1, C1);
    Constraint three = on("rack", Constraint.Operator.GROUP_BY, "3");
    assertThat(fitting(three, A1, B1)).containsExactly(C1);
    assertThat(fitting(three, A1, B1, C1)).containsExactly(A1, A2, B1, C1);
    ConstraintRules crowded = rules(plain, A1, A2, B1);
    assertThat(crowded.crowding(A1)).isEqualTo(2);
    assertThat(crowded.crowding(C1)).isZero();
  }

  @Test
  void likeAndUnlikeCompareTheWholeValue() {
    assertThat(fitting(on("rack", Constraint.Operator.LIKE, "r[12]"))).containsExactly(A1, A2, B1);
    assertThat(fitting(on("rack", Constraint.Operator.LIKE, "r"))).isEmpty();
    // Only UNLIKE is content with an agent that has no such attribute.
    assertThat(fitting(on("rack", Constraint.Operator.UNLIKE, "r[12]"))).containsExactly(C1, BARE);
  }

  @Test
  void maxPerTakesEachValueSoOften() {
    Constraint two = on("rack", Constraint.Operator.MAX_PER, "2");
    assertThat(fitting(two, A1, A2, B1)).containsExactly(B1, C1);
    assertThat(fitting(two, A1, A2, B1, B1)).containsExactly(C1);
  }

  @Test
  void isTakesTheValueAlone() {
    assertThat(fitting(on("rack", Constraint.Operator.IS, "r2"))).containsExactly(B1);
    assertThat(fitting(on("@region", Constraint.Operator.IS, "region"))).isEqualTo(ALL);
    assertThat(fitting(on("hostname", Constraint.Operator.IS, "a2"))).containsExactly(A2);
  }

  @Test
  void whatIsPlacedInOneDecisionCountsForTheNext() {
    ConstraintRules rules =
        ConstraintRules.of(
            List.of(
                on("rack", Constraint.Operator.UNIQUE),
                on("rack", Constraint.Operator.LIKE, "r.")));
    rules.placed(A1, 1);
    assertThat(rules.unmet(A2))
        .singleElement()
        .satisfies(
            reason -> {
              assertThat(reason.kind()).isEqualTo(Reason.Kind.UNFULFILLED_CONSTRAINT);
              assertThat(reason.message())
                  .isEqualTo("rack is r1, where an instance already has its place (UNIQUE)");
              assertThat(reason.wanted()).isEqualTo("rack UNIQUE");
              assertThat(reason.found()).isEqualTo("r1");
            });
    assertThat(rules.unmet(BARE)).hasSize(2);
  }
}
