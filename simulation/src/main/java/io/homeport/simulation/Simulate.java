package io.homeport.simulation;

import io.homeport.simulation.server.SchedulerNode;
import io.homeport.simulation.server.SchedulerParts;
import io.homeport.simulation.world.Cuts;
import io.homeport.simulation.world.Fault;
import java.io.Console;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs many seeds, or replays one, or makes one that fails shorter. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = "Runs the scheduler in simulated worlds, and checks every promise.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:all held, and every rare situation that should come about did",
      "1:something was broken, or not reached"
    })
public final class Simulate implements Callable<Integer> {
  private static final Duration ON_TERMINAL = Duration.ofMillis(500);
  private static final Duration ELSEWHERE = Duration.ofSeconds(5);
  private static final int MOST_RUNS = 1000;

  @Option(names = "--seeds", description = "How many seeds (default: ${DEFAULT-VALUE}).")
  private long seeds = 1000;

  @Option(names = "--from", description = "The first seed (default: ${DEFAULT-VALUE}).")
  private long from = 1;

  @Option(names = "--threads", description = "How many seeds at a time (default: all cores).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--seed", description = "Only this seed.")
  private Optional<Long> seed = Optional.empty();

  @Option(names = "--trace", description = "With --seed: print what happens.")
  private boolean trace;

  @Option(
      names = "--without",
      split = ",",
      description = "With --seed: kinds of faults to leave out (${COMPLETION-CANDIDATES}).")
  private List<Fault> without = List.of();

  @Option(
      names = "--skip",
      split = ",",
      description = "With --seed: single deeds to leave out, such as USER-3 or MACHINES-1.")
  private List<String> skip = List.of();

  @Option(names = "--trouble", description = "With --seed: time for users and faults, as PT10M.")
  private Optional<Duration> trouble = Optional.empty();

  /**
   * The program.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Simulate()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    return seed.isPresent() ? replay(seed.get()) : many();
  }

  private int many() throws InterruptedException {
    boolean terminal = isTerminal();
    Progress progress = new Progress(System.err, terminal, seeds);
    SeedBatch.Report report =
        new SeedBatch(from, seeds).run(threads, terminal ? ON_TERMINAL : ELSEWHERE, progress::show);
    progress.end();
    new Summary(System.out).print(report, progress.elapsed());
    return report.isGood() ? 0 : 1;
  }

  // There is none where input or output is no terminal.
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  private int replay(long only) {
    Optional<Consumer<String>> reader = trace ? Optional.of(System.out::println) : Optional.empty();
    Cuts cuts = new Cuts(new TreeSet<>(without), new TreeSet<>(skip), trouble);
    Simulation.Result result =
        new Simulation(only, cuts, () -> SchedulerParts.PRODUCTION, reader).run();
    System.out.printf(
        Locale.ROOT,
        "seed %d: %d events, %d deeds, %s simulated, trace %016x%n",
        only,
        result.events(),
        result.deeds().size(),
        result.simulated(),
        result.hash());
    result.violation().ifPresent(violation -> System.out.println(SchedulerNode.stack(violation)));
    return result.violation().isEmpty() ? 0 : 1;
  }

  /** Makes a world that fails shorter. */
  @Command(
      name = "minimise",
      mixinStandardHelpOptions = true,
      description = "Leaves out of a world that fails what is not needed for it to fail.")
  int minimise(@Option(names = "--seed", required = true, description = "The seed.") long failing) {
    Optional<Minimiser.Shortened> found =
        new Minimiser(failing, () -> SchedulerParts.PRODUCTION, MOST_RUNS).run();
    if (found.isEmpty()) {
      System.out.println("Seed " + failing + " does not fail.");
      return 0;
    }
    Minimiser.Shortened shortened = found.get();
    System.out.printf(
        Locale.ROOT,
        "%d instead of %d deeds, %d instead of %d events, after %d runs:%n%s%n%s%n",
        shortened.after().deeds().size(),
        shortened.before().deeds().size(),
        shortened.after().events(),
        shortened.before().events(),
        shortened.runs(),
        shortened.after().violation().map(Throwable::getMessage).orElse(""),
        "./simulate --seed "
            + failing
            + " --trace "
            + String.join(" ", shortened.cuts().options()));
    return 1;
  }
}
