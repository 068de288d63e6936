package io.homeport.simulation;

import io.homeport.simulation.world.Tally;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Shows how far a batch is: on a terminal in one line that changes, else line by line. */
final class Progress {
  private static final int WIDTH = 30;

  private final PrintStream out;
  private final boolean terminal;
  private final long seeds;
  private final long begunAt = System.nanoTime();

  Progress(PrintStream out, boolean terminal, long seeds) {
    this.out = out;
    this.terminal = terminal;
    this.seeds = seeds;
  }

  /** How long it has been going on. */
  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - begunAt);
  }

  void show(SeedBatch.Report report) {
    int filled = (int) (WIDTH * report.seeds() / Math.max(1, seeds));
    String text =
        String.format(
            Locale.ROOT,
            "[%s%s] %d of %d seeds, %.1f M events, %d faults, %d failed, %s left",
            "#".repeat(filled),
            ".".repeat(WIDTH - filled),
            report.seeds(),
            seeds,
            report.events() / 1e6,
            Tally.total(report.tally().faults()),
            report.failures().size(),
            left(report.seeds()));
    if (terminal) {
      out.print("\r\033[K" + text);
      out.flush();
    } else {
      out.println(text);
    }
  }

  private String left(long done) {
    long millis = done == 0 ? 0 : elapsed().toMillis() * (seeds - done) / done;
    return done == 0 ? "?" : millis / 60_000 + " min " + millis / 1000 % 60 + " s";
  }

  /** Leaves the line to what follows. */
  void end() {
    if (terminal) {
      out.print("\r\033[K");
      out.flush();
    }
  }
}
