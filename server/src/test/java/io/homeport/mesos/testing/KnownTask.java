package io.homeport.mesos.testing;

import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;

/** A task as the master knows it: what was last heard of it, and whether its agent is there. */
final class KnownTask {
  private final String framework;
  private final TaskInfo info;
  private final String agent;
  private TaskStatus latest;
  private TaskState state;
  private boolean killWanted;

  KnownTask(String framework, String agent, TaskInfo info, TaskStatus latest) {
    this.framework = framework;
    this.agent = agent;
    this.info = info;
    this.latest = latest;
    this.state = latest.getState();
  }

  /** One that was sent to its agent, which has said nothing yet. */
  static KnownTask staging(String framework, String agent, TaskInfo info) {
    TaskStatus.Builder status = TaskStatus.newBuilder().setState(TaskState.TASK_STAGING);
    status.setTaskId(info.getTaskId());
    return new KnownTask(framework, agent, info, status.build());
  }

  String id() {
    return info.getTaskId().getValue();
  }

  String framework() {
    return framework;
  }

  String agent() {
    return agent;
  }

  TaskInfo info() {
    return info;
  }

  TaskState state() {
    return state;
  }

  /** What its agent last said. */
  TaskStatus latest() {
    return latest;
  }

  void heard(TaskStatus status) {
    latest = status;
    state = status.getState();
  }

  void becomes(TaskState next) {
    state = next;
  }

  boolean hasEnded() {
    return Statuses.isTerminal(state);
  }

  /** Whether it holds its resources, as far as the master can tell. */
  boolean uses() {
    return !hasEnded() && state != TaskState.TASK_UNREACHABLE;
  }

  boolean isKillWanted() {
    return killWanted;
  }

  void wantKill() {
    killWanted = true;
  }
}
