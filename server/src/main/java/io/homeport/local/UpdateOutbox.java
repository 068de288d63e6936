package io.homeport.local;

import io.homeport.model.ClusterEvent;
import io.homeport.model.OperationId;
import io.homeport.model.OperationUpdate;
import io.homeport.model.TaskId;
import io.homeport.model.TaskUpdate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Updates that wait to be acknowledged. Each is sent at once and again after a while, until its
 * acknowledgement comes. Nothing leaves an agent that is switched off.
 */
final class UpdateOutbox {
  private static final long AGAIN_NANOS = Duration.ofSeconds(10).toNanos();
  private final Consumer<ClusterEvent> sink;
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();
  private boolean muted;

  /**
   * An empty outbox.
   *
   * @param sink gets the events
   */
  UpdateOutbox(Consumer<ClusterEvent> sink) {
    this.sink = sink;
  }

  private record Waiting(ClusterEvent event, long sentAt) {}

  /** Sends an update, and keeps it if it has a uuid. */
  void send(TaskUpdate update) {
    send(
        new ClusterEvent.TaskUpdated(update),
        update.uuid().map(uuid -> key(update.task(), uuid)).orElse(""));
  }

  /** Sends an update, and keeps it if it has a uuid. */
  void send(OperationUpdate update) {
    send(
        new ClusterEvent.OperationUpdated(update),
        update.uuid().map(uuid -> key(update.operation(), uuid)).orElse(""));
  }

  private void send(ClusterEvent event, String key) {
    if (!key.isEmpty()) {
      waiting.put(key, new Waiting(event, System.nanoTime()));
    }
    if (!muted) {
      sink.accept(event);
    }
  }

  private static String key(TaskId task, String uuid) {
    return "task " + task + " " + uuid;
  }

  private static String key(OperationId operation, String uuid) {
    return "operation " + operation + " " + uuid;
  }

  /** An update need not be sent again. */
  void acknowledged(TaskId task, String uuid) {
    waiting.remove(key(task, uuid));
  }

  /** An update need not be sent again. */
  void acknowledged(OperationId operation, String uuid) {
    waiting.remove(key(operation, uuid));
  }

  /** Earlier updates of a task say nothing any more, once it is known how it ended. */
  void forget(TaskId task) {
    Iterator<String> keys = waiting.keySet().iterator();
    while (keys.hasNext()) {
      if (keys.next().startsWith("task " + task + " ")) {
        keys.remove();
      }
    }
  }

  /** Nothing leaves until {@link #unmute}. */
  void mute() {
    muted = true;
  }

  /** Things leave again, those first that had to wait. */
  void unmute() {
    muted = false;
    resend(0);
  }

  /** Sends again what was sent long ago. */
  void tick() {
    if (!muted) {
      resend(AGAIN_NANOS);
    }
  }

  private void resend(long age) {
    long now = System.nanoTime();
    List<ClusterEvent> due = new ArrayList<>();
    waiting.replaceAll(
        (_, update) -> {
          if (now - update.sentAt() < age) {
            return update;
          }
          due.add(update.event());
          return new Waiting(update.event(), now);
        });
    due.forEach(sink);
  }
}
