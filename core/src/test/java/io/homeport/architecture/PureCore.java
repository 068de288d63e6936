package io.homeport.architecture;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Optional;

/**
 * What the core must not call, because its decisions would not be a function of their arguments.
 */
final class PureCore {
  private PureCore() {}

  /**
   * Methods that are banned.
   *
   * @param type the full name of the class; with a dot at the end, all classes of that package and
   *     those below
   * @param methods the methods' names; none means all of them
   * @param parameters how many parameters make it banned; -1 for any number
   * @param why what is wrong with it
   */
  private record Ban(String type, List<String> methods, int parameters, String why) {
    boolean matches(CodeUnitAccessTarget target) {
      String owner = target.getOwner().getName();
      boolean typeMatches = type.endsWith(".") ? owner.startsWith(type) : owner.equals(type);
      return typeMatches
          && (methods.isEmpty() || methods.contains(target.getName()))
          && (parameters < 0 || target.getRawParameterTypes().size() == parameters);
    }
  }

  private static final String CLOCK = "it reads the clock; the time is an argument";
  private static final String CHANCE = "it is random; tokens are arguments";
  private static final String THREADS = "it is about threads; the core has none";
  private static final String OUTSIDE = "it reaches outside; the core has no I/O";
  private static final String ORDER =
      "its order differs from run to run; use sorted or linked collections";

  private static final List<Ban> BANS =
      List.of(
          any("java.time.Instant", CLOCK, "now"),
          any("java.time.LocalDate", CLOCK, "now"),
          any("java.time.LocalDateTime", CLOCK, "now"),
          any("java.time.ZonedDateTime", CLOCK, "now"),
          any("java.time.OffsetDateTime", CLOCK, "now"),
          any("java.time.Clock", CLOCK),
          any("java.time.InstantSource", CLOCK),
          any("java.lang.System", CLOCK + ", and so is the environment"),
          any("java.util.Date", CLOCK),
          any("java.util.UUID", CHANCE, "randomUUID"),
          any("java.util.Random", CHANCE),
          any("java.util.SplittableRandom", CHANCE),
          any("java.util.random.", CHANCE),
          any("java.security.", CHANCE),
          any("java.lang.Math", CHANCE, "random"),
          any("java.util.Collections", CHANCE, "shuffle"),
          any("java.lang.Thread", THREADS),
          any("java.lang.ThreadLocal", THREADS),
          any("java.util.concurrent.", THREADS),
          any("java.util.Timer", THREADS),
          any("java.util.Collection", THREADS, "parallelStream"),
          any("java.util.List", THREADS, "parallelStream"),
          any("java.util.Set", THREADS, "parallelStream"),
          any("java.util.stream.BaseStream", THREADS, "parallel"),
          any("java.util.stream.Stream", THREADS, "parallel"),
          any("java.util.stream.IntStream", THREADS, "parallel"),
          any("java.util.stream.LongStream", THREADS, "parallel"),
          any("java.util.stream.DoubleStream", THREADS, "parallel"),
          any("java.io.", OUTSIDE),
          any("java.nio.", OUTSIDE),
          any("java.net.", OUTSIDE),
          any("java.lang.ProcessBuilder", OUTSIDE),
          any("java.lang.Runtime", OUTSIDE),
          any("java.util.Set", ORDER, "of", "copyOf"),
          any("java.util.Map", ORDER, "of", "ofEntries", "copyOf"),
          any("java.util.HashMap", ORDER),
          any("java.util.IdentityHashMap", ORDER),
          any("java.util.WeakHashMap", ORDER),
          any("java.util.stream.Collectors", ORDER, "toSet", "toUnmodifiableSet"),
          any("java.util.stream.Collectors", ORDER, "toUnmodifiableMap", "partitioningBy"),
          new Ban("java.util.stream.Collectors", List.of("toMap"), 2, ORDER),
          new Ban("java.util.stream.Collectors", List.of("toMap"), 3, ORDER),
          new Ban("java.util.stream.Collectors", List.of("groupingBy"), 1, ORDER),
          new Ban("java.util.stream.Collectors", List.of("groupingBy"), 2, ORDER),
          any("java.lang.Object", ORDER, "hashCode"),
          any("java.lang.System", ORDER, "identityHashCode"));

  private static Ban any(String type, String why, String... methods) {
    return new Ban(type, List.of(methods), -1, why);
  }

  /** Calls and method references alike; what a lambda calls counts for the method it is in. */
  static final ArchCondition<JavaClass> CALL_ONLY_WHAT_IS_PURE =
      new ArchCondition<>("call only what depends on nothing but its arguments") {
        @Override
        public void check(JavaClass item, ConditionEvents events) {
          for (JavaCodeUnitAccess<?> access : item.getCodeUnitAccessesFromSelf()) {
            ban(access.getTarget())
                .ifPresent(
                    ban ->
                        events.add(
                            SimpleConditionEvent.violated(
                                item, access.getDescription() + ": " + ban.why())));
          }
        }
      };

  private static Optional<Ban> ban(CodeUnitAccessTarget target) {
    return BANS.stream().filter(ban -> ban.matches(target)).findFirst();
  }
}
