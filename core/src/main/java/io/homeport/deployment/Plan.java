package io.homeport.deployment;

import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.Deployment;
import io.homeport.model.Goal;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.model.PersistentVolumeSpec;
import io.homeport.model.Reservation;
import io.homeport.model.Task;
import io.homeport.model.TaskId;
import io.homeport.model.Volume;
import io.homeport.state.App;
import io.homeport.state.AppInstances;
import io.homeport.state.Change;
import io.homeport.state.ClusterState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a change would do, found out without doing it (Marathon: {@code dryRun}).
 *
 * @param app the app
 * @param basis the version the plan was made for; absent when the app is new
 * @param kinds the actions, in order; none when nothing would change
 * @param from how many instances are wanted now
 * @param to how many would be wanted
 * @param starts instances that would start
 * @param stops instances whose tasks would end
 * @param restarts instances whose tasks would be replaced
 * @param volumes what would happen to volumes
 */
public record Plan(
    AppId app,
    Optional<Instant> basis,
    List<Deployment.Kind> kinds,
    int from,
    int to,
    List<Start> starts,
    List<Stop> stops,
    List<Stop> restarts,
    VolumeEffects volumes) {

  /**
   * An instance that would start.
   *
   * @param ordinal its ordinal
   * @param instance the instance, when it exists already and is detached
   */
  public record Start(int ordinal, Optional<InstanceId> instance) {}

  /**
   * An instance whose task would end.
   *
   * @param ordinal its ordinal
   * @param instance the instance
   * @param task its task, if it has one that runs
   */
  public record Stop(int ordinal, InstanceId instance, Optional<TaskId> task) {}

  /**
   * What would happen to volumes.
   *
   * @param kept those that stay attached
   * @param detached those that would be kept without being used
   * @param reattached detached ones that would be used again
   * @param created volumes that would be made
   * @param destroyed volumes whose data would be lost
   */
  public record VolumeEffects(
      List<Placed> kept,
      List<Placed> detached,
      List<Placed> reattached,
      List<Creation> created,
      List<Placed> destroyed) {
    private VolumeEffects() {
      this(
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>());
    }
  }

  /**
   * An existing volume and where it lies.
   *
   * @param volume the volume
   * @param reservation where it lies
   */
  public record Placed(Volume volume, Reservation reservation) {}

  /**
   * A volume that would be made.
   *
   * @param ordinal the ordinal of its instance
   * @param spec what the definition says of it
   */
  public record Creation(int ordinal, PersistentVolumeSpec spec) {}

  /**
   * The plan of creating or changing an app.
   *
   * @param state what is known
   * @param wanted what the app is to be
   */
  public static Plan ofPut(ClusterState state, AppDefinition wanted) {
    Optional<AppDefinition> before =
        Optional.ofNullable(state.durable().apps().get(wanted.id())).map(App::definition);
    Instant version = before.map(AppDefinition::version).orElse(Instant.EPOCH).plusMillis(1);
    AppDefinition next = Versions.versioned(before, wanted, version);
    boolean changes = !before.map(next::equals).orElse(false);
    boolean restarts = changes && before.isPresent() && next.lastConfigChangeAt().equals(version);
    List<Deployment.Kind> kinds = new ArrayList<>();
    if (before.isEmpty()) {
      kinds.add(Deployment.Kind.START);
    }
    if (changes) {
      kinds.add(restarts ? Deployment.Kind.RESTART : Deployment.Kind.SCALE);
    }
    return of(state, next, before, kinds, restarts);
  }

  /**
   * The plan of restarting an app.
   *
   * @param state what is known
   * @param app the app's current definition
   */
  public static Plan ofRestart(ClusterState state, AppDefinition app) {
    return of(state, app, Optional.of(app), List.of(Deployment.Kind.RESTART), true);
  }

  /**
   * The plan of deleting an app.
   *
   * @param state what is known
   * @param app the app's current definition
   */
  public static Plan ofDelete(ClusterState state, AppDefinition app) {
    List<Stop> stops = new ArrayList<>();
    VolumeEffects volumes = new VolumeEffects();
    AppInstances instances = state.durable().instancesOf(app.id());
    for (AppInstances.Place place : instances.places()) {
      state
          .durable()
          .instance(place.id())
          .ifPresent(
              instance -> {
                if (instance.goal() == Goal.RUNNING) {
                  stops.add(stop(instance));
                }
                volumes.destroyed().addAll(placed(state, instance));
              });
    }
    return new Plan(
        app.id(),
        Optional.of(app.version()),
        List.of(Deployment.Kind.STOP),
        app.instances(),
        0,
        List.of(),
        stops,
        List.of(),
        volumes);
  }

  private static Plan of(
      ClusterState state,
      AppDefinition next,
      Optional<AppDefinition> before,
      List<Deployment.Kind> kinds,
      boolean restarts) {
    ClusterState after = state.apply(new Change.AppPut(next));
    List<InstanceStep> steps = Rollout.next(after, next, false, Integer.MAX_VALUE);
    List<Start> starts = new ArrayList<>();
    List<Stop> stops = new ArrayList<>();
    VolumeEffects volumes = new VolumeEffects();
    for (InstanceStep step : steps) {
      switch (step) {
        case InstanceStep.Create create -> {
          starts.add(new Start(create.ordinal(), Optional.empty()));
          next.persistentVolumes()
              .forEach(spec -> volumes.created().add(new Creation(create.ordinal(), spec)));
        }
        case InstanceStep.Reattach reattach ->
            with(
                state,
                reattach.instance(),
                i -> {
                  starts.add(new Start(i.ordinal(), Optional.of(i.id())));
                  volumes.reattached().addAll(placed(state, i));
                });
        case InstanceStep.Detach detach ->
            with(
                state,
                detach.instance(),
                i -> {
                  stops.add(stop(i));
                  volumes.detached().addAll(placed(state, i));
                });
        case InstanceStep.Retire retire -> with(state, retire.instance(), i -> stops.add(stop(i)));
        case InstanceStep.Restart restart -> {}
      }
    }
    List<Stop> replaced = new ArrayList<>();
    for (AppInstances.Place place : state.durable().instancesOf(next.id()).places()) {
      with(
          state,
          place.id(),
          instance -> {
            boolean stays = instance.goal() == Goal.RUNNING && !stops.contains(stop(instance));
            if (stays) {
              volumes.kept().addAll(placed(state, instance));
            }
            if (stays && restarts && instance.isLive()) {
              replaced.add(stop(instance));
            }
          });
    }
    return new Plan(
        next.id(),
        before.map(AppDefinition::version),
        List.copyOf(kinds),
        before.map(AppDefinition::instances).orElse(0),
        next.instances(),
        starts,
        stops,
        replaced,
        volumes);
  }

  private static void with(ClusterState state, InstanceId id, Consumer<Instance> action) {
    state.durable().instance(id).ifPresent(action);
  }

  private static Stop stop(Instance instance) {
    return new Stop(
        instance.ordinal(), instance.id(), instance.task().filter(Task::isLive).map(Task::id));
  }

  private static List<Placed> placed(ClusterState state, Instance instance) {
    return state
        .durable()
        .reservationOf(instance)
        .map(home -> home.volumes().stream().map(volume -> new Placed(volume, home)).toList())
        .orElse(List.of());
  }
}
