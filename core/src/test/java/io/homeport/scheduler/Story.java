package io.homeport.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.model.AccessMode;
import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.BackoffStrategy;
import io.homeport.model.Container;
import io.homeport.model.ContainerType;
import io.homeport.model.DiskType;
import io.homeport.model.Event;
import io.homeport.model.Instance;
import io.homeport.model.KillSelection;
import io.homeport.model.Network;
import io.homeport.model.PersistentVolumeSpec;
import io.homeport.model.PortDefinition;
import io.homeport.model.Residency;
import io.homeport.model.Resources;
import io.homeport.model.RunCommand;
import io.homeport.model.UnreachableStrategy;
import io.homeport.model.UpgradeStrategy;
import io.homeport.state.Change;
import io.homeport.state.ClusterState;
import io.homeport.state.Replay;
import io.homeport.state.StateChecker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Drives the scheduler against a {@link TestCluster}, with a clock that stands still unless moved.
 */
final class Story {
  final TestCluster cluster = new TestCluster();
  final List<Event> published = new ArrayList<>();
  ClusterState state = ClusterState.EMPTY;
  Instant now = Instant.parse("2026-01-01T00:00:00Z");

  /** All that was stored since the beginning. */
  final Replay replay = new Replay();

  static Story onAgents(String... names) {
    Story story = new Story();
    for (String name : names) {
      story.cluster.addAgent(name, 4);
    }
    story.give(new Input.Led("term1", "installation"));
    story.cluster.connect();
    story.settle();
    return story;
  }

  Reply ask(Command command) {
    Reply reply = give(new Input.Asked(command));
    settle();
    return reply;
  }

  Reply give(Input input) {
    Decision decision = Scheduler.decide(state, input, now);
    state = state.applyAll(decision.changes());
    for (Change change : decision.changes()) {
      if (change instanceof Change.Stored stored) {
        replay.add(stored);
      }
    }
    assertThat(StateChecker.check(state)).as("after %s", input).isEmpty();
    for (Effect effect : decision.effects()) {
      switch (effect) {
        case Effect.Send send -> cluster.take(send.call());
        case Effect.Publish publish -> published.add(publish.event());
      }
    }
    return decision.reply();
  }

  /** Lets everything happen that can happen now. */
  void settle() {
    for (int step = 0; step < 10_000; step++) {
      if (!cluster.events.isEmpty()) {
        give(new Input.Observed(cluster.events.removeFirst()));
      } else if (Scheduler.nextDeadline(state, now).filter(at -> !at.isAfter(now)).isPresent()) {
        give(new Input.Tick());
      } else {
        return;
      }
    }
    throw new AssertionError("does not come to rest");
  }

  /** Moves the clock and lets happen what is due on the way. */
  void pass(Duration time) {
    Instant end = now.plus(time);
    while (true) {
      Optional<Instant> next = Scheduler.nextDeadline(state, now).filter(at -> !at.isAfter(end));
      if (next.isEmpty()) {
        break;
      }
      now = next.get().isAfter(now) ? next.get() : now;
      settle();
    }
    now = end;
    settle();
  }

  List<Instance> instances(String app) {
    return state.durable().instancesOf(new AppId(app)).all().values().stream()
        .sorted(Comparator.comparingInt(Instance::ordinal))
        .toList();
  }

  Optional<Instant> version(String app) {
    return Optional.ofNullable(state.durable().apps().get(new AppId(app)))
        .map(known -> known.definition().version());
  }

  Reply put(AppDefinition app) {
    return put(app, false);
  }

  Reply put(AppDefinition app, boolean force) {
    return ask(
        new Command.PutApps(
            List.of(new Command.AppPut(app, version(app.id().path()))),
            force,
            new Command.Origin("127.0.0.1", "/v2/apps")));
  }

  static AppDefinition stateful(String id, int instances) {
    PersistentVolumeSpec volume =
        new PersistentVolumeSpec(
            "data",
            AccessMode.RW,
            DiskType.ROOT,
            10,
            Optional.empty(),
            Optional.empty(),
            List.of());
    Container container =
        new Container(ContainerType.MESOS, Optional.empty(), List.of(volume), List.of(), List.of());
    return app(id, instances, Optional.of(container), UpgradeStrategy.STATEFUL, Residency.DEFAULT);
  }

  static AppDefinition stateless(String id, int instances) {
    return app(id, instances, Optional.empty(), UpgradeStrategy.STATELESS, null);
  }

  static AppDefinition app(
      String id,
      int instances,
      Optional<Container> container,
      UpgradeStrategy strategy,
      @org.jspecify.annotations.Nullable Residency residency) {
    return new AppDefinition(
        new AppId(id),
        new RunCommand.Shell("sleep 1000"),
        Optional.empty(),
        new TreeMap<>(),
        instances,
        new Resources(0.5, 128, 0, 0),
        container,
        List.of(Network.HOST),
        List.of(new PortDefinition(0, "tcp", Optional.of("default"), new TreeMap<>())),
        false,
        List.of(),
        List.of(),
        List.of(),
        strategy,
        BackoffStrategy.DEFAULT,
        new TreeMap<>(),
        List.of(),
        "homeport",
        residency == null
            ? new UnreachableStrategy.Enabled(Duration.ZERO, Duration.ZERO)
            : new UnreachableStrategy.Disabled(),
        KillSelection.YOUNGEST_FIRST,
        Optional.empty(),
        Optional.ofNullable(residency),
        Instant.EPOCH,
        Instant.EPOCH,
        Instant.EPOCH);
  }
}
