package io.homeport.placement;

import io.homeport.model.Agent;
import io.homeport.model.Constraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
   * @param placed the agent of each of its instances that has one
   */
  public static ConstraintRules of(List<Constraint> constraints, List<Agent> placed) {
    List<Rule> rules = new ArrayList<>();
    for (Constraint constraint : constraints) {
      Rule rule = new Rule(constraint);
      placed.forEach(rule::count);
      rules.add(rule);
    }
    return new ConstraintRules(rules);
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
   * Counts an instance that was placed.
   *
   * @param agent where
   */
  public void placed(Agent agent) {
    rules.forEach(rule -> rule.count(agent));
  }

  /** One constraint and how many instances there are by value of its field. */
  private static final class Rule {
    private final Constraint constraint;
    private final Optional<UserPattern> pattern;
    private final SortedMap<String, Integer> counts = new TreeMap<>();

    Rule(Constraint constraint) {
      this.constraint = constraint;
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

    void count(Agent agent) {
      agent.field(constraint.field()).ifPresent(value -> counts.merge(value, 1, Integer::sum));
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
        case MAX_PER -> countOf(value) < number(1);
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
      int least = counts.values().stream().mapToInt(Integer::intValue).min().orElse(0);
      return counts.size() >= number(1) && countOf(value) == least;
    }

    private int number(int otherwise) {
      try {
        return constraint.value().map(Integer::parseInt).orElse(otherwise);
      } catch (NumberFormatException notANumber) {
        return otherwise;
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
                + constraint.value().filter(wanted -> !wanted.isEmpty()).orElseGet(counts::firstKey)
                + " (CLUSTER)";
        case GROUP_BY ->
            is
                + ", which already has "
                + countOf(value)
                + " instances; others have fewer, or at"
                + " least "
                + number(1)
                + " groups are wanted (GROUP_BY)";
        case LIKE -> is + ", which does not match " + constraint.value().orElse("") + " (LIKE)";
        case UNLIKE -> is + ", which matches " + constraint.value().orElse("") + " (UNLIKE)";
        case MAX_PER ->
            is
                + ", which already has "
                + countOf(value)
                + " of at most "
                + number(1)
                + " instances (MAX_PER)";
        case IS -> is + ", not " + constraint.value().orElse("") + " (IS)";
      };
    }
  }
}
