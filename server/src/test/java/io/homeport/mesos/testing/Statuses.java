package io.homeport.mesos.testing;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.apache.mesos.protobuf.ByteString;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.scheduler.Protos.Event;

/** Statuses and events in the form that the recordings show. */
final class Statuses {
  private static final double MILLIS = 1000;

  private Statuses() {}

  static ByteString uuid() {
    UUID uuid = UUID.randomUUID();
    ByteBuffer bytes = ByteBuffer.allocate(16);
    bytes.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
    return ByteString.copyFrom(bytes.array());
  }

  static double now() {
    return System.currentTimeMillis() / MILLIS;
  }

  /** What the master says by itself: without a uuid. */
  static TaskStatus.Builder byMaster(
      String task, String agent, TaskState state, TaskStatus.Reason reason, String message) {
    TaskStatus.Builder status =
        TaskStatus.newBuilder()
            .setState(state)
            .setReason(reason)
            .setSource(TaskStatus.Source.SOURCE_MASTER)
            .setMessage(message)
            .setTimestamp(now());
    status.getTaskIdBuilder().setValue(task);
    if (!agent.isEmpty()) {
      status.getAgentIdBuilder().setValue(agent);
    }
    return status;
  }

  static Event update(TaskStatus status) {
    Event.Builder event = Event.newBuilder().setType(Event.Type.UPDATE);
    event.getUpdateBuilder().setStatus(status);
    return event.build();
  }

  static Event error(String message) {
    Event.Builder event = Event.newBuilder().setType(Event.Type.ERROR);
    event.getErrorBuilder().setMessage(message);
    return event.build();
  }

  static Event failure(String agent) {
    Event.Builder event = Event.newBuilder().setType(Event.Type.FAILURE);
    event.getFailureBuilder().getAgentIdBuilder().setValue(agent);
    return event.build();
  }

  static Event rescind(String offer) {
    Event.Builder event = Event.newBuilder().setType(Event.Type.RESCIND);
    event.getRescindBuilder().getOfferIdBuilder().setValue(offer);
    return event.build();
  }

  static boolean isTerminal(TaskState state) {
    return io.homeport.model.TaskState.valueOf(state.name()).hasEnded();
  }
}
