package io.homeport.simulation;

import io.homeport.runtime.Decider;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs many seeds, or replays one. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = "Runs the scheduler in simulated worlds, and checks every promise.")
public final class Simulate implements Callable<Integer> {
  private static final int MOST_FAILURES_SHOWN = 20;

  @Option(names = "--seeds", description = "How many seeds (default: ${DEFAULT-VALUE}).")
  private long seeds = 1000;

  @Option(names = "--from", description = "The first seed (default: ${DEFAULT-VALUE}).")
  private long from = 1;

  @Option(names = "--seed", description = "Only this seed.")
  private Optional<Long> seed = Optional.empty();

  @Option(names = "--trace", description = "With --seed: print what happens.")
  private boolean trace;

  @Option(names = "--threads", description = "How many seeds at a time (default: all cores).")
  private int threads = Runtime.getRuntime().availableProcessors();

  private final Tally total = new Tally();
  private final SortedMap<Long, String> failures = new TreeMap<>();
  private final AtomicLong done = new AtomicLong();
  private long events;
  private Duration simulated = Duration.ZERO;

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
    if (seed.isPresent()) {
      return replay(seed.get());
    }
    long begun = System.nanoTime();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (long next = from; next < from + seeds; next++) {
        long current = next;
        pool.execute(() -> run(current));
      }
      pool.shutdown();
      while (!pool.awaitTermination(5, TimeUnit.SECONDS)) {
        System.err.printf(Locale.ROOT, "%d of %d seeds, %s%n", done.get(), seeds, failed());
      }
    }
    summarize(Duration.ofNanos(System.nanoTime() - begun));
    return failures.isEmpty() ? 0 : 1;
  }

  private synchronized String failed() {
    return failures.size() + " failed";
  }

  private int replay(long only) {
    Optional<java.util.function.Consumer<String>> reader =
        trace ? Optional.of(System.out::println) : Optional.empty();
    Simulation.Result result = new Simulation(only, Decider.CORE, reader).run();
    System.out.printf(
        Locale.ROOT,
        "seed %d: %d events, %s simulated, trace %016x%n",
        only,
        result.events(),
        result.simulated(),
        result.hash());
    result.violation().ifPresent(violation -> System.out.println(SchedulerNode.stack(violation)));
    return result.violation().isEmpty() ? 0 : 1;
  }

  private void run(long current) {
    Simulation.Result result = Simulation.of(current).run();
    boolean repeats = current % 20 == 0;
    Optional<String> different =
        repeats && Simulation.of(current).run().hash() != result.hash()
            ? Optional.of("deterministic: two runs of the seed had different traces")
            : Optional.empty();
    synchronized (this) {
      total.add(result.tally());
      events += result.events();
      simulated = simulated.plus(result.simulated());
      result
          .violation()
          .map(String::valueOf)
          .or(() -> different)
          .ifPresent(message -> failures.put(current, message));
    }
    done.incrementAndGet();
  }

  private synchronized void summarize(Duration took) {
    print("events", total.events());
    print("faults", total.faults());
    print("rare situations reached", total.reached());
    System.out.printf(
        Locale.ROOT,
        "%d seeds, %d events, %d faults, %.1f days simulated in %d s, %d violations%n",
        done.get(),
        events,
        Tally.total(total.faults()),
        simulated.toMinutes() / 1440.0,
        took.toSeconds(),
        failures.size());
    failures.entrySet().stream()
        .limit(MOST_FAILURES_SHOWN)
        .forEach(
            failure ->
                System.out.printf(
                    Locale.ROOT,
                    "seed %d: %s%n  replay: ./simulate --seed %d --trace%n",
                    failure.getKey(),
                    shortened(failure.getValue()),
                    failure.getKey()));
  }

  private static String shortened(String message) {
    String line = message.replace('\n', ' ');
    return line.length() > 400 ? line.substring(0, 400) + "..." : line;
  }

  private static void print(String title, SortedMap<String, Long> counts) {
    System.out.println(title + ":");
    counts.forEach((kind, count) -> System.out.printf(Locale.ROOT, "  %9d  %s%n", count, kind));
  }
}
