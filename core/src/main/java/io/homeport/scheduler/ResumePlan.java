package io.homeport.scheduler;

import io.homeport.model.Condition;
import io.homeport.model.Deployment;
import io.homeport.model.Goal;
import io.homeport.model.Instance;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationState;
import io.homeport.model.Task;
import io.homeport.model.TaskUpdate;
import io.homeport.state.AppInstances;
import io.homeport.state.ClusterState;
import io.homeport.state.DurableState;
import io.homeport.state.Quarantined;
import io.homeport.state.SafeMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What would happen at the end of the safe mode, as far as is known now.
 *
 * @param mode the safe mode; absent when it does not hold, and then all else is what happens anyhow
 * @param unconfirmed how many tasks the engine was asked about and has not answered yet
 * @param strangers tasks that no record explains
 * @param quarantined resources and volumes that no record explains
 * @param launches instances that are to run and do not
 * @param kills instances whose tasks are to end
 * @param destructions what is to be destroyed and freed, with its volumes
 * @param deployments deployments that go on
 */
public record ResumePlan(
    Optional<SafeMode> mode,
    int unconfirmed,
    List<Stranger> strangers,
    List<Quarantined> quarantined,
    List<Instance> launches,
    List<Instance> kills,
    List<Reservation> destructions,
    List<Deployment> deployments) {
  /**
   * A task that no record explains.
   *
   * @param last the last that was heard of it
   * @param ends whether it is ended, because its instance is known and runs as another task; else
   *     it is kept until somebody asks for its end
   */
  public record Stranger(TaskUpdate last, boolean ends) {}

  /**
   * Looks ahead.
   *
   * @param state what is known
   */
  public static ResumePlan of(ClusterState state) {
    DurableState durable = state.durable();
    List<Instance> launches = new ArrayList<>();
    List<Instance> kills = new ArrayList<>();
    for (AppInstances instances : durable.instances().values()) {
      for (Instance instance : instances.all().values()) {
        if (isToEnd(durable, instance)) {
          kills.add(instance);
        } else if (instance.needsLaunch() && durable.apps().containsKey(instance.appId())) {
          launches.add(instance);
        }
      }
    }
    return new ResumePlan(
        durable.safeMode(),
        state.present().reconciliation().tasks().size(),
        state.present().unknownTasks().values().stream()
            .map(update -> new Stranger(update, ends(state, update)))
            .toList(),
        List.copyOf(state.present().quarantined().values()),
        launches,
        kills,
        durable.reservations().values().stream()
            .filter(reservation -> isToGo(durable, reservation))
            .toList(),
        List.copyOf(durable.deployments().values()));
  }

  private static boolean isToEnd(DurableState durable, Instance instance) {
    boolean unwanted =
        instance.goal() != Goal.RUNNING
            || instance.task().flatMap(Task::killRequestedAt).isPresent()
            || !durable.apps().containsKey(instance.appId());
    return instance.isLive() && unwanted;
  }

  /** On its way out, or the home of an instance of an app that was deleted. */
  private static boolean isToGo(DurableState durable, Reservation reservation) {
    return switch (reservation.state()) {
      case ReservationState.Releasing _ -> true;
      case ReservationState.Requested _, ReservationState.Held _ ->
          !durable.apps().containsKey(reservation.appId());
      case ReservationState.LeftBehind _ -> false;
    };
  }

  private static boolean ends(ClusterState state, TaskUpdate update) {
    Optional<Instance> instance = state.durable().instance(update.task().instanceId());
    return instance.isPresent()
        && update.condition() != Condition.UNREACHABLE
        && !Strangers.lacksHome(state, instance.get());
  }
}
