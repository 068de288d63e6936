package io.homeport.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.model.AgentId;
import io.homeport.model.AgentStatus;
import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.Call;
import io.homeport.model.ClusterEvent;
import io.homeport.model.Condition;
import io.homeport.model.Event;
import io.homeport.model.Goal;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.model.Operation;
import io.homeport.model.Pool;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationState;
import io.homeport.model.Residency;
import io.homeport.model.Task;
import io.homeport.model.UpgradeStrategy;
import io.homeport.model.Volume;
import io.homeport.model.VolumeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The life of instances with volumes, told as stories on a well-behaved engine. */
class StatefulStoriesTest {
  private static List<String> volumes(Story story, String app) {
    return story.instances(app).stream()
        .flatMap(instance -> story.state.durable().reservationOf(instance).stream())
        .flatMap(home -> home.volumes().stream())
        .map(volume -> volume.id().value())
        .toList();
  }

  private static List<Condition> conditions(Story story, String app) {
    return story.instances(app).stream().map(Instance::condition).toList();
  }

  private static Task task(Story story, String app, int index) {
    return story.instances(app).get(index).task().orElseThrow();
  }

  @Test
  void newInstancesReserveCreateAndLaunchInOneAccept() {
    Story story = Story.onAgents("a", "b");
    story.put(Story.stateful("/db", 2));

    assertThat(conditions(story, "/db")).containsExactly(Condition.RUNNING, Condition.RUNNING);
    assertThat(story.state.durable().reservations().values())
        .extracting(Reservation::state)
        .allMatch(ReservationState.Held.class::isInstance);
    assertThat(story.state.durable().reservations().values())
        .flatExtracting(Reservation::volumes)
        .extracting(Volume::state)
        .containsOnly(Volume.State.CREATED);
    assertThat(story.state.durable().reservations().values())
        .extracting(Reservation::agent)
        .containsExactlyInAnyOrder(new AgentId("a"), new AgentId("b"));
    List<Call.Accept> accepts =
        story.cluster.calls.stream()
            .filter(Call.Accept.class::isInstance)
            .map(Call.Accept.class::cast)
            .toList();
    assertThat(accepts).hasSize(2);
    assertThat(accepts)
        .allSatisfy(
            accept ->
                assertThat(accept.operations())
                    .hasExactlyElementsOfTypes(
                        Operation.Reserve.class, Operation.Create.class, Operation.Launch.class));
    assertThat(story.state.durable().deployments()).isEmpty();
  }

  @Test
  void atRestNothingIsSentButSlowReconciliation() {
    Story story = Story.onAgents("a");
    story.put(Story.stateful("/db", 1));
    int before = story.cluster.calls.size();
    story.pass(Duration.ofMinutes(9));
    assertThat(story.cluster.calls.subList(before, story.cluster.calls.size()))
        .allMatch(Call.Reconcile.class::isInstance)
        .hasSizeLessThan(10);
  }

  @Test
  void aFailedTaskComesHomeAfterItsBackoff() {
    Story story = Story.onAgents("a", "b");
    story.put(Story.stateful("/db", 1));
    List<String> before = volumes(story, "/db");
    AgentId home = task(story, "/db", 0).agent();

    story.cluster.fail(task(story, "/db", 0).id());
    story.settle();
    assertThat(conditions(story, "/db")).containsExactly(Condition.FAILED);
    story.pass(Duration.ofSeconds(2));

    assertThat(conditions(story, "/db")).containsExactly(Condition.RUNNING);
    assertThat(task(story, "/db", 0).agent()).isEqualTo(home);
    assertThat(task(story, "/db", 0).id().incarnation()).isEqualTo(2);
    assertThat(volumes(story, "/db")).isEqualTo(before);
    assertThat(story.cluster.destroyed).isEmpty();
  }

  @Test
  void scalingDownDetachesTheHighestAndScalingUpBringsThemBack() {
    Story story = Story.onAgents("a", "b");
    story.put(Story.stateful("/db", 3));
    List<String> before = volumes(story, "/db");

    story.put(Story.stateful("/db", 1));
    assertThat(story.instances("/db"))
        .extracting(Instance::goal)
        .containsExactly(Goal.RUNNING, Goal.STOPPED, Goal.STOPPED);
    assertThat(story.instances("/db").subList(1, 3)).allMatch(Instance::isDetached);

    story.put(Story.stateful("/db", 3));
    assertThat(conditions(story, "/db")).containsOnly(Condition.RUNNING).hasSize(3);
    assertThat(volumes(story, "/db")).isEqualTo(before);
    assertThat(story.cluster.destroyed).isEmpty();
  }

  /** The first of two instances has its reservation, with or without its volume. */
  @Test
  void whatWasNeverReservedIsLetGoWhenItIsNotWantedAnyMore() {
    for (int done = 0; done <= 2; done++) {
      Story story = Story.onAgents("a");
      story.cluster.operationsDone = done;
      story.put(Story.stateful("/db", 2));
      story.put(Story.stateful("/db", 0), true);
      story.cluster.operationsDone = Integer.MAX_VALUE;
      story.cluster.reconnect();
      story.settle();
      story.pass(Duration.ofMinutes(1));

      int reserved = done == 0 ? 0 : 1;
      assertThat(story.instances("/db")).hasSize(reserved);
      assertThat(story.state.durable().reservations()).hasSize(reserved);
      assertThat(story.cluster.destroyed).isEmpty();
      List<String> promised = volumes(story, "/db");
      story.put(Story.stateful("/db", 2), true);
      assertThat(conditions(story, "/db")).containsExactly(Condition.RUNNING, Condition.RUNNING);
      assertThat(volumes(story, "/db")).containsAll(promised);
    }
  }

  @Test
  void whatWasNeverMadeIsMadeWhenItIsWantedAgain() {
    Story story = Story.onAgents("a");
    story.cluster.operationsDone = 1;
    story.put(Story.stateful("/db", 1));
    List<String> promised = volumes(story, "/db");
    story.cluster.operationsDone = Integer.MAX_VALUE;
    story.cluster.reconnect();
    story.settle();
    story.pass(Duration.ofMinutes(1));
    assertThat(conditions(story, "/db")).containsExactly(Condition.RUNNING);
    assertThat(volumes(story, "/db")).isEqualTo(promised);
  }

  @Test
  void aChangeOfWhatOnlyTheSchedulerGoesByRestartsNothing() {
    Story story = Story.onAgents("a", "b");
    AppDefinition app = Story.stateful("/db", 2);
    story.put(app);
    Optional<Instant> version = story.version("/db");
    Residency patient =
        new Residency(Duration.ofMinutes(5), Residency.TaskLostBehavior.RELAUNCH_AFTER_TIMEOUT);
    story.put(
        app.withSchedulingOf(
            Story.app("/other", 1, app.container(), app.upgradeStrategy(), patient)));

    assertThat(conditions(story, "/db")).containsExactly(Condition.RUNNING, Condition.RUNNING);
    assertThat(task(story, "/db", 0).id().incarnation()).isEqualTo(1);
    assertThat(task(story, "/db", 1).id().incarnation()).isEqualTo(1);
    assertThat(story.version("/db")).isNotEqualTo(version);
    assertThat(story.state.durable().deployments()).isEmpty();
  }

  @Test
  void deletingDestroysVolumesAndFreesReservations() {
    Story story = Story.onAgents("a", "b");
    story.put(Story.stateful("/db", 3));
    List<String> before = volumes(story, "/db");
    story.ask(new Command.DeleteApp(new AppId("/db"), true, Optional.empty()));

    assertThat(story.state.durable().apps()).isEmpty();
    assertThat(story.state.durable().instances()).isEmpty();
    assertThat(story.state.durable().reservations()).isEmpty();
    assertThat(story.state.durable().deployments()).isEmpty();
    assertThat(story.cluster.destroyed).containsExactlyInAnyOrderElementsOf(before);
    assertThat(story.published)
        .as("each destruction is told once")
        .filteredOn(
            event ->
                event instanceof Event.VolumeChanged changed
                    && changed.status() == VolumeStatus.DESTROYED)
        .extracting(event -> ((Event.VolumeChanged) event).volume().value())
        .containsExactlyInAnyOrderElementsOf(before);
    assertThat(story.cluster.nodes.values()).allMatch(node -> node.reservations.isEmpty());
  }

  @Test
  void anUnreachableAgentIsWaitedForAndItsTaskResumes() {
    Story story = Story.onAgents("a", "b");
    story.put(Story.stateful("/db", 2));
    story.cluster.cutOff("a");
    story.settle();
    story.pass(Duration.ofHours(5));
    assertThat(story.instances("/db")).hasSize(2);
    assertThat(conditions(story, "/db")).contains(Condition.UNREACHABLE, Condition.RUNNING);
    assertThat(Explanation.of(story.state, new AppId("/db"), story.now).problems()).hasSize(1);

    story.cluster.bringBack("a", true);
    story.settle();
    assertThat(conditions(story, "/db")).containsOnly(Condition.RUNNING);
    assertThat(story.state.durable().reservations()).hasSize(2);
  }

  /** A master that failed meanwhile does not say by itself that the tasks are back, too. */
  @Test
  void anAgentThatReturnsWithoutAWordAboutItsTasksIsAskedAboutThem() {
    Story story = Story.onAgents("a");
    story.put(Story.stateful("/db", 1));
    story.cluster.cutOff("a");
    story.settle();
    assertThat(story.state.present().unreachableSince()).hasSize(1);

    story.cluster.bringBackSilently("a");
    story.settle();
    assertThat(story.state.present().unreachableSince()).isEmpty();
    story.pass(Duration.ofSeconds(5));
    assertThat(conditions(story, "/db")).containsOnly(Condition.RUNNING);
  }

  @Test
  void killingWithScaleLeavesTheDeletionOfAnAppAlone() {
    Story story = Story.onAgents("a");
    story.put(Story.stateful("/db", 1));
    InstanceId id = story.instances("/db").getFirst().id();
    story.give(new Input.Asked(new Command.DeleteApp(new AppId("/db"), false, Optional.empty())));
    story.give(
        new Input.Asked(new Command.KillInstances(List.of(id), Command.KillMode.SCALE, true)));
    story.settle();
    story.pass(Duration.ofMinutes(1));

    assertThat(story.state.durable().deployments()).isEmpty();
    assertThat(story.instances("/db")).isEmpty();
  }

  @Test
  void anAgentThatReturnsWithoutItsTaskGetsItBackOnTheSameVolume() {
    Story story = Story.onAgents("a", "b");
    story.put(Story.stateful("/db", 2));
    List<String> before = volumes(story, "/db");
    story.cluster.cutOff("a");
    story.settle();
    story.cluster.bringBack("a", false);
    story.settle();
    story.pass(Duration.ofSeconds(5));
    assertThat(conditions(story, "/db")).containsOnly(Condition.RUNNING);
    assertThat(volumes(story, "/db")).isEqualTo(before);
  }

  @Test
  void aKillOfTheUnreachableIsRememberedAndCarriedOutOnReturn() {
    Story story = Story.onAgents("a");
    story.put(Story.stateful("/db", 1));
    Instance instance = story.instances("/db").getFirst();
    story.cluster.cutOff("a");
    story.settle();
    story.ask(new Command.KillInstances(List.of(instance.id()), Command.KillMode.RELAUNCH, false));
    story.cluster.bringBack("a", true);
    story.settle();
    story.pass(Duration.ofSeconds(5));
    assertThat(task(story, "/db", 0).id().incarnation()).isEqualTo(2);
    assertThat(conditions(story, "/db")).containsExactly(Condition.RUNNING);
  }

  /** Time out of reach does not count for a home that came later. */
  @Test
  void anInstanceWithANewHomeIsNotReplacedBecauseItsEarlierAgentWasOutOfReach() {
    Story story = Story.onAgents("a", "b");
    Residency residency =
        new Residency(Duration.ofSeconds(30), Residency.TaskLostBehavior.RELAUNCH_AFTER_TIMEOUT);
    story.put(
        Story.app(
            "/db", 1, Story.stateful("/db", 1).container(), UpgradeStrategy.STATEFUL, residency));
    AgentId lost = task(story, "/db", 0).agent();
    story.cluster.cutOff(lost.value());
    story.settle();
    story.pass(Duration.ofSeconds(10));
    story.give(
        new Input.Observed(
            new ClusterEvent.AgentReported(
                Objects.requireNonNull(story.state.durable().agents().get(lost)),
                AgentStatus.GONE,
                Pool.EMPTY)));
    story.settle();
    story.pass(Duration.ofSeconds(10));
    assertThat(conditions(story, "/db")).containsExactly(Condition.RUNNING);
    assertThat(task(story, "/db", 0).agent()).isNotEqualTo(lost);
    List<Instance> before = story.instances("/db");
    story.pass(Duration.ofMinutes(5));
    assertThat(story.instances("/db")).isEqualTo(before);
  }

  @Test
  void relaunchAfterTimeoutReplacesAndLeavesTheOldVolumeBehind() {
    Story story = Story.onAgents("a", "b");
    Residency residency =
        new Residency(Duration.ofSeconds(30), Residency.TaskLostBehavior.RELAUNCH_AFTER_TIMEOUT);
    AppDefinition app =
        Story.app(
            "/db", 1, Story.stateful("/db", 1).container(), UpgradeStrategy.STATEFUL, residency);
    story.put(app);
    String first = volumes(story, "/db").getFirst();
    String home = task(story, "/db", 0).agent().value();
    story.cluster.cutOff(home);
    story.settle();
    story.pass(Duration.ofSeconds(29));
    assertThat(story.instances("/db")).hasSize(1);
    story.pass(Duration.ofSeconds(3));

    Instance replacement =
        story.instances("/db").stream()
            .filter(instance -> instance.goal() == Goal.RUNNING)
            .findFirst()
            .orElseThrow();
    assertThat(replacement.condition()).isEqualTo(Condition.RUNNING);
    assertThat(replacement.ordinal()).isZero();
    Reservation left =
        story.state.durable().reservationOf(new io.homeport.model.VolumeId(first)).orElseThrow();
    assertThat(left.state()).isInstanceOf(ReservationState.LeftBehind.class);

    story.cluster.bringBack(home, true);
    story.settle();
    assertThat(story.instances("/db")).hasSize(1);
    assertThat(story.cluster.destroyed).isEmpty();

    story.ask(
        new Command.AdoptVolume(
            new io.homeport.model.VolumeId(first), new AppId("/db"), Optional.of(0)));
    story.pass(Duration.ofSeconds(5));
    assertThat(volumes(story, "/db")).containsExactly(first);
    assertThat(conditions(story, "/db")).containsExactly(Condition.RUNNING);
    assertThat(story.cluster.destroyed).isEmpty();
  }

  @Test
  void restartsKeepVolumesAndTheMinimumOfHealthyOnes() {
    Story story = Story.onAgents("a", "b");
    story.put(Story.stateful("/db", 4));
    List<String> before = volumes(story, "/db");
    story.ask(new Command.RestartApp(new AppId("/db"), false));
    story.pass(Duration.ofSeconds(10));
    assertThat(volumes(story, "/db")).isEqualTo(before);
    assertThat(story.instances("/db"))
        .allMatch(instance -> instance.task().orElseThrow().id().incarnation() == 2)
        .allMatch(instance -> instance.condition() == Condition.RUNNING);
    assertThat(story.state.durable().deployments()).isEmpty();
  }

  @Test
  void statelessAppsAreReplacedBesideTheOldOnes() {
    Story story = Story.onAgents("a", "b");
    story.put(Story.stateless("/web", 3));
    List<Instance> before = story.instances("/web");
    story.ask(new Command.RestartApp(new AppId("/web"), false));
    story.pass(Duration.ofSeconds(10));
    assertThat(story.instances("/web")).hasSize(3).doesNotContainAnyElementsOf(before);
    assertThat(conditions(story, "/web")).containsOnly(Condition.RUNNING);
    assertThat(story.state.durable().deployments()).isEmpty();
  }

  @Test
  void theLastFiftyVersionsAreKept() {
    Story story = Story.onAgents("a");
    for (int change = 0; change < 60; change++) {
      story.put(Story.stateless("/web", change % 3));
      story.pass(Duration.ofSeconds(1));
    }
    assertThat(
            Objects.requireNonNull(story.state.durable().apps().get(new AppId("/web"))).versions())
        .hasSize(50);
  }

  @Test
  void whatFitsNowhereWaitsWithEveryReason() {
    Story story = Story.onAgents("a", "b");
    story.put(Story.stateless("/web", 20));
    long waiting = story.instances("/web").stream().filter(Instance::needsLaunch).count();
    assertThat(waiting).isEqualTo(4);
    Explanation explanation = Explanation.of(story.state, new AppId("/web"), story.now);
    assertThat(explanation.waiting()).hasSize(4);
    assertThat(explanation.waiting().getFirst().agents())
        .allSatisfy(agent -> assertThat(agent.unmet()).isNotEmpty());
    assertThat(story.state.durable().deployments()).hasSize(1);
  }

  @Test
  void wipeDestroysAndReplaces() {
    Story story = Story.onAgents("a");
    story.put(Story.stateful("/db", 1));
    List<String> before = volumes(story, "/db");
    story.ask(
        new Command.KillInstances(
            List.of(story.instances("/db").getFirst().id()), Command.KillMode.WIPE, false));
    story.pass(Duration.ofSeconds(5));
    assertThat(story.cluster.destroyed).isEqualTo(before);
    assertThat(volumes(story, "/db")).hasSize(1).doesNotContainAnyElementsOf(before);
    assertThat(conditions(story, "/db")).containsExactly(Condition.RUNNING);
  }
}
