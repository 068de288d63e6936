package io.homeport.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.model.AgentId;
import io.homeport.model.AgentStatus;
import io.homeport.model.AppDefinition;
import io.homeport.model.Call;
import io.homeport.model.ClusterEvent;
import io.homeport.model.Offer;
import io.homeport.model.OfferedReservation;
import io.homeport.model.Operation;
import io.homeport.model.OperationId;
import io.homeport.model.OperationUpdate;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationId;
import io.homeport.model.TaskId;
import io.homeport.model.TaskState;
import io.homeport.model.TaskUpdate;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the core relies on, whatever the engine: offers are answered at most once, operations
 * succeed or fail one by one, updates are repeated until they are acknowledged, questions are
 * answered, and a volume is offered only while it is vacant.
 */
public abstract class ClusterContract {
  private static final Duration LONG = Duration.ofMinutes(30);

  private Terrain terrain;
  private ContractScheduler scheduler;

  /** A fresh engine with two agents. */
  protected abstract Terrain terrain() throws Exception;

  @BeforeEach
  final void begin() throws Exception {
    terrain = terrain();
    scheduler = new ContractScheduler(terrain);
  }

  @AfterEach
  final void end() {
    terrain.close();
  }

  private static boolean hasRoom(Offer offer) {
    return offer.unreserved().resources().cpus() >= 1
        && offer.unreserved().resources().disk() >= 1000
        && !offer.unreserved().ports().isEmpty();
  }

  private static Optional<OfferedReservation> part(Offer offer, ReservationId home) {
    return offer.reservations().stream().filter(part -> part.id().equals(home)).findFirst();
  }

  /** An app in its home, with the task that runs there. */
  private record Household(AppDefinition app, Reservation home, TaskId task) {}

  private Household moveIn(String name) {
    AppDefinition app = ContractApps.app(name);
    Offer offer = scheduler.offer(ClusterContract::hasRoom);
    Reservation home =
        ContractApps.home(app, offer.agent().id(), offer.unreserved().ports().ports().getFirst());
    TaskId task = ContractApps.task(app, 1);
    int mark = scheduler.heard();
    scheduler.accept(offer, ContractApps.moveIn(app, home, task));
    scheduler.await(mark, task, TaskState.TASK_RUNNING::equals);
    return new Household(app, home, task);
  }

  private Offer vacant(Household household) {
    return scheduler.offer(
        offer ->
            part(offer, household.home().id())
                .filter(part -> !part.volumes().isEmpty())
                .isPresent());
  }

  private void kill(Household household) {
    int mark = scheduler.heard();
    scheduler.send(
        new Call.Kill(household.task(), household.home().agent(), Optional.of(Duration.ZERO)));
    scheduler.await(mark, household.task(), TaskState::hasEnded);
  }

  @Test
  final void theFirstThingIsTheConnectionAndThenOffersOfAllAgents() {
    scheduler.offer(ClusterContract::hasRoom);
    scheduler.await(
        "offers of two agents",
        () -> {
          long agents =
              scheduler.offers().stream().map(offer -> offer.agent().id()).distinct().count();
          return agents == 2 ? Optional.of(true) : Optional.empty();
        });

    assertThat(scheduler.since(0).getFirst()).isInstanceOf(ClusterEvent.Connected.class);
  }

  @Test
  final void oneAcceptMakesAHomeAndLaunchesThere() {
    int mark = scheduler.heard();
    Household household = moveIn("db");

    assertThat(scheduler.await(mark, ContractApps.reserve(household.home().id())).state())
        .isEqualTo(OperationUpdate.State.FINISHED);
    assertThat(scheduler.await(mark, ContractApps.create(household.home())).state())
        .isEqualTo(OperationUpdate.State.FINISHED);
  }

  @Test
  final void aVolumeIsOfferedOnlyWhileNoTaskUsesItAndTheNextRunGetsIt() {
    Household household = moveIn("db");
    scheduler.idle(100);
    assertThat(scheduler.offers()).allMatch(offer -> part(offer, household.home().id()).isEmpty());

    kill(household);
    OfferedReservation part = part(vacant(household), household.home().id()).orElseThrow();
    assertThat(part.installation()).isEqualTo(ContractScheduler.INSTALLATION);
    assertThat(part.volumes())
        .singleElement()
        .extracting(OfferedReservation.OfferedVolume::id)
        .isEqualTo(household.home().volumes().getFirst().id());
    assertThat(part.ports().ports()).isEqualTo(household.home().ports());

    TaskId next = ContractApps.task(household.app(), 2);
    int mark = scheduler.heard();
    scheduler.accept(
        vacant(household), List.of(ContractApps.launch(household.app(), household.home(), next)));
    scheduler.await(mark, next, TaskState.TASK_RUNNING::equals);
  }

  @Test
  final void whatIsReleasedIsFreeAgain() {
    Household household = moveIn("db");
    kill(household);
    Offer offer = vacant(household);
    OfferedReservation part = part(offer, household.home().id()).orElseThrow();
    OperationId destroy =
        OperationId.of(OperationId.Kind.DESTROY, part.volumes().getFirst().id(), "1");
    OperationId unreserve = OperationId.of(OperationId.Kind.UNRESERVE, part.id(), "1");
    OfferedReservation emptied =
        new OfferedReservation(
            part.id(),
            part.installation(),
            part.resources()
                .withDisk(part.resources().disk() + part.volumes().getFirst().sizeMib()),
            part.ports(),
            part.disks(),
            List.of());
    int mark = scheduler.heard();

    scheduler.accept(
        offer,
        List.of(
            new Operation.Destroy(destroy, part, part.volumes().getFirst()),
            new Operation.Unreserve(unreserve, emptied)));

    assertThat(scheduler.await(mark, destroy).state()).isEqualTo(OperationUpdate.State.FINISHED);
    assertThat(scheduler.await(mark, unreserve).state()).isEqualTo(OperationUpdate.State.FINISHED);
    Offer after =
        scheduler.offer(household.home().agent(), open -> part(open, part.id()).isEmpty());
    assertThat(after.reservations()).isEmpty();
  }

  @Test
  final void operationsOfOneAcceptFailOneByOne() {
    Household first = moveIn("one");
    AppDefinition app = ContractApps.app("two");
    Offer offer = scheduler.offer(first.home().agent(), ClusterContract::hasRoom);
    // Its volume has the name of one that is there.
    Reservation home =
        ContractApps.home(app, first.home().agent(), offer.unreserved().ports().ports().getLast())
            .withVolumes(first.home().volumes());
    TaskId task = ContractApps.task(app, 1);
    int mark = scheduler.heard();

    scheduler.accept(offer, ContractApps.moveIn(app, home, task));

    assertThat(scheduler.await(mark, ContractApps.create(home)).state().isGivenUp()).isTrue();
    assertThat(scheduler.await(mark, task, TaskState::hasEnded).state())
        .isIn(TaskState.TASK_ERROR, TaskState.TASK_DROPPED);
    assertThat(scheduler.await(mark, ContractApps.reserve(home.id())).state())
        .isEqualTo(OperationUpdate.State.FINISHED);
    OfferedReservation half =
        part(scheduler.offer(open -> part(open, home.id()).isPresent()), home.id()).orElseThrow();
    assertThat(half.volumes()).isEmpty();
  }

  @Test
  final void whatAsksForTooMuchFailsWithAllThatFollows() {
    AppDefinition app = ContractApps.app("big");
    Offer offer = scheduler.offer(ClusterContract::hasRoom);
    Reservation home =
        ContractApps.home(app, offer.agent().id(), offer.unreserved().ports().ports().getFirst());
    Reservation tooBig =
        new Reservation(
            home.id(),
            home.appId(),
            home.ordinal(),
            home.owner(),
            home.agent(),
            home.hostname(),
            home.role(),
            home.resources().withDisk(1e9),
            home.ports(),
            home.volumes(),
            home.state(),
            home.everRan());
    TaskId task = ContractApps.task(app, 1);
    int mark = scheduler.heard();

    scheduler.accept(offer, ContractApps.moveIn(app, tooBig, task));

    assertThat(scheduler.await(mark, ContractApps.reserve(home.id())).state().isGivenUp()).isTrue();
    assertThat(scheduler.await(mark, ContractApps.create(home)).state().isGivenUp()).isTrue();
    scheduler.await(mark, task, TaskState::hasEnded);
    Offer again = scheduler.offer(offer.agent().id(), ClusterContract::hasRoom);
    assertThat(again.reservations()).isEmpty();
  }

  @Test
  final void anOfferIsUsedOnce() {
    Offer offer = scheduler.offer(ClusterContract::hasRoom);
    scheduler.accept(offer, List.of());
    AppDefinition app = ContractApps.app("late");
    Reservation home =
        ContractApps.home(app, offer.agent().id(), offer.unreserved().ports().ports().getFirst());
    TaskId task = ContractApps.task(app, 1);
    int mark = scheduler.heard();

    scheduler.accept(offer, ContractApps.moveIn(app, home, task));

    assertThat(scheduler.await(mark, ContractApps.reserve(home.id())).state().isGivenUp()).isTrue();
    assertThat(scheduler.await(mark, task, TaskState::hasEnded).state())
        .isEqualTo(TaskState.TASK_DROPPED);
  }

  @Test
  final void anUpdateIsRepeatedUntilItIsAcknowledged() {
    Household household = moveIn("db");
    scheduler.acknowledging(false);
    int mark = scheduler.heard();
    scheduler.send(
        new Call.Kill(household.task(), household.home().agent(), Optional.of(Duration.ZERO)));

    // The local engine leaves out what the end of a task makes old; the last is repeated anyway.
    TaskUpdate repeated =
        scheduler.await("an update that comes again", () -> repeated(scheduler.since(mark)));
    assertThat(repeated.uuid()).isPresent();

    scheduler.acknowledging(true);
    scheduler.await(mark, household.task(), TaskState::hasEnded);
  }

  private static Optional<TaskUpdate> repeated(List<ClusterEvent> events) {
    return events.stream()
        .filter(event -> Collections.frequency(events, event) > 1)
        .filter(ClusterEvent.TaskUpdated.class::isInstance)
        .map(event -> ((ClusterEvent.TaskUpdated) event).update())
        .findFirst();
  }

  @Test
  final void questionsAreAnsweredWithoutAUuid() {
    Household household = moveIn("db");
    TaskId unknown = ContractApps.task(ContractApps.app("nobody"), 1);
    int mark = scheduler.heard();

    scheduler.send(new Call.Reconcile(List.of()));
    TaskUpdate all = scheduler.await(mark, household.task(), TaskState.TASK_RUNNING::equals);
    assertThat(all.uuid()).isEmpty();

    int second = scheduler.heard();
    AgentId agent = household.home().agent();
    scheduler.send(
        new Call.Reconcile(
            List.of(
                new Call.KnownTask(household.task(), agent), new Call.KnownTask(unknown, agent))));
    assertThat(scheduler.await(second, household.task(), _ -> true).state())
        .isEqualTo(TaskState.TASK_RUNNING);
    TaskUpdate none = scheduler.await(second, unknown, TaskState::hasEnded);
    assertThat(none.uuid()).isEmpty();
    assertThat(none.state()).isIn(TaskState.TASK_GONE, TaskState.TASK_UNKNOWN);
  }

  @Test
  final void aKillOfWhatNeverWasIsAnswered() {
    Offer offer = scheduler.offer(ClusterContract::hasRoom);
    TaskId unknown = ContractApps.task(ContractApps.app("nobody"), 1);
    int mark = scheduler.heard();

    scheduler.send(new Call.Kill(unknown, offer.agent().id(), Optional.empty()));

    assertThat(scheduler.await(mark, unknown, TaskState::hasEnded).uuid()).isEmpty();
  }

  @Test
  final void whatIsDeclinedStaysAwayUntilARevive() {
    scheduler.await(
        "both agents", () -> scheduler.offers().size() >= 2 ? Optional.of(1) : Optional.empty());
    scheduler.declineAll(LONG);
    scheduler.idle(100);
    assertThat(scheduler.offers()).isEmpty();

    scheduler.send(new Call.Revive());
    scheduler.offer(ClusterContract::hasRoom);
  }

  @Test
  final void nothingIsOfferedWhileSuppressed() {
    scheduler.await(
        "both agents", () -> scheduler.offers().size() >= 2 ? Optional.of(1) : Optional.empty());
    scheduler.send(new Call.Suppress());
    scheduler.declineAll(Duration.ZERO);
    scheduler.idle(100);
    assertThat(scheduler.offers()).isEmpty();

    scheduler.send(new Call.Revive());
    scheduler.offer(ClusterContract::hasRoom);
  }

  @Test
  final void anAgentThatIsLostAndComesBackStillHasTheVolume() {
    Household household = moveIn("db");
    AgentId agent = household.home().agent();
    int mark = scheduler.heard();

    terrain.loseAgent(agent);
    scheduler.await(
        mark,
        ClusterEvent.AgentReported.class,
        report -> report.agent().id().equals(agent) && report.status() == AgentStatus.UNREACHABLE);
    assertThat(scheduler.offers()).noneMatch(offer -> offer.agent().id().equals(agent));

    int back = scheduler.heard();
    terrain.returnAgent(agent);
    scheduler.await(
        back,
        ClusterEvent.AgentReported.class,
        report -> report.agent().id().equals(agent) && report.status() == AgentStatus.ACTIVE);
    scheduler.await(mark, household.task(), TaskState::hasEnded);
    TaskId next = ContractApps.task(household.app(), 2);
    scheduler.accept(
        vacant(household), List.of(ContractApps.launch(household.app(), household.home(), next)));
    scheduler.await(back, next, TaskState.TASK_RUNNING::equals);
  }
}
