package io.homeport.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.model.Agent;
import io.homeport.model.AgentId;
import io.homeport.model.Constraint;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Expressions of users match as usual, and cannot stop the scheduler. */
@Timeout(20)
class UserPatternTest {
  private static final String ENDLESS = "(a|aa)+b\\1";
  private static final String HOST = "a".repeat(60);

  @Test
  void wholeTextsMatchOrDiffer() {
    UserPattern pattern = new UserPattern("agent-[0-9]+");
    assertThat(pattern.match("agent-17")).isEqualTo(UserPattern.Outcome.MATCHES);
    assertThat(pattern.match("agent-17x")).isEqualTo(UserPattern.Outcome.DIFFERS);
    assertThat(pattern.match("")).isEqualTo(UserPattern.Outcome.DIFFERS);
  }

  @Test
  void endlessExpressionsAreGivenUp() {
    assertThat(new UserPattern(ENDLESS).match(HOST)).isEqualTo(UserPattern.Outcome.TOO_COSTLY);
    assertThat(new UserPattern("(a|b)*").match("a".repeat(1_000_000)))
        .isEqualTo(UserPattern.Outcome.TOO_COSTLY);
  }

  @Test
  void theyFitNeitherLikeNorUnlikeAndSaySo() {
    Agent agent =
        new Agent(
            new AgentId("a1"),
            HOST,
            Optional.empty(),
            Optional.empty(),
            new TreeMap<>(),
            List.of());
    for (Constraint.Operator operator :
        List.of(Constraint.Operator.LIKE, Constraint.Operator.UNLIKE)) {
      Constraint constraint = new Constraint("hostname", operator, Optional.of(ENDLESS));
      assertThat(ConstraintRules.of(List.of(constraint)).unmet(agent))
          .singleElement()
          .satisfies(reason -> assertThat(reason.message()).contains("takes too long"));
    }
  }
}
