package io.homeport.state;

import io.homeport.model.Agent;
import io.homeport.model.AgentId;
import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.Deployment;
import io.homeport.model.DeploymentId;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationId;
import io.homeport.model.TaskFailure;
import io.homeport.model.Volume;
import io.homeport.model.VolumeId;
import java.util.Objects;
import java.util.Optional;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * The part of the state that is committed: it is exactly what replaying the stored changes gives.
 *
 * @param installation this installation's name; empty before the first start
 * @param term the present term; empty before the first start
 * @param frameworkId the engine's name for us; empty before the first registration
 * @param apps the apps
 * @param instances the instances of each app, also of apps that are gone
 * @param reservations all reservations: owned, left behind, and on their way out
 * @param deployments the deployments under way
 * @param agents every agent that was ever used or seen and is not forgotten
 * @param failures the last failure of each app
 * @param volumes derived: the reservation of each volume
 * @param byAgent derived: the reservations on each agent
 */
public record DurableState(
    String installation,
    String term,
    String frameworkId,
    TreePMap<AppId, App> apps,
    TreePMap<AppId, AppInstances> instances,
    TreePMap<ReservationId, Reservation> reservations,
    TreePMap<DeploymentId, Deployment> deployments,
    TreePMap<AgentId, Agent> agents,
    TreePMap<AppId, TaskFailure> failures,
    TreePMap<VolumeId, ReservationId> volumes,
    TreePMap<AgentId, TreePSet<ReservationId>> byAgent) {
  /** The state of a fresh installation. */
  public static final DurableState EMPTY =
      new DurableState(
          "",
          "",
          "",
          TreePMap.empty(),
          TreePMap.empty(),
          TreePMap.empty(),
          TreePMap.empty(),
          TreePMap.empty(),
          TreePMap.empty(),
          TreePMap.empty(),
          TreePMap.empty());

  /**
   * The state after a change. Removing what is not there changes nothing.
   *
   * @param change what happened
   */
  public DurableState apply(Change.Stored change) {
    return switch (change) {
      case Change.InstallationNamed named -> with(named.installation(), term, frameworkId);
      case Change.TermBegan began -> with(installation, began.term(), frameworkId);
      case Change.FrameworkRegistered registered ->
          with(installation, term, registered.frameworkId());
      case Change.AppPut put ->
          withApps(apps.plus(put.definition().id(), appWith(put.definition())));
      case Change.AppVersionRemoved removed -> withoutVersion(removed);
      case Change.AppRemoved removed ->
          withApps(apps.minus(removed.app())).withFailures(failures.minus(removed.app()));
      case Change.InstancePut put -> plus(put.instance());
      case Change.InstanceRemoved removed -> minus(removed.instance());
      case Change.ReservationPut put -> plus(put.reservation());
      case Change.ReservationRemoved removed -> minus(removed.reservation());
      case Change.DeploymentPut put ->
          withDeployments(deployments.plus(put.deployment().id(), put.deployment()));
      case Change.DeploymentRemoved removed ->
          withDeployments(deployments.minus(removed.deployment()));
      case Change.AgentPut put -> withAgents(agents.plus(put.agent().id(), put.agent()));
      case Change.AgentRemoved removed -> withAgents(agents.minus(removed.agent()));
      case Change.TaskFailed failed ->
          withFailures(failures.plus(failed.failure().appId(), failed.failure()));
    };
  }

  /**
   * The instances of an app; none if there is no such app.
   *
   * @param app the app
   */
  public AppInstances instancesOf(AppId app) {
    return Objects.requireNonNullElse(instances.get(app), AppInstances.NONE);
  }

  /**
   * An instance.
   *
   * @param id its id
   */
  public Optional<Instance> instance(InstanceId id) {
    return Optional.ofNullable(instancesOf(id.appId()).all().get(id));
  }

  /**
   * A reservation.
   *
   * @param id its id
   */
  public Optional<Reservation> reservation(ReservationId id) {
    return Optional.ofNullable(reservations.get(id));
  }

  /**
   * The home of an instance.
   *
   * @param instance the instance
   */
  public Optional<Reservation> reservationOf(Instance instance) {
    return instance.reservation().flatMap(this::reservation);
  }

  /**
   * The reservation that a volume lies in.
   *
   * @param volume the volume
   */
  public Optional<Reservation> reservationOf(VolumeId volume) {
    return Optional.ofNullable(volumes.get(volume)).flatMap(this::reservation);
  }

  /**
   * The deployment that is under way for an app.
   *
   * @param app the app
   */
  public Optional<Deployment> deploymentOf(AppId app) {
    return deployments.values().stream()
        .filter(deployment -> deployment.originals().containsKey(app))
        .findFirst();
  }

  private App appWith(AppDefinition definition) {
    App known = apps.get(definition.id());
    return known == null ? App.of(definition) : known.plus(definition);
  }

  private DurableState withoutVersion(Change.AppVersionRemoved removed) {
    App app = apps.get(removed.app());
    return app == null ? this : withApps(apps.plus(app.id(), app.minus(removed.version())));
  }

  private DurableState plus(Instance instance) {
    return withInstances(
        instances.plus(instance.appId(), instancesOf(instance.appId()).plus(instance)));
  }

  private DurableState minus(InstanceId id) {
    AppInstances rest = instancesOf(id.appId()).minus(id);
    return withInstances(
        rest.all().isEmpty() ? instances.minus(id.appId()) : instances.plus(id.appId(), rest));
  }

  private DurableState plus(Reservation reservation) {
    Reservation before = reservations.get(reservation.id());
    TreePMap<VolumeId, ReservationId> places = volumes;
    for (Volume volume : before == null ? reservation.volumes() : changed(before, reservation)) {
      places = places.plus(volume.id(), reservation.id());
    }
    TreePMap<AgentId, TreePSet<ReservationId>> homes = byAgent;
    if (before == null || !before.agent().equals(reservation.agent())) {
      homes = before == null ? homes : without(homes, before);
      homes =
          homes.plus(reservation.agent(), on(homes, reservation.agent()).plus(reservation.id()));
    }
    return withReservations(reservations.plus(reservation.id(), reservation), places, homes);
  }

  private static Iterable<Volume> changed(Reservation before, Reservation after) {
    return before.volumes().size() == after.volumes().size()
        ? java.util.List.of()
        : after.volumes();
  }

  private DurableState minus(ReservationId id) {
    Reservation before = reservations.get(id);
    if (before == null) {
      return this;
    }
    TreePMap<VolumeId, ReservationId> places = volumes;
    for (Volume volume : before.volumes()) {
      places = places.minus(volume.id());
    }
    return withReservations(reservations.minus(id), places, without(byAgent, before));
  }

  private static TreePSet<ReservationId> on(
      TreePMap<AgentId, TreePSet<ReservationId>> homes, AgentId agent) {
    return Objects.requireNonNullElse(homes.get(agent), TreePSet.<ReservationId>empty());
  }

  private static TreePMap<AgentId, TreePSet<ReservationId>> without(
      TreePMap<AgentId, TreePSet<ReservationId>> homes, Reservation reservation) {
    TreePSet<ReservationId> rest = on(homes, reservation.agent()).minus(reservation.id());
    return rest.isEmpty()
        ? homes.minus(reservation.agent())
        : homes.plus(reservation.agent(), rest);
  }

  private DurableState with(String installation, String term, String frameworkId) {
    return new DurableState(
        installation,
        term,
        frameworkId,
        apps,
        instances,
        reservations,
        deployments,
        agents,
        failures,
        volumes,
        byAgent);
  }

  private DurableState withApps(TreePMap<AppId, App> next) {
    return new DurableState(
        installation,
        term,
        frameworkId,
        next,
        instances,
        reservations,
        deployments,
        agents,
        failures,
        volumes,
        byAgent);
  }

  private DurableState withInstances(TreePMap<AppId, AppInstances> next) {
    return new DurableState(
        installation,
        term,
        frameworkId,
        apps,
        next,
        reservations,
        deployments,
        agents,
        failures,
        volumes,
        byAgent);
  }

  private DurableState withReservations(
      TreePMap<ReservationId, Reservation> next,
      TreePMap<VolumeId, ReservationId> places,
      TreePMap<AgentId, TreePSet<ReservationId>> homes) {
    return new DurableState(
        installation,
        term,
        frameworkId,
        apps,
        instances,
        next,
        deployments,
        agents,
        failures,
        places,
        homes);
  }

  private DurableState withDeployments(TreePMap<DeploymentId, Deployment> next) {
    return new DurableState(
        installation,
        term,
        frameworkId,
        apps,
        instances,
        reservations,
        next,
        agents,
        failures,
        volumes,
        byAgent);
  }

  private DurableState withAgents(TreePMap<AgentId, Agent> next) {
    return new DurableState(
        installation,
        term,
        frameworkId,
        apps,
        instances,
        reservations,
        deployments,
        next,
        failures,
        volumes,
        byAgent);
  }

  private DurableState withFailures(TreePMap<AppId, TaskFailure> next) {
    return new DurableState(
        installation,
        term,
        frameworkId,
        apps,
        instances,
        reservations,
        deployments,
        agents,
        next,
        volumes,
        byAgent);
  }
}
