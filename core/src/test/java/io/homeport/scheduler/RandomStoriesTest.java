package io.homeport.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.model.AppId;
import io.homeport.model.Condition;
import io.homeport.model.Goal;
import io.homeport.model.Instance;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationState;
import io.homeport.model.TaskId;
import io.homeport.model.Volume;
import io.homeport.model.VolumeId;
import io.homeport.state.App;
import io.homeport.state.AppInstances;
import io.homeport.state.ClusterState;
import io.homeport.state.DurableState;
import io.homeport.state.TransientState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Stories nobody thought of: users, failures and restarts at random, on a well-behaved engine. */
class RandomStoriesTest {
  private static final int APPS = 3;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Long.getLong("homeport.stories", 100));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whateverHappensWhatIsWantedIsThereInTheEnd(long seed) {
    Random random = new Random(seed);
    Story story = Story.onAgents("a", "b", "c");
    TreeSet<String> down = new TreeSet<>();
    for (int step = 0; step < 150; step++) {
      act(story, random, down, step);
      check(story, "seed " + seed + " step " + step);
      story.pass(Duration.ofMillis(random.nextInt(3000)));
      check(story, "seed " + seed + " step " + step);
    }
    for (String agent : List.copyOf(down)) {
      story.cluster.bringBack(agent, random.nextBoolean());
      story.settle();
    }
    for (int minute = 0; minute < 20; minute++) {
      story.pass(Duration.ofMinutes(1));
      story.cluster.forgetFilters();
      story.settle();
    }
    check(story, "seed " + seed + " at the end");
    checkConverged(story, "seed " + seed);
    assertThat(story.replay.state()).as("seed " + seed).isEqualTo(story.state.durable());
  }

  private static void act(Story story, Random random, NavigableSet<String> down, int step) {
    String id = "/app" + random.nextInt(APPS);
    int instances = random.nextInt(4);
    switch (random.nextInt(14)) {
      case 0, 1, 2, 3 ->
          story.put(
              id.equals("/app0") ? Story.stateless(id, instances) : Story.stateful(id, instances));
      case 4 -> story.ask(new Command.DeleteApp(new AppId(id), true, Optional.empty()));
      case 5 -> story.ask(new Command.RestartApp(new AppId(id), random.nextBoolean()));
      case 6, 7 -> killOne(story, id, random);
      case 8, 9 ->
          anyTask(story, id, random)
              .ifPresent(
                  task -> {
                    story.cluster.fail(task);
                    story.settle();
                  });
      case 10 -> {
        String agent = List.of("a", "b", "c").get(random.nextInt(3));
        if (down.add(agent)) {
          story.cluster.cutOff(agent);
          story.settle();
        }
      }
      case 11 -> {
        if (!down.isEmpty()) {
          story.cluster.bringBack(down.pollFirst(), random.nextBoolean());
          story.settle();
        }
      }
      case 12 -> {
        story.cluster.events.clear();
        story.state = new ClusterState(story.state.durable(), TransientState.EMPTY);
        story.give(new Input.Led("term" + step + "x", "other"));
        story.cluster.reconnect();
        story.settle();
      }
      default -> volumes(story, random);
    }
  }

  private static void volumes(Story story, Random random) {
    List<VolumeId> all =
        new ArrayList<>(story.state.durable().reservationIndex().volumes().keySet());
    if (all.isEmpty()) {
      return;
    }
    VolumeId volume = all.get(random.nextInt(all.size()));
    story.ask(
        random.nextBoolean()
            ? new Command.DestroyVolume(volume)
            : new Command.AdoptVolume(
                volume, new AppId("/app" + (1 + random.nextInt(APPS - 1))), Optional.empty()));
  }

  private static void killOne(Story story, String id, Random random) {
    List<Instance> all = story.instances(id);
    if (!all.isEmpty()) {
      Command.KillMode mode = List.of(Command.KillMode.values()).get(random.nextInt(4));
      story.ask(
          new Command.KillInstances(
              List.of(all.get(random.nextInt(all.size())).id()), mode, random.nextBoolean()));
    }
  }

  private static Optional<TaskId> anyTask(Story story, String id, Random random) {
    List<TaskId> tasks =
        story.instances(id).stream()
            .flatMap(instance -> instance.task().stream())
            .map(task -> task.id())
            .toList();
    return tasks.isEmpty()
        ? Optional.empty()
        : Optional.of(tasks.get(random.nextInt(tasks.size())));
  }

  private static void check(Story story, String when) {
    DurableState state = story.state.durable();
    for (Reservation reservation : state.reservations().values()) {
      reservation
          .owner()
          .ifPresent(
              owner -> {
                Instance instance =
                    state.instance(owner).orElseThrow(() -> new AssertionError(when));
                assertThat(instance.reservation()).as(when).contains(reservation.id());
              });
      boolean owned = reservation.owner().isPresent();
      boolean free =
          reservation.state() instanceof ReservationState.LeftBehind
              || reservation.state() instanceof ReservationState.Releasing;
      assertThat(owned).as(when + " " + reservation).isNotEqualTo(free);
    }
    for (AppInstances instances : state.instances().values()) {
      TreeSet<Integer> ordinals = new TreeSet<>();
      for (Instance instance : instances.all().values()) {
        if (instance.goal() != Goal.DECOMMISSIONED) {
          assertThat(ordinals.add(instance.ordinal())).as(when + " " + instance).isTrue();
        }
        instance
            .reservation()
            .ifPresent(
                home ->
                    assertThat(state.reservation(home).flatMap(Reservation::owner))
                        .as(when)
                        .contains(instance.id()));
      }
    }
    // One tenant, as the cluster sees it.
    TreeSet<String> used = new TreeSet<>();
    for (TestCluster.Node node : story.cluster.nodes.values()) {
      node.tasks
          .values()
          .forEach(
              task ->
                  task.reservation()
                      .ifPresent(
                          home ->
                              assertThat(used.add(home.id().value()))
                                  .as(when + " " + home.id())
                                  .isTrue()));
    }
  }

  private static void checkConverged(Story story, String when) {
    DurableState state = story.state.durable();
    for (App app : state.apps().values()) {
      AppInstances instances = state.instancesOf(app.id());
      assertThat(instances.running()).as(when).isEqualTo(app.definition().instances());
      assertThat(instances.waiting()).as(when + " " + instances).isEmpty();
      assertThat(
              instances.all().values().stream()
                  .filter(i -> i.goal() == Goal.RUNNING)
                  .allMatch(i -> i.condition() == Condition.RUNNING))
          .as(when + " " + instances)
          .isTrue();
      assertThat(instances.leaving()).as(when).isEmpty();
    }
    assertThat(state.deployments()).as(when).isEmpty();
    assertThat(state.reservationIndex().releasing()).as(when).isEmpty();
    TreeSet<String> kept = new TreeSet<>();
    state.reservations().values().stream()
        .flatMap(reservation -> reservation.volumes().stream())
        .map(Volume::id)
        .forEach(volume -> kept.add(volume.value()));
    TreeSet<String> there = new TreeSet<>();
    story.cluster.nodes.values().forEach(node -> there.addAll(node.volumes.keySet()));
    assertThat(there).as(when).isEqualTo(kept);
  }
}
