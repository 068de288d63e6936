package io.homeport.benchmark.server;

import io.homeport.model.AgentId;
import io.homeport.model.Instance;
import io.homeport.model.Task;
import io.homeport.model.TaskId;
import io.homeport.runtime.SchedulerLoop;
import io.homeport.state.AppInstances;
import io.homeport.state.Reconciliation;
import io.homeport.store.SqliteStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/**
 * A server that starts on a store, in a JVM of its own: it says when it serves and what it has used
 * of the processors by then, when all its tasks have answered, and what memory it holds then.
 */
public final class RestartedServer {
  private RestartedServer() {}

  /**
   * Runs it once.
   *
   * @param arguments the data directory, the number of agents, an app that is there
   * @throws Exception when it does not come up
   */
  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    int agents = Integer.parseInt(arguments[1]);
    long started = ManagementFactory.getRuntimeMXBean().getStartTime();
    CompletableFuture<SchedulerLoop> loop = new CompletableFuture<>();
    SimulatedMesos cluster =
        new SimulatedMesos(
            SimulatedMesos.Settings.of(agents, agents, true, (call, bytes) -> {}),
            told -> tellAll(loop.join(), told));
    SqliteStore store = SqliteStore.open(directory.resolve("homeport.db"));
    try (Installation installation = Installation.begin(store, cluster);
        Api api = Api.of(installation, cluster)) {
      loop.complete(installation.leadership().loop());
      awaitAnswer(api.server().port(), arguments[2]);
      say("serving", (System.currentTimeMillis() - started) / 1e3);
      say("processor", processorSeconds());
      Installation.await(() -> isReconciled(installation));
      say("reconciled", (System.currentTimeMillis() - started) / 1e3);
      System.gc();
      say(
          "heap",
          ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / (1024.0 * 1024));
    }
    System.exit(0);
  }

  private static void awaitAnswer(int port, String app) throws IOException {
    try (PlainClient client = new PlainClient(port)) {
      client.get("/v2/apps" + app);
      if (!client.body().contains('"' + app + '"')) {
        throw new IllegalStateException("answered " + client.body());
      }
    }
  }

  /** What all threads have used so far, those of the JVM too. */
  private static double processorSeconds() {
    return ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .map(used -> used.toMillis() / 1e3)
        .orElse(Double.NaN);
  }

  private static void say(String what, double value) {
    System.out.println(what + " " + value);
  }

  private static void tellAll(SchedulerLoop loop, BiConsumer<TaskId, AgentId> told) {
    for (AppInstances instances : loop.snapshot().state().durable().instances().values()) {
      for (Instance instance : instances.all().values()) {
        instance
            .task()
            .filter(Task::isLive)
            .ifPresent(task -> told.accept(task.id(), task.agent()));
      }
    }
  }

  /** All have answered, and are asked again some time: before the first time, that is at once. */
  private static boolean isReconciled(Installation installation) {
    Reconciliation doubts = installation.state().present().reconciliation();
    return doubts.isComplete() && doubts.nextAt().filter(Instant.now()::isBefore).isPresent();
  }
}
