package io.homeport.api;

import io.homeport.model.AppDefinition;
import io.homeport.model.Condition;
import io.homeport.model.Instance;
import io.homeport.model.Task;
import io.homeport.state.ClusterState;
import io.homeport.state.TransientState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/**
 * Marathon's {@code tasksStats}: counts and life times of an app's tasks, by the version they run.
 */
final class TaskStats {
  private TaskStats() {}

  static ObjectNode of(ClusterState state, AppDefinition app) {
    List<Task> tasks = new ArrayList<>();
    for (Instance instance : state.durable().instancesOf(app.id()).all().values()) {
      instance.task().filter(Task::isLive).ifPresent(tasks::add);
    }
    ObjectNode stats = Json.object();
    add(
        stats,
        "startedAfterLastScaling",
        state,
        tasks,
        task -> !task.version().isBefore(app.lastScalingAt()));
    add(
        stats,
        "withLatestConfig",
        state,
        tasks,
        task -> !task.version().isBefore(app.lastConfigChangeAt()));
    add(
        stats,
        "withOutdatedConfig",
        state,
        tasks,
        task -> task.version().isBefore(app.lastConfigChangeAt()));
    add(stats, "totalSummary", state, tasks, task -> true);
    return stats;
  }

  private static void add(
      ObjectNode stats, String name, ClusterState state, List<Task> all, Predicate<Task> which) {
    List<Task> tasks = all.stream().filter(which).toList();
    if (tasks.isEmpty()) {
      return;
    }
    ObjectNode json = stats.putObject(name).putObject("stats");
    ObjectNode counts = json.putObject("counts");
    counts.put("staged", tasks.stream().filter(t -> t.startedAt().isEmpty()).count());
    counts.put("running", tasks.stream().filter(t -> t.condition() == Condition.RUNNING).count());
    counts.put("healthy", tasks.stream().filter(t -> isHealthy(state, t, true)).count());
    counts.put("unhealthy", tasks.stream().filter(t -> isHealthy(state, t, false)).count());
    List<Double> ages =
        tasks.stream()
            .flatMap(task -> task.startedAt().stream())
            .map(at -> Duration.between(at, Instant.now()).toMillis() / 1000.0)
            .sorted()
            .toList();
    if (!ages.isEmpty()) {
      ObjectNode life = json.putObject("lifeTime");
      life.put(
          "averageSeconds", ages.stream().mapToDouble(Double::doubleValue).average().orElse(0));
      life.put("medianSeconds", ages.get(ages.size() / 2));
    }
  }

  private static boolean isHealthy(ClusterState state, Task task, boolean healthy) {
    TransientState.Health health = state.present().health().get(task.id());
    return health != null && health.healthy() == healthy;
  }
}
