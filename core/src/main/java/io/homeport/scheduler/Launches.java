package io.homeport.scheduler;

import io.homeport.model.Agent;
import io.homeport.model.AppDefinition;
import io.homeport.model.Condition;
import io.homeport.model.Instance;
import io.homeport.model.Operation;
import io.homeport.model.OperationId;
import io.homeport.model.PersistentVolumeSpec;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationId;
import io.homeport.model.ReservationState;
import io.homeport.model.Task;
import io.homeport.model.TaskId;
import io.homeport.model.TaskLaunch;
import io.homeport.model.Volume;
import io.homeport.model.VolumeId;
import io.homeport.placement.TaskEnvironment;
import io.homeport.placement.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The records of a launch. They are committed before the call that carries it leaves, so that
 * whatever happens to the call, it is known what was intended, where, and under which ids.
 */
final class Launches {
  private Launches() {}

  /** Records the next task of an instance, and says what starts it. */
  static Operation.Launch launch(
      Draft draft,
      AppDefinition app,
      TaskEnvironment environment,
      Instance instance,
      Agent agent,
      List<Integer> ports,
      Optional<Reservation> home) {
    TaskId id = TaskId.of(instance.id(), instance.incarnation() + 1);
    instance.task().map(Task::id).ifPresent(draft::forgetTask);
    Task task =
        new Task(
            id,
            agent.id(),
            agent.hostname(),
            app.version(),
            Condition.PROVISIONED,
            draft.now(),
            Optional.empty(),
            draft.now(),
            ports,
            List.of(),
            Optional.empty(),
            app.killGracePeriod(),
            "");
    draft.put(instance.withTask(task));
    draft.stopCounting(instance.id());
    return new Operation.Launch(
        new TaskLaunch(
            id,
            app,
            instance.ordinal(),
            agent.id(),
            environment.variables(id, instance.ordinal(), agent.hostname(), ports),
            ports,
            home));
  }

  /** The home of an instance that never had one, on the agent that was chosen. */
  static Reservation reservation(
      Draft draft, AppDefinition app, Instance instance, Agent agent, Verdict.Fits fit) {
    ReservationId id = new ReservationId(app.id().safePath() + ".reservation-" + draft.unique());
    List<Volume> volumes = new ArrayList<>();
    for (PersistentVolumeSpec spec : app.persistentVolumes()) {
      int index = volumes.size();
      volumes.add(
          new Volume(
              VolumeId.of(app.id(), spec.containerPath().replace('/', '_'), draft.unique()),
              spec.containerPath(),
              fit.sizes().get(index),
              fit.disks().get(index),
              Volume.State.REQUESTED,
              draft.now()));
    }
    return new Reservation(
        id,
        app.id(),
        instance.ordinal(),
        Optional.of(instance.id()),
        agent.id(),
        agent.hostname(),
        app.role(),
        app.resources(),
        fit.ports(),
        volumes,
        new ReservationState.Requested(
            OperationId.of(OperationId.Kind.RESERVE, id, draft.unique())),
        false);
  }

  /** The id under which the reservation's RESERVE was recorded. */
  static OperationId reserveId(Reservation home) {
    return switch (home.state()) {
      case ReservationState.Requested requested -> requested.operation();
      case ReservationState.Held _, ReservationState.LeftBehind _, ReservationState.Releasing _ ->
          throw new IllegalStateException("already reserved: " + home.id());
    };
  }
}
