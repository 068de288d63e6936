package io.homeport.benchmark.server;

import io.homeport.benchmark.scheduler.Definitions;
import io.homeport.model.AgentId;
import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.Condition;
import io.homeport.model.DiskSource;
import io.homeport.model.Goal;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.model.PortDefinition;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationId;
import io.homeport.model.ReservationState;
import io.homeport.model.Task;
import io.homeport.model.TaskId;
import io.homeport.model.Volume;
import io.homeport.model.VolumeId;
import io.homeport.runtime.Store;
import io.homeport.state.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A store as it is after many instances were deployed and run: apps of one size, each instance with
 * a task, a reservation and a volume, spread over the agents.
 *
 * @param apps how many
 * @param each instances in each
 * @param agents how many
 */
record Population(int apps, int each, int agents) {
  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00.123Z");
  private static final int FIRST_SERVICE_PORT = 10_000;

  int instances() {
    return apps * each;
  }

  /** The path of the app with a number. */
  static String app(int number) {
    return "/shop/db-" + number;
  }

  /** Writes it into an empty store. */
  void write(Store store) {
    long sequence = 0;
    List<Change.Stored> batch = new ArrayList<>();
    batch.add(new Change.InstallationNamed("installation"));
    batch.add(new Change.TermBegan("aaaaaaaa"));
    batch.add(new Change.FrameworkRegistered("framework-1"));
    for (int agent = 0; agent < agents; agent++) {
      batch.add(new Change.AgentPut(SimulatedMesos.agent(agent)));
      if (batch.size() >= store.limits().changes() / 2) {
        sequence = commit(store, sequence, batch);
      }
    }
    int number = 0;
    for (int app = 0; app < apps; app++) {
      batch.add(new Change.AppPut(definition(app)));
      for (int ordinal = 0; ordinal < each; ordinal++) {
        add(batch, new AppId(app(app)), ordinal, number++);
        if (batch.size() >= store.limits().changes() / 2) {
          sequence = commit(store, sequence, batch);
        }
      }
    }
    commit(store, sequence, batch);
  }

  /** As stored: each with a service port of its own, without which the next change restarts it. */
  private AppDefinition definition(int app) {
    AppDefinition wanted = Definitions.database(app(app), each);
    PortDefinition open = wanted.portDefinitions().getFirst();
    return wanted
        .withPorts(List.of(open.withPort(FIRST_SERVICE_PORT + app)), wanted.container())
        .asVersion(each, THEN, THEN, THEN);
  }

  private void add(List<Change.Stored> batch, AppId app, int ordinal, int number) {
    InstanceId id = InstanceId.of(app, "aaaaaaaa-" + (3 * number + 1));
    ReservationId home =
        new ReservationId(app.safePath() + ".reservation-aaaaaaaa-" + (3 * number + 2));
    AgentId agent = SimulatedMesos.agent(number % agents).id();
    String host = SimulatedMesos.agent(number % agents).hostname();
    List<Integer> ports = List.of(31_000 + number / agents);
    Instant started = THEN.plusMillis(number); // each is heard of by itself
    Task task =
        new Task(
            TaskId.of(id, 1),
            agent,
            host,
            THEN,
            Condition.RUNNING,
            THEN,
            Optional.of(started),
            started,
            ports,
            List.of("10.0.0.1"),
            Optional.empty(),
            Optional.empty(),
            "");
    Volume volume =
        new Volume(
            VolumeId.of(app, "data", "aaaaaaaa-" + (3 * number + 3)),
            "data",
            Definitions.VOLUME_MIB,
            DiskSource.ROOT,
            Volume.State.CREATED,
            THEN);
    batch.add(
        new Change.ReservationPut(
            new Reservation(
                home,
                app,
                ordinal,
                Optional.of(id),
                agent,
                host,
                "homeport",
                Definitions.DATABASE,
                ports,
                List.of(volume),
                new ReservationState.Held(),
                true)));
    batch.add(
        new Change.InstancePut(
            new Instance(
                id, app, ordinal, Goal.RUNNING, Optional.of(home), 1, Optional.of(task), THEN)));
  }

  private static long commit(Store store, long sequence, List<Change.Stored> batch) {
    Store.Outcome outcome = store.commit(sequence, List.copyOf(batch));
    batch.clear();
    if (outcome instanceof Store.Outcome.Committed committed) {
      return committed.sequence();
    }
    throw new IllegalStateException("the store took it not: " + outcome);
  }
}
