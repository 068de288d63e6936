package io.homeport.placement;

import io.homeport.model.Agent;
import io.homeport.model.Constraint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The placement constraints of an app together with where its instances are: Marathon's seven
 * operators with Marathon's meanings. Detached instances count, because they come back to where
 * their volumes are. It lives only within one decision, and learns of each placement.
 */
public final class ConstraintRules {
  private final List<Rule> rules;

  private ConstraintRules(List<Rule> rules) {
    this.rules = rules;
  }

  /**
   * The rules of an app.
   *
   * @param constraints the app's constraints
   */
  public static ConstraintRules of(List<Constraint> constraints) {
    return new ConstraintRules(constraints.stream().map(Rule::new).toList());
  }

  /** Whether any of them depends on where the other instances are. */
  public boolean count() {
    return rules.stream().anyMatch(Rule::counts);
  }

  /**
   * Why a further instance may not be placed on an agent.
   *
   * @param agent the agent
   * @return every constraint that is not met
   */
  public List<Reason> unmet(Agent agent) {
    if (rules.isEmpty()) {
      return List.of();
    }
    List<Reason> unmet = new ArrayList<>();
    for (Rule rule : rules) {
      rule.unmet(agent)
          .ifPresent(
              message ->
                  unmet.add(
                      new Reason(
                          Reason.Kind.UNFULFILLED_CONSTRAINT,
                          message,
                          rule.text(),
                          agent.field(rule.constraint.field()).orElse(""))));
    }
    return unmet;
  }

  /**
   * How crowded the agent is in the sense of the app's GROUP_BY constraints: fewer is better, so
   * that instances spread even where the operand does not force it.
   *
   * @param agent the agent
   */
  public int crowding(Agent agent) {
    int crowding = 0;
    for (Rule rule : rules) {
      if (rule.constraint.operator() == Constraint.Operator.GROUP_BY) {
        crowding += agent.field(rule.constraint.field()).map(rule::countOf).orElse(0);
      }
    }
    return crowding;
  }

  /**
   * Counts instances that have their place.
   *
   * @param agent where
   * @param instances how many, at least 1
   */
  public void placed(Agent agent, int instances) {
    for (Rule rule : rules) {
      rule.count(agent, instances);
    }
  }

  /** One constraint and how many instances there are by value of its field. */
  private static final class Rule {
    private final Constraint constraint;
    private final Optional<UserPattern> pattern;
    private final int number;
    private final SequencedMap<String, Integer> counts = new LinkedHashMap<>();

    /** How many values have how many instances each: its first key is the least of the counts. */
    private final SortedMap<Integer, Integer> levels = new TreeMap<>();

    Rule(Constraint constraint) {
      this.constraint = constraint;
      this.number = number(constraint);
      this.pattern =
          switch (constraint.operator()) {
            case LIKE, UNLIKE -> constraint.value().map(UserPattern::new);
            case UNIQUE, CLUSTER, GROUP_BY, MAX_PER, IS -> Optional.empty();
          };
    }

    String text() {
      return constraint.field()
          + " "
          + constraint.operator()
          + constraint.value().map(value -> " " + value).orElse("");
    }

    boolean counts() {
      return switch (constraint.operator()) {
        case UNIQUE, CLUSTER, GROUP_BY, MAX_PER -> true;
        case LIKE, UNLIKE, IS -> false;
      };
    }

    void count(Agent agent, int instances) {
      agent.field(constraint.field()).ifPresent(value -> count(value, instances));
    }

    private void count(String value, int instances) {
      int before = countOf(value);
      counts.put(value, before + instances);
      if (constraint.operator() != Constraint.Operator.GROUP_BY) {
        return; // nobody asks for the levels
      }
      levels.merge(before + instances, 1, Integer::sum);
      if (before > 0) {
        levels.computeIfPresent(before, (level, values) -> values == 1 ? null : values - 1);
      }
    }

    int countOf(String value) {
      return counts.getOrDefault(value, 0);
    }

    Optional<String> unmet(Agent agent) {
      Optional<String> found = agent.field(constraint.field());
      if (found.isEmpty()) {
        // As in Marathon, only UNLIKE is content with an agent that lacks the attribute.
        return constraint.operator() == Constraint.Operator.UNLIKE
            ? Optional.empty()
            : Optional.of("has no attribute " + constraint.field() + ", wanted by " + text());
      }
      String value = found.get();
      return isMet(value) ? Optional.empty() : Optional.of(message(value));
    }

    private boolean isMet(String value) {
      return switch (constraint.operator()) {
        case UNIQUE -> countOf(value) == 0;
        case CLUSTER ->
            constraint
                .value()
                .filter(wanted -> !wanted.isEmpty())
                .map(value::equals)
                .orElseGet(() -> counts.isEmpty() || counts.containsKey(value));
        case GROUP_BY -> isEven(value);
        case LIKE -> pattern.isEmpty() || is(value, UserPattern.Outcome.MATCHES);
        case UNLIKE -> pattern.isEmpty() || is(value, UserPattern.Outcome.DIFFERS);
        case MAX_PER -> countOf(value) < number;
        case IS -> constraint.value().orElse("").equals(value);
      };
    }

    private boolean is(String value, UserPattern.Outcome outcome) {
      return pattern.map(regex -> regex.match(value) == outcome).orElse(false);
    }

    /**
     * A value not used yet is always even; else enough values must be in use, and this the least.
     */
    private boolean isEven(String value) {
      if (countOf(value) == 0) {
        return true;
      }
      return counts.size() >= number && countOf(value) == levels.firstKey();
    }

    private static int number(Constraint constraint) {
      try {
        return constraint.value().map(Integer::parseInt).orElse(1);
      } catch (NumberFormatException notANumber) {
        return 1;
      }
    }

    private String message(String value) {
      String is = constraint.field() + " is " + value;
      if (is(value, UserPattern.Outcome.TOO_COSTLY)) {
        return is + ", and the expression of " + text() + " takes too long to compare with it";
      }
      return switch (constraint.operator()) {
        case UNIQUE -> is + ", where an instance already has its place (UNIQUE)";
        case CLUSTER ->
            is
                + ", but all instances belong together on "
                + constraint
                    .value()
                    .filter(wanted -> !wanted.isEmpty())
                    .orElseGet(() -> Collections.min(counts.keySet()))
                + " (CLUSTER)";
        case GROUP_BY ->
            is
                + ", which already has "
                + countOf(value)
                + " instances; others have fewer, or at"
                + " least "
                + number
                + " groups are wanted (GROUP_BY)";
        case LIKE -> is + ", which does not match " + constraint.value().orElse("") + " (LIKE)";
        case UNLIKE -> is + ", which matches " + constraint.value().orElse("") + " (UNLIKE)";
        case MAX_PER ->
            is
                + ", which already has "
                + countOf(value)
                + " of at most "
                + number
                + " instances (MAX_PER)";
        case IS -> is + ", not " + constraint.value().orElse("") + " (IS)";
      };
    }
  }
}
