package io.homeport.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.model.AppId;
import io.homeport.model.Call;
import io.homeport.model.ClusterEvent;
import io.homeport.model.Condition;
import io.homeport.model.Goal;
import io.homeport.model.Instance;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationState;
import io.homeport.model.Task;
import io.homeport.model.TaskState;
import io.homeport.model.TaskUpdate;
import io.homeport.state.Change;
import io.homeport.state.ClusterState;
import io.homeport.state.DurableState;
import io.homeport.state.StateChecker;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every condition of an instance with a volume, every update of its task, every goal: what is known
 * after it, what is sent because of it, and where it ends once the engine has had its way.
 */
class UpdateMatrixTest {
  private static final AppId APP = new AppId("/db");

  /** A cell of the table, for an instance that is to run, to stop, or to go. */
  record Situation(UpdateMatrix.Cell cell, Goal goal) {
    @Override
    public String toString() {
      return goal + ": " + cell.before() + ", " + cell.heard().name() + " -> " + cell.after();
    }
  }

  static Stream<Situation> situations() {
    return UpdateMatrix.cells().stream()
        .flatMap(cell -> Stream.of(Goal.values()).map(goal -> new Situation(cell, goal)))
        // Once its task has ended, an instance that is to go is gone.
        .filter(s -> s.goal() != Goal.DECOMMISSIONED || !s.cell().before().isTerminal());
  }

  @Test
  void theTableIsWhole() {
    Set<Condition> before =
        UpdateMatrix.cells().stream()
            .map(UpdateMatrix.Cell::before)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Condition.class)));
    // Without a task there is nothing to update; an agent that is gone takes the home along.
    assertThat(EnumSet.complementOf(EnumSet.copyOf(before)))
        .containsExactlyInAnyOrder(Condition.SCHEDULED, Condition.GONE_BY_OPERATOR);
    assertThat(UpdateMatrix.cells().stream().map(cell -> cell.heard().state()).distinct())
        .containsExactlyInAnyOrder(TaskState.values());
    assertThat(UpdateMatrix.cells()).hasSize(before.size() * (TaskState.values().length + 1));
  }

  @ParameterizedTest
  @MethodSource("situations")
  void whatIsKnownAndSentAfterwards(Situation situation) {
    Bench bench = Bench.of(situation);
    Task task = bench.task();
    Reservation home = bench.home();

    Decision decision = bench.hear(situation.cell().heard());

    UpdateMatrix.Cell cell = situation.cell();
    assertThat(bench.task().condition()).isEqualTo(cell.after());
    assertThat(bench.task().id()).isEqualTo(task.id());
    assertThat(StateChecker.check(bench.story.state)).isEmpty();
    assertThat(replayed(bench.before, decision)).isEqualTo(bench.story.state.durable());
    assertThat(calls(decision, Call.Acknowledge.class)).hasSize(1);
    boolean goesOn = cell.after().isLive() && cell.after() != Condition.UNREACHABLE;
    boolean unwanted = situation.goal() != Goal.RUNNING;
    assertThat(calls(decision, Call.Kill.class)).hasSize(goesOn && unwanted ? 1 : 0);
    assertThat(calls(decision, Call.class)).hasSize(goesOn && unwanted ? 2 : 1);
    assertHome(situation, home, bench.home());
  }

  /** An update makes nothing and destroys nothing; it can prove that a home exists or is lost. */
  private static void assertHome(Situation situation, Reservation before, Reservation after) {
    assertThat(after.volumes())
        .extracting("id")
        .isEqualTo(before.volumes().stream().map(v -> v.id()).toList());
    boolean lost =
        situation.cell().isNews()
            && situation.cell().after() == Condition.GONE_BY_OPERATOR
            && situation.goal() != Goal.DECOMMISSIONED;
    if (lost) {
      assertThat(after.state()).isInstanceOf(ReservationState.LeftBehind.class);
    } else if (situation.goal() == Goal.DECOMMISSIONED) {
      assertThat(after.state()).isInstanceOf(ReservationState.Releasing.class);
    } else {
      assertThat(after.state()).isEqualTo(before.state());
      assertThat(after.owner()).isEqualTo(before.owner());
    }
  }

  @ParameterizedTest
  @MethodSource("situations")
  void whereItEnds(Situation situation) {
    Bench bench = Bench.of(situation);
    Task task = bench.task();
    Reservation home = bench.home();
    bench.hear(situation.cell().heard());

    bench.comeToRest();

    DurableState state = bench.story.state.durable();
    Optional<Instance> instance = state.instance(task.id().instanceId());
    boolean outOfReach = situation.cell().after() == Condition.UNREACHABLE;
    boolean gone =
        situation.cell().isNews() && situation.cell().after() == Condition.GONE_BY_OPERATOR;
    switch (situation.goal()) {
      case RUNNING -> {
        assertThat(instance.orElseThrow().condition())
            .isEqualTo(outOfReach ? Condition.UNREACHABLE : Condition.RUNNING);
        assertThat(instance.flatMap(Instance::reservation).map(home.id()::equals)).contains(!gone);
      }
      case STOPPED -> {
        assertThat(instance.orElseThrow().isDetached()).isEqualTo(!outOfReach);
        assertThat(instance.flatMap(Instance::reservation).isPresent()).isEqualTo(!gone);
      }
      case DECOMMISSIONED -> {
        assertThat(instance.isPresent()).isEqualTo(outOfReach);
        // Its agent may come back under another name, with a volume that is still to be destroyed.
        assertThat(state.reservation(home.id()).isPresent()).isEqualTo(outOfReach || gone);
      }
    }
    assertThat(bench.story.cluster.destroyed.isEmpty())
        .isEqualTo(outOfReach || gone || situation.goal() != Goal.DECOMMISSIONED);
    assertThat(state.reservations()).hasSizeLessThanOrEqualTo(gone ? 2 : 1);
  }

  private static DurableState replayed(ClusterState before, Decision decision) {
    List<Change> stored =
        decision.changes().stream().filter(Change.Stored.class::isInstance).toList();
    return before.applyAll(stored).durable();
  }

  private static <C extends Call> List<C> calls(Decision decision, Class<C> kind) {
    return decision.effects().stream()
        .filter(Effect.Send.class::isInstance)
        .map(effect -> ((Effect.Send) effect).call())
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  /** One instance on one agent, which is brought into a situation and hears an update there. */
  private static final class Bench {
    final Story story = Story.onAgents("a");
    private final Reservation home;
    private final Task first;
    ClusterState before = ClusterState.EMPTY;

    static Bench of(Situation situation) {
      Bench bench = new Bench();
      bench.know(situation.cell().before());
      bench.want(situation.goal());
      return bench;
    }

    private Bench() {
      story.put(Story.stateful(APP.path(), 1));
      Instance instance = story.instances(APP.path()).getFirst();
      this.first = instance.task().orElseThrow();
      this.home = story.state.durable().reservationOf(instance).orElseThrow();
    }

    Task task() {
      return instance().task().orElseThrow();
    }

    Reservation home() {
      return story.state.durable().reservation(home.id()).orElseThrow();
    }

    private Instance instance() {
      return story.state.durable().instance(first.id().instanceId()).orElseThrow();
    }

    /** What was heard of the task earlier; offers are away, so that nothing goes on meanwhile. */
    private void know(Condition condition) {
      story.state =
          story.state.apply(
              new Change.InstancePut(instance().withTask(Tasks.in(first, condition))));
      for (var offer : List.copyOf(story.state.present().offers().keySet())) {
        decide(new Input.Observed(new ClusterEvent.OfferRescinded(offer)));
      }
    }

    private void want(Goal goal) {
      switch (goal) {
        case RUNNING -> {}
        case STOPPED ->
            decide(
                new Input.Asked(
                    new Command.PutApps(
                        List.of(
                            new Command.AppPut(
                                Story.stateful(APP.path(), 0), story.version(APP.path()))),
                        true,
                        new Command.Origin("127.0.0.1", "/v2/apps"))));
        case DECOMMISSIONED ->
            decide(new Input.Asked(new Command.DeleteApp(APP, true, Optional.empty())));
      }
      story.now = story.now.plusSeconds(1);
      decide(new Input.Tick());
      assertThat(instance().goal()).isEqualTo(goal);
      // A kill that was sent a minute ago had no effect, or there would be other news.
      story.now = story.now.plus(Duration.ofMinutes(1));
    }

    Decision hear(UpdateMatrix.Report report) {
      before = story.state;
      return decide(
          new Input.Observed(
              new ClusterEvent.TaskUpdated(
                  new TaskUpdate(
                      first.id(),
                      Optional.of(first.agent()),
                      report.state(),
                      report.reason(),
                      "",
                      Optional.of("uuid"),
                      story.now,
                      Optional.empty(),
                      List.of()))));
    }

    /** Decides without the engine: it hears nothing and says nothing. */
    private Decision decide(Input input) {
      Decision decision = Scheduler.decide(story.state, input, story.now);
      story.state = story.state.applyAll(decision.changes());
      return decision;
    }

    /** The engine is as the last update said, is connected anew, and has its way for a while. */
    void comeToRest() {
      TestCluster.Node node = Objects.requireNonNull(story.cluster.nodes.get(first.agent()));
      Condition condition = task().condition();
      node.up = condition != Condition.UNREACHABLE;
      if (!condition.isLive() || condition == Condition.KILLING) {
        node.tasks.clear();
      }
      if (condition == Condition.GONE_BY_OPERATOR) {
        node.up = false;
        story.cluster.addAgent("b", 4);
      }
      story.give(new Input.Observed(new ClusterEvent.Disconnected("the connection broke")));
      story.cluster.reconnect();
      story.settle();
      story.pass(Duration.ofMinutes(10));
    }
  }
}
