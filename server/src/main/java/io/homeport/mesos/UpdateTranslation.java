package io.homeport.mesos;

import io.homeport.model.AgentId;
import io.homeport.model.OperationId;
import io.homeport.model.OperationUpdate;
import io.homeport.model.TaskId;
import io.homeport.model.TaskState;
import io.homeport.model.TaskUpdate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.mesos.protobuf.ByteString;
import org.apache.mesos.v1.Protos.NetworkInfo;
import org.apache.mesos.v1.Protos.OperationState;
import org.apache.mesos.v1.Protos.OperationStatus;
import org.apache.mesos.v1.Protos.TaskStatus;

/** From Mesos's statuses of tasks and operations to the core's updates. */
final class UpdateTranslation {
  private static final double NANOS = 1e9;

  private UpdateTranslation() {}

  /**
   * What a status says.
   *
   * @return empty when the task's id is not of our making, so that the core cannot know it
   */
  static Optional<TaskUpdate> task(TaskStatus status) {
    return TaskId.parse(status.getTaskId().getValue())
        .map(
            task ->
                new TaskUpdate(
                    task,
                    agent(status.hasAgentId(), status.getAgentId().getValue()),
                    TaskState.valueOf(status.getState().name()),
                    status.hasReason() ? status.getReason().name() : "",
                    status.getMessage(),
                    status.hasUuid() ? Optional.of(text(status.getUuid())) : Optional.empty(),
                    time(status),
                    status.hasHealthy() ? Optional.of(status.getHealthy()) : Optional.empty(),
                    addresses(status)));
  }

  private static Instant time(TaskStatus status) {
    return status.hasTimestamp()
        ? Instant.ofEpochSecond(0, (long) (status.getTimestamp() * NANOS))
        : Instant.EPOCH;
  }

  private static List<String> addresses(TaskStatus status) {
    return status.getContainerStatus().getNetworkInfosList().stream()
        .flatMap(network -> network.getIpAddressesList().stream())
        .map(NetworkInfo.IPAddress::getIpAddress)
        .distinct()
        .toList();
  }

  private static Optional<AgentId> agent(boolean there, String id) {
    return there && !id.isEmpty() ? Optional.of(new AgentId(id)) : Optional.empty();
  }

  /**
   * What a status of an operation says.
   *
   * @return empty when it was sent without an id
   */
  static Optional<OperationUpdate> operation(OperationStatus status) {
    String id = status.getOperationId().getValue();
    if (id.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new OperationUpdate(
            new OperationId(id),
            agent(status.hasAgentId(), status.getAgentId().getValue()),
            state(status.getState()),
            status.getMessage(),
            status.hasUuid() ? Optional.of(text(status.getUuid().getValue())) : Optional.empty()));
  }

  private static OperationUpdate.State state(OperationState state) {
    return switch (state) {
      case OPERATION_PENDING, OPERATION_UNSUPPORTED -> OperationUpdate.State.PENDING;
      case OPERATION_FINISHED -> OperationUpdate.State.FINISHED;
      case OPERATION_FAILED, OPERATION_ERROR -> OperationUpdate.State.FAILED;
      case OPERATION_DROPPED -> OperationUpdate.State.DROPPED;
      // Its agent has not come back to a new master yet: it may well have happened.
      case OPERATION_RECOVERING, OPERATION_UNREACHABLE -> OperationUpdate.State.UNREACHABLE;
      case OPERATION_GONE_BY_OPERATOR -> OperationUpdate.State.GONE;
      case OPERATION_UNKNOWN -> OperationUpdate.State.UNKNOWN;
    };
  }

  /** A uuid as text: base64, as in Mesos's JSON. */
  static String text(ByteString uuid) {
    return Base64.getEncoder().encodeToString(uuid.toByteArray());
  }

  /** A uuid from its text. */
  static ByteString uuid(String text) {
    return ByteString.copyFrom(Base64.getDecoder().decode(text));
  }
}
