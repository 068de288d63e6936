package io.homeport.api;

import io.homeport.model.Instance;
import io.homeport.model.Task;
import io.homeport.model.TaskId;
import io.homeport.runtime.TaskFiles;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The runs of an instance whose sandboxes are still there. */
final class Runs {
  /** Sandboxes of so many earlier runs are looked for. */
  private static final int MOST = 20;

  private Runs() {}

  static void add(Backend backend, Instance instance, Task last, ArrayNode runs) {
    runs.addObject()
        .put("taskId", last.id().value())
        .put("instanceId", instance.id().value())
        .put("ordinal", instance.ordinal())
        .put("agentId", last.agent().value())
        .put("host", last.hostname())
        .put("state", last.condition().taskState())
        .put("stagedAt", Json.time(last.stagedAt()))
        .put("endedAt", last.isLive() ? null : Json.time(last.changedAt()))
        .put("sandbox", hasSandbox(backend, last, last.id()));
    int first = Math.max(1, last.id().incarnation() - MOST);
    for (int run = last.id().incarnation() - 1; run >= first; run--) {
      TaskId id = TaskId.of(instance.id(), run);
      if (hasSandbox(backend, last, id)) {
        ObjectNode json =
            runs.addObject()
                .put("taskId", id.value())
                .put("instanceId", instance.id().value())
                .put("ordinal", instance.ordinal())
                .put("agentId", last.agent().value())
                .put("host", last.hostname())
                .put("sandbox", true);
        backend
            .cluster()
            .files()
            .use(new TaskFiles.Place.Sandbox(last.agent(), id))
            .ifPresent(use -> addUse(json, use));
      }
    }
  }

  private static void addUse(ObjectNode json, TaskFiles.Use use) {
    json.put("state", use.state().name())
        .put("stagedAt", Json.time(use.from()))
        .put("endedAt", use.to().map(Json::time).orElse(null));
  }

  private static boolean hasSandbox(Backend backend, Task last, TaskId id) {
    return backend
        .cluster()
        .files()
        .location(new TaskFiles.Place.Sandbox(last.agent(), id))
        .isPresent();
  }
}
