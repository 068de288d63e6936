package io.homeport.contract;

import io.homeport.model.AccessMode;
import io.homeport.model.AgentId;
import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.BackoffStrategy;
import io.homeport.model.Container;
import io.homeport.model.ContainerType;
import io.homeport.model.DiskSource;
import io.homeport.model.DiskType;
import io.homeport.model.InstanceId;
import io.homeport.model.KillSelection;
import io.homeport.model.Network;
import io.homeport.model.Operation;
import io.homeport.model.OperationId;
import io.homeport.model.PersistentVolumeSpec;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationId;
import io.homeport.model.ReservationState;
import io.homeport.model.Resources;
import io.homeport.model.RunCommand;
import io.homeport.model.TaskId;
import io.homeport.model.TaskLaunch;
import io.homeport.model.UnreachableStrategy;
import io.homeport.model.UpgradeStrategy;
import io.homeport.model.Volume;
import io.homeport.model.VolumeId;
import io.homeport.placement.TaskEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** One app with a volume, its home, and the operations on it. */
final class ContractApps {
  private static final double VOLUME_MIB = 10;
  private static final Instant VERSION = Instant.parse("2026-01-01T00:00:00Z");

  private ContractApps() {}

  /** An app that runs until it is ended, with a volume in {@code data}. */
  static AppDefinition app(String name) {
    PersistentVolumeSpec volume =
        new PersistentVolumeSpec(
            "data",
            AccessMode.RW,
            DiskType.ROOT,
            VOLUME_MIB,
            Optional.empty(),
            Optional.empty(),
            List.of());
    return new AppDefinition(
        new AppId("/" + name),
        new RunCommand.Shell("exec sleep 1000"),
        Optional.empty(),
        new TreeMap<>(),
        1,
        new Resources(0.1, 64, 10, 0),
        Optional.of(
            new Container(
                ContainerType.MESOS, Optional.empty(), List.of(volume), List.of(), List.of())),
        List.of(Network.HOST),
        List.of(),
        false,
        List.of(),
        List.of(),
        List.of(),
        new UpgradeStrategy(0.5, 0),
        BackoffStrategy.DEFAULT,
        new TreeMap<>(),
        List.of(),
        "homeport",
        new UnreachableStrategy.Disabled(),
        KillSelection.YOUNGEST_FIRST,
        Optional.of(Duration.ofMillis(500)),
        Optional.empty(),
        VERSION,
        VERSION,
        VERSION);
  }

  /** A home for it, not asked for yet. */
  static Reservation home(AppDefinition app, AgentId agent, int port) {
    ReservationId id = new ReservationId(app.id().safePath() + "-home");
    return new Reservation(
        id,
        app.id(),
        0,
        Optional.of(InstanceId.of(app.id(), "t-1")),
        agent,
        agent.value(),
        "homeport",
        app.resources(),
        List.of(port),
        List.of(volume(VolumeId.of(app.id(), "data", "t-1"))),
        new ReservationState.Requested(reserve(id)),
        false);
  }

  static Volume volume(VolumeId id) {
    return new Volume(
        id, "data", VOLUME_MIB, DiskSource.ROOT, Volume.State.REQUESTED, Instant.EPOCH);
  }

  static OperationId reserve(ReservationId id) {
    return OperationId.of(OperationId.Kind.RESERVE, id, "1");
  }

  static OperationId create(Reservation home) {
    return OperationId.of(
        OperationId.Kind.CREATE, home.volumes().getFirst().id(), home.id().value());
  }

  static TaskId task(AppDefinition app, int incarnation) {
    return TaskId.of(InstanceId.of(app.id(), "t-1"), incarnation);
  }

  static Operation.Launch launch(AppDefinition app, Reservation home, TaskId task) {
    return new Operation.Launch(
        new TaskLaunch(
            task,
            app,
            0,
            home.agent(),
            TaskEnvironment.of(app).variables(task, 0, home.hostname(), home.ports()),
            home.ports(),
            Optional.of(home)));
  }

  /** All that makes a home and launches on it. */
  static List<Operation> moveIn(AppDefinition app, Reservation home, TaskId task) {
    return List.of(
        new Operation.Reserve(reserve(home.id()), home),
        new Operation.Create(create(home), home, home.volumes().getFirst()),
        launch(app, home, task));
  }
}
