package io.homeport.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.model.AppId;
import io.homeport.model.Call;
import io.homeport.model.Condition;
import io.homeport.model.Instance;
import io.homeport.model.ReservationState;
import io.homeport.model.TaskId;
import io.homeport.model.Volume;
import io.homeport.model.VolumeId;
import io.homeport.state.ClusterState;
import io.homeport.state.DurableState;
import io.homeport.state.Restoration;
import io.homeport.state.SafeMode;
import io.homeport.state.TransientState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A state that is put back while the world has gone on: nothing happens until told. */
class SafeModeStoriesTest {
  private static final Duration HOURS = Duration.ofHours(3);

  /** The server ends, and another one begins with an old state. */
  private static void restore(Story story, DurableState old) {
    SafeMode mode = new SafeMode(story.now, "the state was restored.");
    ClusterState restored = ClusterState.EMPTY.applyAll(Restoration.changes(old, mode));
    story.state = new ClusterState(restored.durable(), TransientState.EMPTY);
    story.cluster.events.clear();
    story.cluster.calls.clear();
    story.give(new Input.Led("term2", "other"));
    story.cluster.reconnect();
    story.settle();
  }

  private static List<Call> effective(Story story) {
    return story.cluster.calls.stream()
        .filter(call -> call instanceof Call.Accept || call instanceof Call.Kill)
        .toList();
  }

  private static SortedSet<String> volumesOnDisks(Story story) {
    SortedSet<String> volumes = new TreeSet<>();
    story.cluster.nodes.values().forEach(node -> volumes.addAll(node.volumes.keySet()));
    return volumes;
  }

  private static SortedSet<TaskId> running(Story story) {
    SortedSet<TaskId> tasks = new TreeSet<>();
    story.cluster.nodes.values().forEach(node -> tasks.addAll(node.tasks.keySet()));
    return tasks;
  }

  private static void delete(Story story, String app) {
    story.ask(new Command.DeleteApp(new AppId(app), false, Optional.empty()));
  }

  private static List<String> quarantined(Story story) {
    return story.state.present().quarantined().values().stream()
        .flatMap(found -> found.offered().volumes().stream())
        .map(volume -> volume.id().value())
        .toList();
  }

  @Test
  void anOldStateDoesNothingUntilToldAndThenOnlyWhatItKnows() {
    Story story = Story.onAgents("a", "b");
    story.put(Story.stateful("/db", 2));
    story.put(Story.stateful("/doomed", 1));
    story.put(Story.stateless("/web", 1));
    DurableState old = story.state.durable();
    story.pass(HOURS);
    story.put(Story.stateful("/later", 1));
    story.put(Story.stateful("/db", 3));
    delete(story, "/doomed");
    story.put(Story.stateless("/web", 2));
    story.pass(HOURS);
    SortedSet<String> volumes = volumesOnDisks(story);
    SortedSet<TaskId> tasks = running(story);
    int destroyed = story.cluster.destroyed.size();

    restore(story, old);
    story.pass(HOURS);
    story.cluster.fail(story.instances("/db").getFirst().task().orElseThrow().id());
    story.pass(HOURS);

    assertThat(effective(story)).isEmpty();
    assertThat(volumesOnDisks(story)).isEqualTo(volumes);
    assertThat(running(story)).hasSize(tasks.size() - 1).allMatch(tasks::contains);

    ResumePlan plan = ResumePlan.of(story.state);
    assertThat(plan.strangers()).as("/db's third, /later and /web's second").hasSize(3);
    assertThat(plan.strangers()).noneMatch(ResumePlan.Stranger::ends);
    assertThat(plan.launches())
        .extracting(instance -> instance.appId().path())
        .containsExactlyInAnyOrder("/db", "/doomed");
    assertThat(plan.kills()).isEmpty();
    assertThat(plan.destructions()).isEmpty();

    story.ask(new Command.Resume());
    story.pass(HOURS);

    assertThat(story.state.durable().safeMode()).isEmpty();
    assertThat(story.instances("/db"))
        .hasSize(2)
        .allMatch(it -> it.condition() == Condition.RUNNING);
    assertThat(story.instances("/web"))
        .hasSize(1)
        .allMatch(it -> it.condition() == Condition.RUNNING);
    assertThat(story.instances("/doomed"))
        .as("its home is gone, and it gets no other by itself")
        .noneMatch(Instance::isLive);
    assertThat(running(story)).as("what is not known goes on").hasSize(tasks.size());
    assertThat(volumesOnDisks(story)).isEqualTo(volumes);
    assertThat(story.cluster.destroyed).hasSize(destroyed);
  }

  @Test
  void theSafeModeOutlivesTheServer() {
    Story story = Story.onAgents("a");
    story.put(Story.stateful("/db", 1));
    DurableState old = story.state.durable();
    delete(story, "/db");
    restore(story, old);
    story.state = new ClusterState(story.state.durable(), TransientState.EMPTY);
    story.give(new Input.Led("term3", "other"));
    story.cluster.reconnect();
    story.pass(HOURS);
    assertThat(story.state.durable().safeMode()).isPresent();
    assertThat(effective(story)).isEmpty();
  }

  @Test
  void requestsAreKeptUntilTheEndOfTheSafeMode() {
    Story story = Story.onAgents("a");
    story.put(Story.stateful("/db", 1));
    story.put(Story.stateful("/gone", 1));
    DurableState old = story.state.durable();
    restore(story, old);
    delete(story, "/gone");
    story.put(Story.stateless("/web", 1));
    story.ask(
        new Command.KillInstances(
            List.of(story.instances("/db").getFirst().id()), Command.KillMode.RELAUNCH, false));
    story.pass(HOURS);
    assertThat(effective(story)).isEmpty();
    assertThat(Explanation.of(story.state, new AppId("/db"), story.now).problems())
        .anyMatch(problem -> problem.contains("safe mode"));
    ResumePlan plan = ResumePlan.of(story.state);
    assertThat(plan.kills()).hasSize(2);
    assertThat(plan.destructions()).hasSize(1);
    assertThat(plan.deployments()).hasSize(2);

    story.ask(new Command.Resume());
    story.pass(HOURS);
    assertThat(story.instances("/web"))
        .hasSize(1)
        .allMatch(it -> it.condition() == Condition.RUNNING);
    assertThat(story.instances("/gone")).isEmpty();
    assertThat(new TreeSet<>(story.cluster.destroyed)).hasSize(1);
    Instance db = story.instances("/db").getFirst();
    assertThat(db.condition()).isEqualTo(Condition.RUNNING);
    assertThat(db.task().orElseThrow().id().incarnation()).isGreaterThan(1_000_000);
    assertThat(story.state.durable().deployments()).isEmpty();
  }

  @Test
  void aLaterRunOfAKnownInstanceGivesWayAndItsIdIsNotRepeated() {
    Story story = Story.onAgents("a", "b");
    story.put(Story.stateful("/db", 1));
    DurableState old = story.state.durable();
    List<TaskId> ran = new ArrayList<>(running(story));
    for (int times = 0; times < 3; times++) {
      story.cluster.fail(running(story).first());
      story.pass(Duration.ofHours(2));
      ran.addAll(running(story));
    }
    SortedSet<String> volumes = volumesOnDisks(story);

    restore(story, old);
    assertThat(effective(story)).isEmpty();
    assertThat(ResumePlan.of(story.state).strangers()).allMatch(ResumePlan.Stranger::ends);
    assertThat(
            story.ask(
                new Command.KillInstances(
                    List.of(story.instances("/db").getFirst().id()),
                    Command.KillMode.RELAUNCH,
                    false)))
        .isInstanceOfSatisfying(
            Reply.Rejected.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.SAFE_MODE));

    story.ask(new Command.Resume());
    story.pass(HOURS);
    assertThat(running(story)).hasSize(1).noneMatch(ran::contains);
    assertThat(story.state.present().unknownTasks()).isEmpty();
    assertThat(volumesOnDisks(story)).isEqualTo(volumes);
  }

  @Test
  void dataThatNoRecordNamesIsWaitedForAndCanBeAdopted() {
    Story story = Story.onAgents("a");
    story.cluster.cutOff("a");
    story.settle();
    story.put(Story.stateful("/db", 1));
    DurableState old = story.state.durable();
    story.cluster.bringBack("a", true);
    story.pass(Duration.ofMinutes(1));
    SortedSet<String> volumes = volumesOnDisks(story);
    TaskId stranger = running(story).first();

    restore(story, old);
    story.ask(new Command.Resume());
    story.pass(HOURS);
    assertThat(running(story)).containsExactly(stranger);
    assertThat(effective(story)).isEmpty();
    assertThat(Explanation.of(story.state, new AppId("/db"), story.now).waiting())
        .singleElement()
        .satisfies(waiting -> assertThat(waiting.reason()).contains(stranger.value()));

    story.ask(
        new Command.PutApps(
            List.of(new Command.AppPut(Story.stateful("/db", 0), story.version("/db"))),
            true,
            new Command.Origin("127.0.0.1", "/v2/apps")));
    story.ask(
        new Command.KillInstances(
            List.of(stranger.instanceId()), Command.KillMode.RELAUNCH, false));
    story.cluster.forgetFilters();
    story.pass(Duration.ofMinutes(1));
    restore(story, story.state.durable());
    assertThat(quarantined(story)).containsExactlyElementsOf(volumes);
    story.ask(
        new Command.AdoptVolume(
            new VolumeId(quarantined(story).getFirst()), new AppId("/db"), Optional.of(0)));
    story.put(Story.stateful("/db", 1));
    assertThat(running(story)).isEmpty();
    story.ask(new Command.Resume());
    story.pass(HOURS);
    assertThat(running(story)).hasSize(1);
    assertThat(volumesOnDisks(story)).isEqualTo(volumes);
    assertThat(story.cluster.destroyed).isEmpty();
  }

  @Test
  void aQuarantinedVolumeIsDestroyedOnRequestAfterTheSafeMode() {
    Story story = Story.onAgents("a");
    DurableState old = story.state.durable();
    story.put(Story.stateful("/db", 1));
    story.put(Story.stateful("/db", 0));
    restore(story, old);
    String volume = quarantined(story).getFirst();
    story.ask(new Command.DestroyVolume(new VolumeId(volume)));
    story.pass(HOURS);
    assertThat(story.cluster.destroyed).isEmpty();
    story.ask(new Command.Resume());
    story.pass(HOURS);
    assertThat(story.cluster.destroyed).containsOnly(volume);
  }

  @Test
  void aReservationWhoseOutcomeWasOpenCountsAsMade() {
    Story story = Story.onAgents("a");
    story.put(Story.stateful("/db", 1));
    DurableState made = story.state.durable();
    var home = made.reservations().values().iterator().next();
    var open =
        home.withVolumes(home.volumes().stream().map(v -> v.in(Volume.State.REQUESTED)).toList())
            .in(
                new ReservationState.Requested(
                    io.homeport.model.OperationId.of(
                        io.homeport.model.OperationId.Kind.RESERVE, home.id(), "x")));
    DurableState old = made.apply(new io.homeport.state.Change.ReservationPut(open));
    restore(story, old);
    assertThat(story.state.durable().reservation(home.id()).orElseThrow().state())
        .isInstanceOf(ReservationState.Held.class);
  }
}
