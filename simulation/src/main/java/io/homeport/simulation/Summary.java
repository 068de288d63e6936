package io.homeport.simulation;

import io.homeport.simulation.world.Situation;
import io.homeport.simulation.world.Tally;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.SortedMap;

/** What a batch came to, for people. */
final class Summary {
  private static final int MOST_FAILURES_SHOWN = 20;
  private static final int LONGEST_MESSAGE = 400;
  private static final double MINUTES_A_DAY = 1440;

  private final PrintStream out;

  Summary(PrintStream out) {
    this.out = out;
  }

  void print(SeedBatch.Report report, Duration took) {
    print("events", report.tally().events());
    print("faults", report.tally().faults());
    out.println("rare situations reached:");
    report.tally().reached().forEach(this::line);
    out.printf(
        Locale.ROOT,
        "%d seeds, %d events, %d faults, %.1f days simulated in %d s, %d violations%n",
        report.seeds(),
        report.events(),
        Tally.total(report.tally().faults()),
        report.simulated().toMinutes() / MINUTES_A_DAY,
        took.toSeconds(),
        report.failures().size());
    report.missing().stream()
        .map(situation -> "never reached, though it should be within " + described(situation))
        .forEach(out::println);
    report.failures().entrySet().stream()
        .limit(MOST_FAILURES_SHOWN)
        .forEach(failure -> print(failure.getKey(), failure.getValue()));
  }

  private static String described(Situation situation) {
    return situation.within() + " seeds: " + situation.sentence();
  }

  private void print(long seed, String message) {
    String line = message.replace('\n', ' ');
    out.println(
        "seed "
            + seed
            + ": "
            + (line.length() > LONGEST_MESSAGE
                ? line.substring(0, LONGEST_MESSAGE) + "..."
                : line));
    out.println("  replay:  ./simulate --seed " + seed + " --trace");
    out.println("  shorten: ./simulate minimise --seed " + seed);
  }

  private void print(String title, SortedMap<String, Long> counts) {
    out.println(title + ":");
    counts.forEach((kind, count) -> out.printf(Locale.ROOT, "  %9d  %s%n", count, kind));
  }

  private void line(Situation situation, long count) {
    out.printf(Locale.ROOT, "  %9d  %s%n", count, situation.sentence());
  }
}
