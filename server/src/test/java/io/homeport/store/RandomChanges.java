package io.homeport.store;

import io.homeport.model.Agent;
import io.homeport.model.AgentId;
import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.Condition;
import io.homeport.model.Deployment;
import io.homeport.model.DeploymentId;
import io.homeport.model.DiskSource;
import io.homeport.model.Goal;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.model.OperationId;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationId;
import io.homeport.model.ReservationState;
import io.homeport.model.Resources;
import io.homeport.model.RunCommand;
import io.homeport.model.Task;
import io.homeport.model.TaskFailure;
import io.homeport.model.TaskId;
import io.homeport.model.Volume;
import io.homeport.model.VolumeId;
import io.homeport.state.App;
import io.homeport.state.Change;
import io.homeport.state.DurableState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Sequences of changes that could happen to a state, from a seed. */
final class RandomChanges {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final RandomGenerator random;
  private long clock;

  RandomChanges(RandomGenerator random) {
    this.random = random;
  }

  Change.Stored next(DurableState state) {
    return switch (random.nextInt(18)) {
      case 16 ->
          new Change.SafeModeBegan(
              new io.homeport.state.SafeMode(
                  java.time.Instant.ofEpochSecond(random.nextInt(1_000)), "why"));
      case 17 -> new Change.SafeModeEnded();
      case 0 -> new Change.TermBegan("term" + random.nextInt(100));
      case 1 -> new Change.FrameworkRegistered("framework-" + random.nextInt(100));
      case 2 -> new Change.InstallationNamed("installation" + random.nextInt(3));
      case 3, 4 -> new Change.AppPut(app());
      case 5 -> versionRemoved(state);
      case 6 -> new Change.AppRemoved(appId());
      case 7, 8 -> new Change.InstancePut(instance());
      case 9 -> new Change.InstanceRemoved(instanceId());
      case 10, 11 -> new Change.ReservationPut(reservation());
      case 12 -> new Change.ReservationRemoved(new ReservationId("r-" + random.nextInt(40)));
      case 13 -> new Change.DeploymentPut(deployment(state));
      case 14 ->
          random.nextBoolean()
              ? new Change.DeploymentRemoved(new DeploymentId("d-" + random.nextInt(6)))
              : new Change.TaskFailed(failure());
      default ->
          random.nextBoolean() ? new Change.AgentPut(agent()) : new Change.AgentRemoved(agentId());
    };
  }

  private Instant now() {
    clock += 1 + random.nextInt(100_000);
    return START.plusMillis(clock);
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append((char) (random.nextInt(10) == 0 ? random.nextInt(0x10000) : 32 + i));
    }
    return text.toString();
  }

  private AppId appId() {
    return new AppId("/group/app-" + random.nextInt(5));
  }

  private AgentId agentId() {
    return new AgentId("agent-" + random.nextInt(4));
  }

  private Agent agent() {
    return new Agent(
        agentId(),
        text(),
        random.nextBoolean() ? Optional.of(text()) : Optional.empty(),
        Optional.empty(),
        SortedMapOf.texts("rack", text(), text(), text()),
        List.of());
  }

  private InstanceId instanceId() {
    return InstanceId.of(appId(), "t-" + random.nextInt(20));
  }

  private AppDefinition app() {
    AppDefinition plain = GoldenSamples.minimalApp(new RunCommand.Shell(text()), appId());
    Instant version = now();
    return plain.asVersion(random.nextInt(5), version, version, START);
  }

  private Change.Stored versionRemoved(DurableState state) {
    AppId id = appId();
    App app = state.apps().get(id);
    Instant old = app == null || app.versions().size() < 2 ? START : app.versions().firstKey();
    return new Change.AppVersionRemoved(id, old);
  }

  private Instance instance() {
    InstanceId id = instanceId();
    int incarnation = 1 + random.nextInt(5);
    Optional<Task> task =
        random.nextBoolean() ? Optional.of(task(TaskId.of(id, incarnation))) : Optional.empty();
    return new Instance(
        id,
        id.appId(),
        random.nextInt(10),
        pick(Goal.values()),
        random.nextBoolean()
            ? Optional.of(new ReservationId("r-" + random.nextInt(40)))
            : Optional.empty(),
        incarnation,
        task,
        now());
  }

  private Task task(TaskId id) {
    Condition condition = Condition.SCHEDULED;
    while (condition == Condition.SCHEDULED) {
      condition = pick(Condition.values());
    }
    return new Task(
        id,
        agentId(),
        text(),
        now(),
        condition,
        now(),
        random.nextBoolean() ? Optional.of(now()) : Optional.empty(),
        now(),
        List.of(random.nextInt(65_536)),
        List.of(),
        random.nextBoolean() ? Optional.of(now()) : Optional.empty(),
        random.nextBoolean() ? Optional.of(Duration.ofMillis(random.nextInt())) : Optional.empty(),
        text());
  }

  private Reservation reservation() {
    int number = random.nextInt(40);
    List<Volume> volumes = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      volumes.add(
          new Volume(
              new VolumeId("app#data" + i + "#" + number + "-" + i),
              text(),
              random.nextDouble() * 1000,
              DiskSource.ROOT,
              pick(Volume.State.values()),
              now()));
    }
    return new Reservation(
        new ReservationId("r-" + number),
        appId(),
        random.nextInt(10),
        random.nextBoolean() ? Optional.of(instanceId()) : Optional.empty(),
        agentId(),
        text(),
        "*",
        new Resources(random.nextDouble() * 8, random.nextInt(4096), 0, 0),
        List.of(),
        List.copyOf(volumes),
        reservationState(),
        random.nextBoolean());
  }

  private ReservationState reservationState() {
    OperationId operation = new OperationId("reserve~x~" + random.nextInt(100));
    return switch (random.nextInt(4)) {
      case 0 -> new ReservationState.Requested(operation);
      case 1 -> new ReservationState.Held();
      case 2 -> new ReservationState.LeftBehind(now(), text(), Optional.of(operation));
      default -> new ReservationState.Releasing(now(), text(), Optional.of(operation));
    };
  }

  private Deployment deployment(DurableState state) {
    SortedMap<AppId, Optional<AppDefinition>> originals = new TreeMap<>();
    state.apps().values().stream()
        .limit(random.nextInt(3))
        .forEach(app -> originals.put(app.id(), Optional.of(app.definition())));
    originals.put(appId(), Optional.empty());
    return new Deployment(
        new DeploymentId("d-" + random.nextInt(6)),
        now(),
        List.of(
            new Deployment.Step(
                List.of(new Deployment.Action(pick(Deployment.Kind.values()), appId())))),
        0,
        originals,
        now());
  }

  private TaskFailure failure() {
    InstanceId instance = instanceId();
    return new TaskFailure(
        instance.appId(),
        TaskId.of(instance, 1),
        agentId(),
        text(),
        Condition.FAILED,
        text(),
        now(),
        now());
  }

  private <T> T pick(T[] values) {
    return values[random.nextInt(values.length)];
  }
}
