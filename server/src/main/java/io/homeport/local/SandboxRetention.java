package io.homeport.local;

import io.homeport.model.InstanceId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which sandboxes of ended tasks are kept: the last few of each instance, for some time. Volumes
 * are never part of this.
 */
final class SandboxRetention {
  private SandboxRetention() {}

  /** Removes what is not kept any more. */
  static void apply(AgentDirectories directories, AgentLedger ledger, LocalEngineOptions options) {
    try {
      for (TaskRecord task : superfluous(ledger.tasks(), options, Instant.now())) {
        VolumeDirectory.discard(directories, directories.task(task.taskId()));
      }
    } catch (IOException e) {
      Log.LOGGER.warn("old sandboxes of {} cannot be removed", directories.root(), e);
    }
  }

  /** Tasks whose sandboxes are not kept any more; never one that lives or is not acknowledged. */
  static List<TaskRecord> superfluous(
      List<TaskRecord> tasks, LocalEngineOptions options, Instant now) {
    Map<InstanceId, List<TaskRecord>> ended = new TreeMap<>();
    for (TaskRecord task : tasks) {
      if (task.outcome().isPresent() && task.acknowledged()) {
        ended.computeIfAbsent(task.taskId().instanceId(), _ -> new ArrayList<>()).add(task);
      }
    }
    Instant oldest = now.minus(options.keptSandboxAge());
    List<TaskRecord> superfluous = new ArrayList<>();
    for (List<TaskRecord> runs : ended.values()) {
      runs.sort(Comparator.comparing(TaskRecord::launchedAt).reversed());
      for (int index = 0; index < runs.size(); index++) {
        boolean old = runs.get(index).outcome().orElseThrow().at().isBefore(oldest);
        if (old || index >= options.keptSandboxes()) {
          superfluous.add(runs.get(index));
        }
      }
    }
    return superfluous;
  }
}
