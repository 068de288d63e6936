package io.homeport.api.definition;

import io.homeport.model.BackoffStrategy;
import io.homeport.model.KillSelection;
import io.homeport.model.Residency;
import io.homeport.model.Residency.TaskLostBehavior;
import io.homeport.model.UnreachableStrategy;
import io.homeport.model.UpgradeStrategy;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;

/**
 * Reads how an app is upgraded, backed off, and treated when agents are lost: given, or derived
 * from whether it has persistent volumes.
 */
final class StrategyReader {
  private static final SequencedMap<String, KillSelection> KILL_SELECTIONS =
      Choices.of(KillSelection.values(), KillSelection::name);
  private static final SequencedMap<String, TaskLostBehavior> TASK_LOST_BEHAVIORS =
      Choices.of(TaskLostBehavior.values(), TaskLostBehavior::name);
  private static final String DISABLED = "disabled";

  private final Fields app;
  private final boolean stateful;

  /**
   * A reader for one app.
   *
   * @param app the fields of the app
   * @param stateful whether the app has persistent volumes
   */
  StrategyReader(Fields app, boolean stateful) {
    this.app = app;
    this.stateful = stateful;
  }

  /**
   * The upgrade strategy. Members left out are derived, as Marathon derives the whole.
   *
   * @param singleInstance whether the app may only ever have one instance
   */
  UpgradeStrategy upgrade(boolean singleInstance) {
    UpgradeStrategy derived =
        singleInstance
            ? new UpgradeStrategy(0, 0)
            : stateful ? UpgradeStrategy.STATEFUL : UpgradeStrategy.STATELESS;
    Optional<Fields> given = app.object("upgradeStrategy");
    if (given.isEmpty()) {
      return derived;
    }
    Fields fields = given.get();
    double healthy = share(fields, "minimumHealthCapacity").orElse(derived.minimumHealthCapacity());
    double over = share(fields, "maximumOverCapacity").orElse(derived.maximumOverCapacity());
    fields.finish();
    if (singleInstance && healthy != 0) {
      fields.problem("minimumHealthCapacity", "got " + healthy + ", expected 0.0");
    }
    if ((stateful || singleInstance) && over != 0) {
      fields.problem("maximumOverCapacity", "got " + over + ", expected 0.0");
    }
    return new UpgradeStrategy(healthy, over);
  }

  private static Optional<Double> share(Fields fields, String name) {
    return fields.number(name, BigDecimal.ZERO, BigDecimal.ONE).map(BigDecimal::doubleValue);
  }

  /** The back-off of failing tasks. */
  BackoffStrategy backoff() {
    BackoffStrategy otherwise = BackoffStrategy.DEFAULT;
    return new BackoffStrategy(
        seconds(app, "backoffSeconds").orElse(otherwise.initial()),
        app.number("backoffFactor", BigDecimal.ONE, Limits.MOST_FACTOR)
            .map(BigDecimal::doubleValue)
            .orElse(otherwise.factor()),
        seconds(app, "maxLaunchDelaySeconds").orElse(otherwise.maximum()));
  }

  /** The time between the polite signal and the forced one. */
  Optional<Duration> killGracePeriod() {
    return seconds(app, "taskKillGracePeriodSeconds");
  }

  /** Which instances go first. */
  KillSelection killSelection() {
    return app.choice("killSelection", KILL_SELECTIONS).orElse(KillSelection.YOUNGEST_FIRST);
  }

  /** What happens to stateless instances out of reach; stateful ones are always waited for. */
  UnreachableStrategy unreachable() {
    Optional<JsonNode> given = app.value("unreachableStrategy");
    if (given.isEmpty()) {
      return stateful
          ? new UnreachableStrategy.Disabled()
          : new UnreachableStrategy.Enabled(Duration.ZERO, Duration.ZERO);
    }
    if (given.get().isString() && given.get().stringValue().equals(DISABLED)) {
      return new UnreachableStrategy.Disabled();
    }
    if (!given.get().isObject()) {
      app.problem(
          "unreachableStrategy",
          "expected \"disabled\" or an object with inactiveAfterSeconds and expungeAfterSeconds,"
              + " found "
              + Found.describe(given.get()));
      return new UnreachableStrategy.Disabled();
    }
    return app.object("unreachableStrategy").map(this::enabled).orElseThrow();
  }

  private UnreachableStrategy enabled(Fields fields) {
    Duration inactive = seconds(fields, "inactiveAfterSeconds").orElse(Duration.ZERO);
    Duration expunge = seconds(fields, "expungeAfterSeconds").orElse(Duration.ZERO);
    fields.finish();
    if (stateful) {
      app.problem("unreachableStrategy", "unreachableStrategy must be disabled for resident tasks");
    } else if (inactive.compareTo(expunge) > 0) {
      fields.problem(
          "inactiveAfterSeconds",
          "inactiveAfterSeconds ("
              + inactive.toSeconds()
              + ") must be less or equal to expungeAfterSeconds, which is "
              + expunge.toSeconds());
    }
    return new UnreachableStrategy.Enabled(inactive, expunge);
  }

  /**
   * What happens to stateful instances whose agent is lost; absent for stateless ones.
   *
   * @param warnings takes a note when it is given in vain
   */
  Optional<Residency> residency(List<String> warnings) {
    Optional<Fields> given = app.object("residency");
    Residency residency = given.map(StrategyReader::given).orElse(Residency.DEFAULT);
    if (stateful) {
      return Optional.of(residency);
    }
    if (given.isPresent()) {
      warnings.add("residency is left out: it has no effect without persistent volumes.");
    }
    return Optional.empty();
  }

  private static Residency given(Fields fields) {
    Residency residency =
        new Residency(
            seconds(fields, "relaunchEscalationTimeoutSeconds")
                .orElse(Residency.DEFAULT.relaunchEscalationTimeout()),
            fields
                .choice("taskLostBehavior", TASK_LOST_BEHAVIORS)
                .orElse(Residency.DEFAULT.taskLostBehavior()));
    fields.finish();
    return residency;
  }

  private static Optional<Duration> seconds(Fields fields, String name) {
    return fields.integer(name, 0, Limits.MOST_SECONDS).map(Duration::ofSeconds);
  }
}
