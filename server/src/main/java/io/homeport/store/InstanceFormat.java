package io.homeport.store;

import io.homeport.model.Condition;
import io.homeport.model.Goal;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.model.ReservationId;
import io.homeport.model.Task;
import io.homeport.model.TaskFailure;
import io.homeport.model.TaskId;

/**
 * How instances, tasks and failures are stored. The names here, and their order, are on users'
 * disks: they never change.
 */
final class InstanceFormat {
  private InstanceFormat() {}

  static void write(RecordWriter out, Instance instance) {
    out.text("id", instance.id().value());
    out.text("app", instance.appId().path());
    out.integer("ordinal", instance.ordinal());
    out.constant("goal", instance.goal());
    out.text("reservation", instance.reservation().map(ReservationId::value));
    out.integer("incarnation", instance.incarnation());
    out.object("task", instance.task(), InstanceFormat::writeTask);
    out.instant("createdAt", instance.createdAt());
  }

  static Instance read(RecordReader in) {
    return new Instance(
        new InstanceId(in.id("id")),
        in.app("app"),
        in.integer("ordinal"),
        in.constant("goal", Goal.class),
        in.optionalText("reservation").map(ReservationId::new),
        in.integer("incarnation"),
        in.optionalObject("task", InstanceFormat::readTask),
        in.instant("createdAt"));
  }

  private static void writeTask(RecordWriter out, Task task) {
    out.text("id", task.id().value());
    out.text("agent", task.agent().value());
    out.text("hostname", task.hostname());
    out.instant("version", task.version());
    out.constant("condition", task.condition());
    out.instant("stagedAt", task.stagedAt());
    out.instant("startedAt", task.startedAt());
    out.instant("changedAt", task.changedAt());
    out.integers("ports", task.ports());
    out.texts("ipAddresses", task.ipAddresses());
    out.instant("killRequestedAt", task.killRequestedAt());
    out.duration("killGracePeriod", task.killGracePeriod());
    out.text("message", task.message());
  }

  private static Task readTask(RecordReader in) {
    return new Task(
        new TaskId(in.id("id")),
        in.agent("agent"),
        in.common("hostname"),
        in.instant("version"),
        in.constant("condition", Condition.class),
        in.instant("stagedAt"),
        in.optionalInstant("startedAt"),
        in.instant("changedAt"),
        in.integers("ports"),
        in.texts("ipAddresses"),
        in.optionalInstant("killRequestedAt"),
        in.optionalDuration("killGracePeriod"),
        in.text("message"));
  }

  static void writeFailure(RecordWriter out, TaskFailure failure) {
    out.text("app", failure.appId().path());
    out.text("task", failure.task().value());
    out.text("agent", failure.agent().value());
    out.text("hostname", failure.hostname());
    out.constant("condition", failure.condition());
    out.text("message", failure.message());
    out.instant("timestamp", failure.timestamp());
    out.instant("version", failure.version());
  }

  static TaskFailure readFailure(RecordReader in) {
    return new TaskFailure(
        in.app("app"),
        new TaskId(in.id("task")),
        in.agent("agent"),
        in.common("hostname"),
        in.constant("condition", Condition.class),
        in.text("message"),
        in.instant("timestamp"),
        in.instant("version"));
  }
}
