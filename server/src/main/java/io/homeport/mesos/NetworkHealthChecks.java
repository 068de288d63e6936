package io.homeport.mesos;

import io.homeport.model.ClusterEvent;
import io.homeport.model.HealthCheck;
import io.homeport.model.Instance;
import io.homeport.model.Task;
import io.homeport.model.TaskId;
import io.homeport.model.TaskState;
import io.homeport.model.TaskUpdate;
import io.homeport.runtime.HealthProbes;
import io.homeport.runtime.NetworkProbe;
import io.homeport.state.App;
import io.homeport.state.ClusterState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Health checks that Homeport runs itself (Marathon's HTTP, HTTPS and TCP). They begin when a task
 * is heard to run, also after a fail-over, and end with it or with the connection.
 */
final class NetworkHealthChecks {
  private final Supplier<ClusterState> committed;
  private final Sink sink;
  private final Map<TaskId, HealthProbes> running = new TreeMap<>();

  /**
   * None yet.
   *
   * @param committed tells what tasks run
   * @param sink gets what is found
   */
  NetworkHealthChecks(Supplier<ClusterState> committed, Sink sink) {
    this.committed = committed;
    this.sink = sink;
  }

  /** Begins or ends checks as the state of their task asks. */
  synchronized void learn(TaskUpdate update) {
    boolean runs = update.state() == TaskState.TASK_RUNNING;
    if (!runs) {
      Optional.ofNullable(running.remove(update.task())).ifPresent(HealthProbes::stop);
    } else if (!running.containsKey(update.task())) {
      task(update.task()).ifPresent(task -> begin(task, update));
    }
  }

  private Optional<Task> task(TaskId id) {
    return committed
        .get()
        .durable()
        .instance(id.instanceId())
        .flatMap(Instance::task)
        .filter(task -> task.id().equals(id));
  }

  private void begin(Task task, TaskUpdate update) {
    App app = committed.get().durable().apps().get(task.id().instanceId().appId());
    List<HealthCheck> ours =
        app == null
            ? List.of()
            : app
                .version(task.version())
                .map(definition -> definition.healthChecks())
                .orElse(List.of())
                .stream()
                .filter(HealthCheckInfos::isOurs)
                .toList();
    if (ours.isEmpty()) {
      return;
    }
    HealthProbes probes =
        new HealthProbes(
            ours,
            new NetworkProbe(task.hostname(), task.ports()),
            (healthy, why) -> tell(update, healthy, why));
    running.put(task.id(), probes);
    probes.start();
  }

  private void tell(TaskUpdate task, boolean healthy, String why) {
    sink.tell(
        new ClusterEvent.TaskUpdated(
            new TaskUpdate(
                task.task(),
                task.agent(),
                TaskState.TASK_RUNNING,
                healthy ? "REASON_TASK_HEALTH_CHECK_STATUS_UPDATED" : TaskUpdate.REASON_UNHEALTHY,
                healthy ? "" : "Health check failed: " + why,
                Optional.empty(),
                Instant.now(),
                Optional.of(healthy),
                List.of())));
  }

  /** Ends all. */
  synchronized void stop() {
    running.values().forEach(HealthProbes::stop);
    running.clear();
  }
}
