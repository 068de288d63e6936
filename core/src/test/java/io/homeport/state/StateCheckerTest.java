package io.homeport.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.model.Agent;
import io.homeport.model.AgentId;
import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.BackoffStrategy;
import io.homeport.model.Condition;
import io.homeport.model.Deployment;
import io.homeport.model.DeploymentId;
import io.homeport.model.DiskSource;
import io.homeport.model.Goal;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.model.KillSelection;
import io.homeport.model.Offer;
import io.homeport.model.OfferId;
import io.homeport.model.OperationId;
import io.homeport.model.Pool;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationId;
import io.homeport.model.ReservationState;
import io.homeport.model.Resources;
import io.homeport.model.RunCommand;
import io.homeport.model.Task;
import io.homeport.model.TaskId;
import io.homeport.model.UnreachableStrategy;
import io.homeport.model.UpgradeStrategy;
import io.homeport.model.Volume;
import io.homeport.model.VolumeId;
import io.homeport.state.Violation.Code;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.pcollections.TreePMap;

final class StateCheckerTest {
  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
  private static final AppId APP = new AppId("/group/db");
  private static final InstanceId ID = InstanceId.of(APP, "t-1");
  private static final ReservationId HOME = new ReservationId("r-1");
  private static final ReservationState HELD = new ReservationState.Held();
  private static final ReservationState LEFT =
      new ReservationState.LeftBehind(T, "wiped", Optional.empty());
  private static final ReservationState RELEASING =
      new ReservationState.Releasing(T, "deleted", Optional.empty());

  private static AppDefinition app(AppId id) {
    return new AppDefinition(
        id,
        new RunCommand.Pause(),
        Optional.empty(),
        Collections.emptySortedMap(),
        1,
        Resources.NONE,
        Optional.empty(),
        List.of(),
        List.of(),
        false,
        List.of(),
        List.of(),
        List.of(),
        UpgradeStrategy.STATEFUL,
        BackoffStrategy.DEFAULT,
        Collections.emptySortedMap(),
        List.of(),
        "*",
        new UnreachableStrategy.Disabled(),
        KillSelection.YOUNGEST_FIRST,
        Optional.empty(),
        Optional.empty(),
        T,
        T,
        T);
  }

  private static Task task(int run, Condition condition, String agent) {
    return new Task(
        TaskId.of(ID, run),
        new AgentId(agent),
        "host-of-" + agent,
        T,
        condition,
        T,
        Optional.empty(),
        T,
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        "");
  }

  private static Instance instance() {
    return new Instance(
        ID,
        APP,
        0,
        Goal.RUNNING,
        Optional.of(HOME),
        1,
        Optional.of(task(1, Condition.RUNNING, "a1")),
        T);
  }

  private static Volume volume(String unique, Volume.State stage) {
    return new Volume(VolumeId.of(APP, "data", unique), "data", 10, DiskSource.ROOT, stage, T);
  }

  private static Reservation home() {
    return new Reservation(
        HOME,
        APP,
        0,
        Optional.of(ID),
        new AgentId("a1"),
        "host-of-a1",
        "*",
        Resources.NONE,
        List.of(),
        List.of(volume("t-2", Volume.State.CREATED)),
        HELD,
        true);
  }

  private static Reservation renamed(Reservation reservation, String id) {
    return new Reservation(
        new ReservationId(id),
        reservation.appId(),
        reservation.ordinal(),
        reservation.owner(),
        reservation.agent(),
        reservation.hostname(),
        reservation.role(),
        reservation.resources(),
        reservation.ports(),
        reservation.volumes(),
        reservation.state(),
        reservation.everRan());
  }

  private static Reservation unowned(Reservation reservation) {
    return reservation.ownedBy(Optional.empty(), APP, 0);
  }

  private static Deployment deployment(String id, AppId app, Deployment.Kind kind, int step) {
    TreeMap<AppId, Optional<AppDefinition>> originals = new TreeMap<>();
    originals.put(app, Optional.empty());
    return new Deployment(
        new DeploymentId(id),
        T,
        List.of(new Deployment.Step(List.of(new Deployment.Action(kind, app)))),
        step,
        originals,
        T);
  }

  private static Offer offer() {
    Agent agent =
        new Agent(
            new AgentId("a1"),
            "host-of-a1",
            Optional.empty(),
            Optional.empty(),
            Collections.emptySortedMap(),
            List.of());
    return new Offer(new OfferId("o-1"), agent, Pool.EMPTY, List.of());
  }

  private static DurableState state(Change.Stored... further) {
    DurableState state =
        DurableState.EMPTY
            .apply(new Change.AppPut(app(APP)))
            .apply(new Change.InstancePut(instance()))
            .apply(new Change.ReservationPut(home()))
            .apply(new Change.DeploymentPut(deployment("d-1", APP, Deployment.Kind.SCALE, 0)));
    for (Change.Stored change : further) {
      state = state.apply(change);
    }
    return state;
  }

  private static void assertFine(Change.Stored... further) {
    assertThat(StateChecker.check(state(further))).isEmpty();
  }

  private static void assertFound(Code code, Change.Stored... further) {
    assertFound(code, state(further));
  }

  private static void assertFound(Code code, DurableState state) {
    assertThat(StateChecker.check(state)).extracting(Violation::code).contains(code);
  }

  @Test
  void statesOnTheWayAreFine() {
    assertThat(StateChecker.check(ClusterState.EMPTY)).isEmpty();
    assertFine();
    assertFine(
        new Change.ReservationPut(
            home().in(new ReservationState.Requested(new OperationId("reserve~r-1~t-3")))));
    assertFine(new Change.InstancePut(instance().withGoal(Goal.STOPPED)));
    assertFine(new Change.AppRemoved(APP), new Change.DeploymentRemoved(new DeploymentId("d-1")));
    Change.Stored homeless =
        new Change.InstancePut(
            instance().withReservation(Optional.empty()).withGoal(Goal.DECOMMISSIONED));
    assertFine(homeless, new Change.ReservationPut(unowned(home()).in(LEFT)));
    assertFine(
        homeless,
        new Change.ReservationPut(
            unowned(home())
                .in(RELEASING)
                .withVolumes(
                    List.of(
                        volume("t-2", Volume.State.DESTROYING),
                        volume("t-3", Volume.State.DESTROYED)))));
  }

  @Test
  void anAgentMayComeBackUnderAnotherName() {
    assertFine(new Change.ReservationPut(home().on(new AgentId("a9"), "host-of-a1")));
    assertFine(
        new Change.ReservationPut(home().on(new AgentId("a9"), "host-of-a9")),
        new Change.InstancePut(instance().withTask(task(1, Condition.UNREACHABLE, "a1"))));
    assertFine(
        new Change.ReservationPut(home().on(new AgentId("a9"), "host-of-a9")),
        new Change.InstancePut(instance().withTask(task(1, Condition.FAILED, "a1"))));
  }

  @Test
  void homesAndOwnersNameEachOther() {
    assertFound(Code.HOME_UNKNOWN, new Change.ReservationRemoved(HOME));
    assertFound(Code.OWNER_MISMATCH, new Change.InstanceRemoved(ID));
    assertFound(
        Code.OWNER_MISMATCH, new Change.InstancePut(instance().withReservation(Optional.empty())));
    assertFound(
        Code.OWNER_MISMATCH,
        new Change.ReservationPut(home().ownedBy(Optional.of(InstanceId.of(APP, "t-9")), APP, 0)));
    assertFound(
        Code.OWNER_MISMATCH,
        new Change.ReservationPut(home().ownedBy(Optional.of(ID), new AppId("/other"), 0)));
    assertFound(
        Code.OWNER_MISMATCH,
        new Change.InstancePut(
            new Instance(
                InstanceId.of(APP, "t-9"),
                APP,
                1,
                Goal.RUNNING,
                Optional.of(HOME),
                0,
                Optional.empty(),
                T)));
    assertFound(Code.OWNER_UNEXPECTED, new Change.ReservationPut(home().in(LEFT)));
    assertFound(Code.OWNER_UNEXPECTED, new Change.ReservationPut(home().in(RELEASING)));
    assertFound(Code.OWNER_UNEXPECTED, new Change.ReservationPut(unowned(home())));
  }

  @Test
  void volumesLieInOnePlaceAndAreDestroyedOnlyOnRequest() {
    assertFound(
        Code.VOLUME_SHARED, new Change.ReservationPut(unowned(renamed(home(), "r-2")).in(LEFT)));
    assertFound(
        Code.VOLUME_SHARED,
        new Change.ReservationPut(
            home()
                .withVolumes(
                    List.of(
                        volume("t-2", Volume.State.CREATED),
                        volume("t-2", Volume.State.CREATED)))));
    for (Volume.State stage : List.of(Volume.State.DESTROYING, Volume.State.DESTROYED)) {
      assertFound(
          Code.VOLUME_DESTROYED_UNASKED,
          new Change.ReservationPut(home().withVolumes(List.of(volume("t-2", stage)))));
    }
  }

  @Test
  void ordinalsAreGivenOnceAmongThoseThatAreToRun() {
    Instance twin =
        new Instance(
            InstanceId.of(APP, "t-9"),
            APP,
            0,
            Goal.RUNNING,
            Optional.empty(),
            0,
            Optional.empty(),
            T);
    assertFound(Code.ORDINAL_SHARED, new Change.InstancePut(twin));
    assertFine(new Change.InstancePut(twin.withGoal(Goal.DECOMMISSIONED)));
  }

  @Test
  void tasksRunAtHomeUnderTheirNames() {
    assertFound(
        Code.TASK_ELSEWHERE,
        new Change.InstancePut(instance().withTask(task(1, Condition.RUNNING, "a2"))));
    assertFound(
        Code.TASK_MISNAMED,
        new Change.InstancePut(
            new Instance(
                ID,
                APP,
                0,
                Goal.RUNNING,
                Optional.of(HOME),
                0,
                Optional.of(task(1, Condition.RUNNING, "a1")),
                T)));
    assertFound(
        Code.TASK_MISNAMED,
        new Change.InstancePut(instance().withTask(task(1, Condition.SCHEDULED, "a1"))));
  }

  @Test
  void deploymentsAreAboutAppsThatExist() {
    AppId gone = new AppId("/gone");
    assertFine(new Change.DeploymentPut(deployment("d-2", gone, Deployment.Kind.STOP, 0)));
    assertFound(
        Code.DEPLOYMENT_APP_UNKNOWN,
        new Change.DeploymentPut(deployment("d-2", gone, Deployment.Kind.SCALE, 0)));
    assertFound(
        Code.DEPLOYMENT_STEP_UNKNOWN,
        new Change.DeploymentPut(deployment("d-1", APP, Deployment.Kind.SCALE, 1)));
    assertFound(
        Code.DEPLOYMENTS_OVERLAP,
        new Change.DeploymentPut(deployment("d-2", APP, Deployment.Kind.SCALE, 0)));
  }

  @Test
  void thingsAreKeptUnderTheirOwnIds() {
    Instance foreign =
        new Instance(
            ID, new AppId("/other"), 0, Goal.RUNNING, Optional.empty(), 0, Optional.empty(), T);
    assertFound(Code.MISFILED, DurableState.EMPTY.apply(new Change.InstancePut(foreign)));
    assertFound(Code.MISFILED, state(new Change.AppVersionRemoved(APP, T)));
  }

  @Test
  void derivedIndexesAreRecomputed() {
    DurableState good = state();
    DurableState bad =
        new DurableState(
            good.installation(),
            good.term(),
            good.frameworkId(),
            good.safeMode(),
            good.apps(),
            good.instances(),
            good.reservations(),
            good.deployments(),
            good.agents(),
            good.failures(),
            new ReservationIndex(
                TreePMap.empty(),
                TreePMap.empty(),
                good.reservationIndex().releasing().plus(HOME),
                good.reservationIndex().leftBehind().plus(HOME)),
            good.waitingApps().plus(APP),
            Spread.NONE,
            good.servicePorts().plus(12_345));

    assertThat(StateChecker.check(bad))
        .hasSize(7)
        .allSatisfy(violation -> assertThat(violation.code()).isEqualTo(Code.INDEX_WRONG));
    assertThat(
            StateChecker.check(
                new ClusterState(
                    good,
                    TransientState.EMPTY
                        .apply(new Change.OfferAdded(offer(), T))
                        .apply(new Change.OfferRemoved(offer().id())))))
        .isEmpty();
  }

  @Test
  void sentencesNameWhatIsConcerned() {
    assertThat(StateChecker.check(state(new Change.ReservationRemoved(HOME))))
        .singleElement()
        .extracting(Violation::toString)
        .isEqualTo(
            "HOME_UNKNOWN: The instance group_db.instance-t-1 has the home r-1, which does not"
                + " exist.");
  }
}
