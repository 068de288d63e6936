package io.homeport.benchmark.server;

import io.homeport.api.PlainEncoding;
import io.homeport.benchmark.harness.Benchmark;
import io.homeport.benchmark.harness.Conditions;
import io.homeport.benchmark.harness.Figure;
import io.homeport.benchmark.harness.Goal;
import io.homeport.benchmark.scheduler.Definitions;
import io.homeport.model.AppId;
import io.homeport.model.Call;
import io.homeport.model.Operation;
import io.homeport.scheduler.Command;
import io.homeport.scheduler.Reply;
import io.homeport.state.ClusterState;
import io.homeport.store.SqliteStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** How long clients of the API wait while many launches go on in a large installation. */
public final class ApiUnderLoad implements Benchmark {
  private static final int LAUNCHES_PER_SECOND = 2_000;
  private static final int STEPS_PER_SECOND = 10;
  private static final int PAGE = 100;
  private static final int WARM_UP_SECONDS = 10;
  private static final long PATIENCE_SECONDS = 60;

  @Override
  public String name() {
    return "api-under-load";
  }

  @Override
  public String work() {
    return "100,000 instances in 1,000 apps on 1,000 agents; one app more grows by 2,000 instances a"
        + " second for 30 s, whose agents report at once; meanwhile 25 requests of each kind a"
        + " second over HTTP, of which those of the first 10 s do not count";
  }

  /**
   * The heap of a server that has run for a while has been used before. To use memory for the first
   * time takes half of a collection on a virtual machine whose host has taken it back meanwhile.
   */
  @Override
  public List<String> jvmFlags() {
    return List.of("-Xms1500m", "-XX:+AlwaysPreTouch");
  }

  /** What one run measured. */
  private record Run(
      Latencies app,
      Latencies appAlone,
      Latencies page,
      Latencies pageAlone,
      Latencies write,
      Latencies writeAbove,
      double launches) {
    @Override
    public String toString() {
      return String.format("one app: %s; page: %s; write: %s", app, page, write);
    }
  }

  @Override
  public List<Figure> run(Conditions conditions) throws Exception {
    List<Run> runs = conditions.repeat(() -> measure(conditions));
    return List.of(
        Figure.of("one app of 100 tasks, p99", "ms", runs, run -> run.app().percentile(99))
            .goal(Goal.atMost(20))
            .beside(
                "encoding alone, p99",
                runs.stream().map(run -> run.appAlone().percentile(99)).toList()),
        Figure.of("a page of 100 tasks, p99", "ms", runs, run -> run.page().percentile(99))
            .goal(Goal.atMost(100))
            .beside(
                "encoding alone, p99",
                runs.stream().map(run -> run.pageAlone().percentile(99)).toList()),
        Figure.of(
                "an accepted write above its commit, p99",
                "ms",
                runs,
                run -> run.writeAbove().percentile(99))
            .goal(Goal.atMost(20)),
        Figure.of("the same with its commit, p99", "ms", runs, run -> run.write().percentile(99)),
        Figure.of("launches meanwhile", "/s", runs, Run::launches)
            .goal(Goal.atLeast(0.95 * LAUNCHES_PER_SECOND)));
  }

  private static Run measure(Conditions conditions) throws Exception {
    Population population =
        new Population(
            conditions.scaled(1_000, 3), conditions.scaled(100, 4), conditions.scaled(1_000, 5));
    int warmUp = conditions.scaled(WARM_UP_SECONDS, 1);
    int seconds = warmUp + conditions.scaled(20, 1);
    int step = conditions.scaled(LAUNCHES_PER_SECOND / STEPS_PER_SECOND, 1);
    int most = seconds * STEPS_PER_SECOND * step;
    Path directory = Files.createTempDirectory(conditions.directory(), "api");
    SqliteStore database = SqliteStore.open(directory.resolve("homeport.db"));
    population.write(database);
    AtomicLong launched = new AtomicLong();
    RecordingStore store = RecordingStore.ofTimes(database);
    SimulatedMesos cluster =
        new SimulatedMesos(
            SimulatedMesos.Settings.of(
                population.agents(),
                most,
                true,
                (call, bytes) -> launched.addAndGet(launches(call))));
    Clients clients = new Clients(population, conditions, warmUp, seconds);
    try (Installation installation = Installation.begin(store, cluster);
        Api api = Api.of(installation, cluster)) {
      installation.awaitAgents(population.agents());
      // The tasks that ran before are all answered for; a start is measured by itself.
      Installation.await(() -> installation.state().present().reconciliation().isComplete());
      GrowingApp growing = new GrowingApp(installation, most);
      ScheduledExecutorService load = Executors.newSingleThreadScheduledExecutor();
      long before = launched.get();
      long begun = System.nanoTime();
      var _ =
          load.scheduleAtFixedRate(
              () -> growing.grow(step), 0, 1_000 / STEPS_PER_SECOND, TimeUnit.MILLISECONDS);
      clients.run(api.server().port(), installation::state, store);
      double launches = (launched.get() - before) * 1e9 / (System.nanoTime() - begun);
      load.shutdown();
      load.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
      growing.awaitAnswers();
      Installation.await(() -> installation.state().durable().deployments().isEmpty());
      return clients.measured(launches);
    }
  }

  /** An app that grows step by step, each from the version that the step before has made. */
  private static final class GrowingApp {
    private static final String ID = "/load/db";

    private final Installation installation;
    private final int most;
    private CompletableFuture<Instant> version;
    private int size;

    /** Creates it, empty; it grows to so many instances at most, for which there is room. */
    GrowingApp(Installation installation, int most) throws Exception {
      this.installation = installation;
      this.most = most;
      Reply created = installation.ask(Definitions.put(Definitions.database(ID, 0)));
      this.version = CompletableFuture.completedFuture(version(created));
    }

    /** Asks for so many instances more, without waiting. */
    void grow(int by) {
      if (size >= most) {
        return;
      }
      size += by;
      int wanted = size;
      version = version.thenCompose(basis -> growTo(wanted, basis));
    }

    private CompletableFuture<Instant> growTo(int wanted, Instant basis) {
      // While the step before is still being worked on the app is locked, so this one insists.
      Command insisting =
          new Command.PutApps(
              List.of(new Command.AppPut(Definitions.database(ID, wanted), Optional.of(basis))),
              true,
              new Command.Origin("127.0.0.1", "/v2/apps"));
      return installation.leadership().loop().ask(insisting).thenApply(GrowingApp::version);
    }

    private static Instant version(Reply reply) {
      if (reply instanceof Reply.Deployed deployed) {
        return deployed.version();
      }
      throw new IllegalStateException("refused: " + reply);
    }

    /** Waits for the last answer; no step must have been refused. */
    void awaitAnswers() throws Exception {
      version.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static long launches(Call call) {
    return call instanceof Call.Accept accept
        ? accept.operations().stream().filter(Operation.Launch.class::isInstance).count()
        : 0;
  }

  /** The clients, one thread for each kind of request. */
  private static final class Clients {
    private static final int PER_SECOND = 25;

    private final Population population;
    private final int uncounted;
    private final int times;
    private final Random random;
    private final List<Long> app = new ArrayList<>();
    private final List<Long> appAlone = new ArrayList<>();
    private final List<Long> page = new ArrayList<>();
    private final List<Long> pageAlone = new ArrayList<>();
    private final List<Long> write = new ArrayList<>();
    private final List<Long> writeAbove = new ArrayList<>();

    Clients(Population population, Conditions conditions, int warmUpSeconds, int seconds) {
      this.population = population;
      this.uncounted = warmUpSeconds * PER_SECOND;
      this.times = seconds * PER_SECOND;
      this.random = new Random(conditions.seed());
    }

    void run(int port, Supplier<ClusterState> state, RecordingStore store) throws Exception {
      try (PlainClient one = new PlainClient(port);
          PlainClient many = new PlainClient(port);
          PlainClient changing = new PlainClient(port)) {
        run(
            List.of(
                (number, due) -> {
                  one.get("/v2/apps" + anyApp());
                  count(number, app, System.nanoTime() - due);
                },
                (number, due) -> {
                  many.get("/v2/tasks?limit=" + PAGE);
                  count(number, page, System.nanoTime() - due);
                },
                (number, due) -> {
                  AppId changed = new AppId(Population.app(number % population.apps()));
                  changing.patch("/v2/apps" + changed.path() + "?force=true", harmless(number));
                  long took = System.nanoTime() - due;
                  count(number, write, took);
                  count(number, writeAbove, Math.max(0, took - store.lastCommitNanos(changed)));
                },
                (number, due) -> encode(number, state.get())));
      }
    }

    /** At the same time, each on a thread of its own. */
    private void run(List<Pace.Work> kinds) throws Exception {
      try (var threads = Executors.newFixedThreadPool(kinds.size())) {
        List<Future<?>> running = new ArrayList<>();
        for (Pace.Work kind : kinds) {
          Random moments = new Random(random.nextLong());
          running.add(
              threads.submit(
                  () -> {
                    Pace.keepLoosely(PER_SECOND, times, moments, kind);
                    return null;
                  }));
        }
        for (Future<?> each : running) {
          each.get();
        }
      }
    }

    private void encode(int number, ClusterState state) {
      long begun = System.nanoTime();
      PlainEncoding.app(state, new AppId(anyApp()));
      count(number, appAlone, System.nanoTime() - begun);
      begun = System.nanoTime();
      PlainEncoding.tasks(state, PAGE);
      count(number, pageAlone, System.nanoTime() - begun);
    }

    private void count(int number, List<Long> times, long nanos) {
      if (number >= uncounted) {
        times.add(nanos);
      }
    }

    /** A change that restarts nothing, so that only its acceptance is measured. */
    private static String harmless(int number) {
      return "{\"backoffSeconds\": " + (1 + number % 50) + "}";
    }

    private String anyApp() {
      return Population.app(random.nextInt(population.apps()));
    }

    Run measured(double launches) {
      return new Run(
          Latencies.ofNanos(app),
          Latencies.ofNanos(appAlone),
          Latencies.ofNanos(page),
          Latencies.ofNanos(pageAlone),
          Latencies.ofNanos(write),
          Latencies.ofNanos(writeAbove),
          launches);
    }
  }
}
