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
import io.homeport.model.ReservationState;
import io.homeport.model.TaskFailure;
import io.homeport.model.Volume;
import io.homeport.model.VolumeId;
import io.homeport.model.VolumeStatus;
import java.time.Instant;
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
 * @param safeMode the safe mode, while it holds
 * @param apps the apps
 * @param instances the instances of each app, also of apps that are gone
 * @param reservations all reservations: owned, left behind, and on their way out
 * @param deployments the deployments under way
 * @param agents every agent that was ever used or seen and is not forgotten
 * @param failures the last failure of each app
 * @param reservationIndex derived: what is asked of the reservations most often
 * @param waitingApps derived: the apps with instances that need a launch
 * @param spread derived: how the instances of each app are spread over agents
 * @param servicePorts derived: which service ports the apps use
 */
public record DurableState(
    String installation,
    String term,
    String frameworkId,
    Optional<SafeMode> safeMode,
    TreePMap<AppId, App> apps,
    TreePMap<AppId, AppInstances> instances,
    TreePMap<ReservationId, Reservation> reservations,
    TreePMap<DeploymentId, Deployment> deployments,
    TreePMap<AgentId, Agent> agents,
    TreePMap<AppId, TaskFailure> failures,
    ReservationIndex reservationIndex,
    TreePSet<AppId> waitingApps,
    Spread spread,
    ServicePortUse servicePorts) {
  /** The state of a fresh installation. */
  public static final DurableState EMPTY =
      new DurableState(
          "",
          "",
          "",
          Optional.empty(),
          TreePMap.empty(),
          TreePMap.empty(),
          TreePMap.empty(),
          TreePMap.empty(),
          TreePMap.empty(),
          TreePMap.empty(),
          ReservationIndex.NONE,
          TreePSet.empty(),
          Spread.NONE,
          ServicePortUse.NONE);

  /**
   * The state after a change. Removing what is not there changes nothing.
   *
   * @param change what happened
   */
  public DurableState apply(Change.Stored change) {
    return switch (change) {
      case Change.InstallationNamed named -> copy().installation(named.installation()).sealed();
      case Change.TermBegan began -> copy().term(began.term()).sealed();
      case Change.FrameworkRegistered registered ->
          copy().frameworkId(registered.frameworkId()).sealed();
      case Change.SafeModeBegan began -> copy().safeMode(Optional.of(began.mode())).sealed();
      case Change.SafeModeEnded _ -> copy().safeMode(Optional.empty()).sealed();
      case Change.AppPut put -> plus(put.definition());
      case Change.AppVersionRemoved removed -> minus(removed.app(), removed.version());
      case Change.AppRemoved removed -> minus(removed.app());
      case Change.InstancePut put -> plus(put.instance());
      case Change.InstanceRemoved removed -> minus(removed.instance());
      case Change.ReservationPut put -> plus(put.reservation());
      case Change.ReservationRemoved removed -> minus(removed.reservation());
      case Change.DeploymentPut put ->
          copy().deployments(deployments.plus(put.deployment().id(), put.deployment())).sealed();
      case Change.DeploymentRemoved removed ->
          copy().deployments(deployments.minus(removed.deployment())).sealed();
      case Change.AgentPut put ->
          copy().agents(agents.plus(put.agent().id(), put.agent())).sealed();
      case Change.AgentRemoved removed -> copy().agents(agents.minus(removed.agent())).sealed();
      case Change.TaskFailed failed ->
          copy().failures(failures.plus(failed.failure().appId(), failed.failure())).sealed();
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
   * The instance whose home a reservation is.
   *
   * @param home the reservation
   */
  public Optional<Instance> ownerOf(Reservation home) {
    return home.owner().map(owner -> instancesOf(home.appId()).all().get(owner));
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
    return Optional.ofNullable(reservationIndex.volumes().get(volume)).flatMap(this::reservation);
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

  /**
   * What people see of a volume.
   *
   * @param reservation where it lies
   * @param volume one of the reservation's
   */
  public VolumeStatus statusOf(Reservation reservation, Volume volume) {
    return switch (reservation.state()) {
      case ReservationState.Requested _ -> VolumeStatus.CREATING;
      case ReservationState.LeftBehind _ -> VolumeStatus.LEFT_BEHIND;
      case ReservationState.Releasing _ ->
          volume.state() == Volume.State.DESTROYED
              ? VolumeStatus.DESTROYED
              : VolumeStatus.DESTROYING;
      case ReservationState.Held _ -> {
        if (volume.state() == Volume.State.REQUESTED) {
          yield VolumeStatus.CREATING;
        }
        boolean detached =
            reservation.owner().flatMap(this::instance).map(Instance::isDetached).orElse(true);
        yield detached ? VolumeStatus.DETACHED : VolumeStatus.ATTACHED;
      }
    };
  }

  private DurableState plus(AppDefinition definition) {
    App known = apps.get(definition.id());
    App next = known == null ? App.of(definition) : known.plus(definition);
    ServicePortUse ports = servicePorts.after(known, next);
    return copy().apps(apps.plus(definition.id(), next)).servicePorts(ports).sealed();
  }

  private DurableState minus(AppId app, Instant version) {
    App known = apps.get(app);
    return known == null ? this : copy().apps(apps.plus(app, known.minus(version))).sealed();
  }

  private DurableState minus(AppId app) {
    Copy copy = copy().apps(apps.minus(app)).failures(failures.minus(app));
    return copy.servicePorts(servicePorts.after(apps.get(app), null)).sealed();
  }

  private DurableState plus(Instance instance) {
    AppInstances known = instancesOf(instance.appId());
    Optional<Instance> before = Optional.ofNullable(known.all().get(instance.id()));
    return with(instance.appId(), known.plus(before, instance), spread.with(before, instance));
  }

  private DurableState minus(InstanceId id) {
    AppInstances known = instancesOf(id.appId());
    Instance before = known.all().get(id);
    return before == null ? this : with(id.appId(), known.minus(id), spread.without(before));
  }

  private DurableState with(AppId app, AppInstances next, Spread after) {
    boolean waits = !next.waiting().isEmpty();
    Copy copy =
        copy()
            .instances(next.all().isEmpty() ? instances.minus(app) : instances.plus(app, next))
            .spread(after);
    if (waits != waitingApps.contains(app)) {
      copy.waitingApps(waits ? waitingApps.plus(app) : waitingApps.minus(app));
    }
    return copy.sealed();
  }

  private DurableState plus(Reservation reservation) {
    ReservationId id = reservation.id();
    Reservation before = reservations.get(id);
    return copy()
        .reservations(reservations.plus(id, reservation))
        .reservationIndex(reservationIndex.with(before, reservation))
        .spread(spread.with(before, reservation))
        .sealed();
  }

  private DurableState minus(ReservationId id) {
    Reservation before = reservations.get(id);
    return before == null
        ? this
        : copy()
            .reservations(reservations.minus(id))
            .reservationIndex(reservationIndex.without(before))
            .spread(spread.without(before))
            .sealed();
  }

  /**
   * The reservations on an agent.
   *
   * @param agent the agent
   */
  public TreePSet<ReservationId> residents(AgentId agent) {
    return reservationIndex.residents(agent);
  }

  private Copy copy() {
    return new Copy(this);
  }

  /** A copy on its way to the next state: changed field by field, then sealed. */
  private static final class Copy {
    private String installation;
    private String term;
    private String frameworkId;
    private Optional<SafeMode> safeMode;
    private TreePMap<AppId, App> apps;
    private TreePMap<AppId, AppInstances> instances;
    private TreePMap<ReservationId, Reservation> reservations;
    private TreePMap<DeploymentId, Deployment> deployments;
    private TreePMap<AgentId, Agent> agents;
    private TreePMap<AppId, TaskFailure> failures;
    private ReservationIndex reservationIndex;
    private TreePSet<AppId> waitingApps;
    private Spread spread;
    private ServicePortUse servicePorts;

    Copy(DurableState state) {
      installation = state.installation;
      term = state.term;
      frameworkId = state.frameworkId;
      safeMode = state.safeMode;
      apps = state.apps;
      instances = state.instances;
      reservations = state.reservations;
      deployments = state.deployments;
      agents = state.agents;
      failures = state.failures;
      reservationIndex = state.reservationIndex;
      waitingApps = state.waitingApps;
      spread = state.spread;
      servicePorts = state.servicePorts;
    }

    Copy installation(String next) {
      installation = next;
      return this;
    }

    Copy term(String next) {
      term = next;
      return this;
    }

    Copy frameworkId(String next) {
      frameworkId = next;
      return this;
    }

    Copy safeMode(Optional<SafeMode> next) {
      safeMode = next;
      return this;
    }

    Copy apps(TreePMap<AppId, App> next) {
      apps = next;
      return this;
    }

    Copy instances(TreePMap<AppId, AppInstances> next) {
      instances = next;
      return this;
    }

    Copy reservations(TreePMap<ReservationId, Reservation> next) {
      reservations = next;
      return this;
    }

    Copy deployments(TreePMap<DeploymentId, Deployment> next) {
      deployments = next;
      return this;
    }

    Copy agents(TreePMap<AgentId, Agent> next) {
      agents = next;
      return this;
    }

    Copy failures(TreePMap<AppId, TaskFailure> next) {
      failures = next;
      return this;
    }

    Copy reservationIndex(ReservationIndex next) {
      reservationIndex = next;
      return this;
    }

    Copy waitingApps(TreePSet<AppId> next) {
      waitingApps = next;
      return this;
    }

    Copy spread(Spread next) {
      spread = next;
      return this;
    }

    Copy servicePorts(ServicePortUse next) {
      servicePorts = next;
      return this;
    }

    DurableState sealed() {
      return new DurableState(
          installation,
          term,
          frameworkId,
          safeMode,
          apps,
          instances,
          reservations,
          deployments,
          agents,
          failures,
          reservationIndex,
          waitingApps,
          spread,
          servicePorts);
    }
  }
}
