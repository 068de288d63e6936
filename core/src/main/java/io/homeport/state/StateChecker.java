package io.homeport.state;

import io.homeport.model.AgentId;
import io.homeport.model.AppId;
import io.homeport.model.Condition;
import io.homeport.model.Deployment;
import io.homeport.model.DeploymentId;
import io.homeport.model.Goal;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.model.OfferId;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationId;
import io.homeport.model.ReservationState;
import io.homeport.model.Task;
import io.homeport.model.TaskId;
import io.homeport.model.Volume;
import io.homeport.model.VolumeId;
import io.homeport.state.Violation.Code;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * Finds contradictions in a state. It holds between decisions: whatever stage an instance, a
 * reservation or a deployment has reached, none of these rules is broken. A server whose stored
 * state breaks one could destroy data by going on, so it only shows it.
 */
public final class StateChecker {
  private final DurableState state;
  private final List<Violation> found = new ArrayList<>();

  private StateChecker(DurableState state) {
    this.state = state;
  }

  /**
   * All contradictions in what is committed.
   *
   * @param state the state
   * @return empty when all is well
   */
  public static List<Violation> check(DurableState state) {
    StateChecker checker = new StateChecker(state);
    checker.checkInstances();
    checker.checkReservations();
    checker.checkRest();
    checker.checkIndexes();
    return List.copyOf(checker.found);
  }

  /**
   * The checks of a state as {@link Replay} made it: what is derived was derived just now. They are
   * independent of each other, so that they can be made at the same time.
   *
   * @param state the state
   * @return each gives the contradictions that it finds; all is well when none does
   */
  public static List<Supplier<List<Violation>>> checksOfReplayed(DurableState state) {
    return List.of(
        () -> found(state, StateChecker::checkInstances),
        () -> found(state, StateChecker::checkReservations),
        () -> found(state, StateChecker::checkRest));
  }

  private static List<Violation> found(DurableState state, Consumer<StateChecker> check) {
    StateChecker checker = new StateChecker(state);
    check.accept(checker);
    return List.copyOf(checker.found);
  }

  /**
   * All contradictions, also in what is transient.
   *
   * @param state the state
   * @return empty when all is well
   */
  public static List<Violation> check(ClusterState state) {
    List<Violation> all = new ArrayList<>(check(state.durable()));
    TreePMap<AgentId, TreePSet<OfferId>> byAgent = TreePMap.empty();
    for (HeldOffer held : state.present().offers().values()) {
      AgentId agent = held.offer().agent().id();
      TreePSet<OfferId> others = byAgent.get(agent);
      TreePSet<OfferId> none = TreePSet.empty();
      byAgent = byAgent.plus(agent, (others == null ? none : others).plus(held.offer().id()));
    }
    if (!byAgent.equals(state.present().offersByAgent())) {
      all.add(
          new Violation(Code.INDEX_WRONG, "The index of offers by agent differs from the offers."));
    }
    return List.copyOf(all);
  }

  private void report(Code code, String sentence) {
    found.add(new Violation(code, sentence));
  }

  private void checkRest() {
    checkApps();
    checkDeployments();
    checkFiling();
  }

  private void checkApps() {
    state
        .apps()
        .forEach(
            (id, app) -> {
              if (app.versions().isEmpty()) {
                report(Code.MISFILED, "The app " + id + " is kept without any version.");
              }
              app.versions()
                  .forEach(
                      (version, definition) -> {
                        if (!definition.id().equals(id) || !definition.version().equals(version)) {
                          report(
                              Code.MISFILED,
                              String.format(
                                  "Version %s of the app %s is kept as version %s of %s.",
                                  definition.version(), definition.id(), version, id));
                        }
                      });
            });
  }

  private void checkInstances() {
    for (Map.Entry<AppId, AppInstances> entry : state.instances().entrySet()) {
      Map<Integer, InstanceId> byOrdinal = new LinkedHashMap<>();
      for (Map.Entry<InstanceId, Instance> filed : entry.getValue().all().entrySet()) {
        Instance instance = filed.getValue();
        checkFiling(entry.getKey(), filed.getKey(), instance);
        checkTask(instance);
        checkHome(instance);
        InstanceId other =
            instance.goal() == Goal.RUNNING
                ? byOrdinal.put(instance.ordinal(), instance.id())
                : null;
        if (other != null) {
          report(
              Code.ORDINAL_SHARED,
              String.format(
                  "The instances %s and %s are both to run as ordinal %d of %s.",
                  other, instance.id(), instance.ordinal(), entry.getKey()));
        }
      }
    }
  }

  private void checkFiling(AppId app, InstanceId id, Instance instance) {
    boolean wellFormed = InstanceId.parse(id.value()).isPresent();
    if (!wellFormed
        || !instance.id().equals(id)
        || !instance.appId().equals(app)
        || !id.appId().equals(app)
        || instance.ordinal() < 0) {
      report(
          Code.MISFILED,
          String.format(
              "The instance %s of %s with ordinal %d is kept as %s of %s.",
              instance.id(), instance.appId(), instance.ordinal(), id, app));
    }
  }

  private void checkTask(Instance instance) {
    if (instance.task().isEmpty()) {
      return;
    }
    Task task = instance.task().get();
    boolean named =
        TaskId.parse(task.id().value()).isPresent()
            && task.id().instanceId().equals(instance.id())
            && task.id().incarnation() <= instance.incarnation();
    if (!named || task.condition() == Condition.SCHEDULED) {
      report(
          Code.TASK_MISNAMED,
          String.format(
              "The instance %s with %d runs so far has the task %s, which is %s.",
              instance.id(), instance.incarnation(), task.id(), task.condition()));
    }
  }

  private void checkHome(Instance instance) {
    if (instance.reservation().isEmpty()) {
      return;
    }
    ReservationId id = instance.reservation().get();
    Reservation home = state.reservations().get(id);
    if (home == null) {
      report(
          Code.HOME_UNKNOWN,
          "The instance " + instance.id() + " has the home " + id + ", which does not exist.");
      return;
    }
    if (!home.owner().equals(Optional.of(instance.id()))) {
      report(
          Code.OWNER_MISMATCH,
          String.format(
              "The instance %s has the home %s, whose owner is %s.",
              instance.id(), id, home.owner().map(InstanceId::value).orElse("nobody")));
    }
    instance.task().ifPresent(task -> checkPlace(task, home));
  }

  /**
   * An agent may have come back under another name, which offers tell before tasks do: then its
   * host is the same, or the task is known to be out of reach.
   */
  private void checkPlace(Task task, Reservation home) {
    boolean here = task.agent().equals(home.agent()) || task.hostname().equals(home.hostname());
    if (task.isLive() && task.condition() != Condition.UNREACHABLE && !here) {
      report(
          Code.TASK_ELSEWHERE,
          String.format(
              "The task %s runs on %s (%s), but the home %s of its instance is on %s (%s).",
              task.id(), task.agent(), task.hostname(), home.id(), home.agent(), home.hostname()));
    }
  }

  private void checkReservations() {
    long volumes = 0;
    for (Reservation reservation : state.reservations().values()) {
      checkOwner(reservation);
      volumes += reservation.volumes().size();
      for (Volume volume : reservation.volumes()) {
        checkDestruction(reservation, volume);
      }
    }
    if (volumes != state.reservationIndex().volumes().size()) {
      checkPlaces();
    }
  }

  /** Where each volume is known in one place, there are as many places as volumes. */
  private void checkPlaces() {
    Map<VolumeId, ReservationId> places = new LinkedHashMap<>();
    for (Reservation reservation : state.reservations().values()) {
      for (Volume volume : reservation.volumes()) {
        ReservationId other = places.put(volume.id(), reservation.id());
        if (other != null) {
          report(
              Code.VOLUME_SHARED,
              String.format(
                  "The volume %s lies in the reservation %s and in %s.",
                  volume.id(), other, reservation.id()));
        }
      }
    }
  }

  private void checkOwner(Reservation reservation) {
    boolean ownerExpected =
        switch (reservation.state()) {
          case ReservationState.Requested _, ReservationState.Held _ -> true;
          case ReservationState.LeftBehind _, ReservationState.Releasing _ -> false;
        };
    if (reservation.owner().isPresent() != ownerExpected) {
      report(
          Code.OWNER_UNEXPECTED,
          String.format(
              "The reservation %s is %s, but its owner is %s.",
              reservation.id(),
              reservation.state(),
              reservation.owner().map(InstanceId::value).orElse("nobody")));
    }
    if (reservation.owner().isEmpty()) {
      return;
    }
    InstanceId owner = reservation.owner().get();
    Optional<Instance> instance = state.instance(owner);
    boolean mutual =
        instance
            .filter(it -> it.reservation().equals(Optional.of(reservation.id())))
            .filter(it -> it.appId().equals(reservation.appId()))
            .isPresent();
    if (!mutual) {
      report(
          Code.OWNER_MISMATCH,
          String.format(
              "The reservation %s of %s is owned by the instance %s, whose home is %s.",
              reservation.id(),
              reservation.appId(),
              owner,
              instance.isEmpty()
                  ? "unknown, because it does not exist"
                  : instance.get().reservation().map(ReservationId::value).orElse("none")));
    }
  }

  private void checkDestruction(Reservation reservation, Volume volume) {
    boolean destroyed =
        switch (volume.state()) {
          case REQUESTED, CREATED -> false;
          case DESTROYING, DESTROYED -> true;
        };
    if (destroyed && !(reservation.state() instanceof ReservationState.Releasing)) {
      report(
          Code.VOLUME_DESTROYED_UNASKED,
          String.format(
              "The volume %s is %s, but its reservation %s is %s.",
              volume.id(), volume.state(), reservation.id(), reservation.state()));
    }
  }

  private void checkDeployments() {
    SortedMap<AppId, DeploymentId> byApp = new TreeMap<>();
    for (Deployment deployment : state.deployments().values()) {
      int step = deployment.currentStep();
      if (step < 0 || step >= deployment.steps().size()) {
        report(
            Code.DEPLOYMENT_STEP_UNKNOWN,
            String.format(
                "The deployment %s is at step %d, counted from 0, but it has %d.",
                deployment.id(), step, deployment.steps().size()));
      }
      checkActions(deployment);
      for (AppId app : deployment.originals().keySet()) {
        DeploymentId other = byApp.put(app, deployment.id());
        if (other != null) {
          report(
              Code.DEPLOYMENTS_OVERLAP,
              String.format(
                  "The deployments %s and %s are both about the app %s.",
                  other, deployment.id(), app));
        }
      }
    }
  }

  private void checkActions(Deployment deployment) {
    for (Deployment.Step step : deployment.steps()) {
      for (Deployment.Action action : step.actions()) {
        boolean stopped = action.kind() == Deployment.Kind.STOP;
        if (!stopped && !state.apps().containsKey(action.app())) {
          report(
              Code.DEPLOYMENT_APP_UNKNOWN,
              String.format(
                  "The deployment %s is to %s the app %s, which does not exist.",
                  deployment.id(), action.kind(), action.app()));
        }
      }
    }
  }

  private void checkFiling() {
    state
        .reservations()
        .forEach((id, reservation) -> checkFiling("reservation", id, reservation.id()));
    state.deployments().forEach((id, deployment) -> checkFiling("deployment", id, deployment.id()));
    state.agents().forEach((id, agent) -> checkFiling("agent", id, agent.id()));
    state.failures().forEach((id, failure) -> checkFiling("failure", id, failure.appId()));
  }

  private void checkFiling(String kind, Object key, Object own) {
    if (!key.equals(own)) {
      report(Code.MISFILED, "The " + kind + " " + own + " is kept as " + key + ".");
    }
  }

  /** Derives everything anew, all at once; it was kept up to date one change at a time. */
  private void checkIndexes() {
    Replay replay = new Replay();
    for (AppInstances instances : state.instances().values()) {
      for (Instance instance : instances.all().values()) {
        replay.add(new Change.InstancePut(instance));
      }
    }
    for (Reservation reservation : state.reservations().values()) {
      replay.add(new Change.ReservationPut(reservation));
    }
    DurableState derived = replay.state();
    compare("the indexes of instances", state.instances(), derived.instances());
    ReservationIndex kept = state.reservationIndex();
    ReservationIndex anew = derived.reservationIndex();
    compare("the index of volumes", kept.volumes(), anew.volumes());
    compare("the index of reservations by agent", kept.byAgent(), anew.byAgent());
    compare("the index of releases", kept.releasing(), anew.releasing());
    compare("the index of what is left behind", kept.leftBehind(), anew.leftBehind());
    compare("the index of apps that wait", state.waitingApps(), derived.waitingApps());
    compare("the index of places", state.spread(), derived.spread());
    compare(
        "the index of service ports",
        state.servicePorts(),
        ServicePortUse.of(state.apps().values()));
  }

  private void compare(String what, Object kept, Object derived) {
    if (!kept.equals(derived)) {
      report(
          Code.INDEX_WRONG, "Of what is derived, " + what + " is not what deriving it anew gives.");
    }
  }
}
