package io.homeport.simulation.users;

import io.homeport.model.AccessMode;
import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.BackoffStrategy;
import io.homeport.model.Constraint;
import io.homeport.model.Container;
import io.homeport.model.ContainerType;
import io.homeport.model.DiskType;
import io.homeport.model.HealthCheck;
import io.homeport.model.KillSelection;
import io.homeport.model.Network;
import io.homeport.model.PersistentVolumeSpec;
import io.homeport.model.PortDefinition;
import io.homeport.model.Residency;
import io.homeport.model.Resources;
import io.homeport.model.RunCommand;
import io.homeport.model.UnreachableStrategy;
import io.homeport.model.UpgradeStrategy;
import io.homeport.simulation.world.Agenda;
import io.homeport.simulation.world.SplitMix64;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Apps of many shapes, drawn from the seed. */
final class AppTemplates {
  private final SplitMix64 random;

  AppTemplates(SplitMix64 random) {
    this.random = random;
  }

  /** A new app. */
  AppDefinition drawn(AppId id, int instances) {
    List<PersistentVolumeSpec> volumes = random.chance(0.7) ? volumes() : List.of();
    boolean stateful = !volumes.isEmpty();
    return new AppDefinition(
        id,
        new RunCommand.Shell("run 0"),
        Optional.empty(),
        new TreeMap<>(),
        instances,
        new Resources(random.between(1, 4) * 0.25, 64, random.below(2) * 10.0, 0),
        stateful ? Optional.of(container(volumes)) : Optional.empty(),
        List.of(Network.HOST),
        ports(),
        false,
        constraints(),
        List.of(),
        random.chance(0.3) ? List.of(healthCheck()) : List.of(),
        stateful ? stateful() : stateless(),
        random.chance(0.5)
            ? BackoffStrategy.DEFAULT
            : new BackoffStrategy(Duration.ofSeconds(2), 2, Duration.ofSeconds(30)),
        new TreeMap<>(),
        List.of(),
        "homeport",
        stateful || random.chance(0.3)
            ? new UnreachableStrategy.Disabled()
            : new UnreachableStrategy.Enabled(
                Duration.ofSeconds(random.between(0, 300)), Duration.ofSeconds(600)),
        random.chance(0.5) ? KillSelection.YOUNGEST_FIRST : KillSelection.OLDEST_FIRST,
        random.chance(0.5)
            ? Optional.of(Duration.ofSeconds(random.between(0, 20)))
            : Optional.empty(),
        stateful ? Optional.of(residency()) : Optional.empty(),
        Agenda.BEGIN,
        Agenda.BEGIN,
        Agenda.BEGIN);
  }

  private List<PersistentVolumeSpec> volumes() {
    return switch (random.below(6)) {
      case 0 -> List.of(volume("data", DiskType.ROOT), volume("log", DiskType.ROOT));
      case 1 -> List.of(volume("data", DiskType.PATH));
      case 2 -> List.of(volume("data", DiskType.MOUNT), volume("log", DiskType.ROOT));
      default -> List.of(volume("data", DiskType.ROOT));
    };
  }

  private PersistentVolumeSpec volume(String path, DiskType type) {
    return new PersistentVolumeSpec(
        path,
        AccessMode.RW,
        type,
        random.between(1, 3) * 100.0,
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  private static Container container(List<PersistentVolumeSpec> volumes) {
    return new Container(ContainerType.MESOS, Optional.empty(), volumes, List.of(), List.of());
  }

  private List<PortDefinition> ports() {
    List<PortDefinition> ports = new ArrayList<>();
    for (int index = random.below(3); index > 0; index--) {
      ports.add(new PortDefinition(0, "tcp", Optional.empty(), new TreeMap<>()));
    }
    return ports;
  }

  private List<Constraint> constraints() {
    return switch (random.below(10)) {
      case 0 -> List.of(constraint("hostname", Constraint.Operator.UNIQUE, null));
      case 1 -> List.of(constraint("rack", Constraint.Operator.GROUP_BY, null));
      case 2 -> List.of(constraint("rack", Constraint.Operator.MAX_PER, "2"));
      case 3 -> List.of(constraint("rack", Constraint.Operator.CLUSTER, null));
      case 4 -> List.of(constraint("hostname", Constraint.Operator.UNLIKE, "host-1"));
      case 5 -> List.of(constraint("rack", Constraint.Operator.LIKE, "r[01]"));
      default -> List.of();
    };
  }

  private static Constraint constraint(
      String field, Constraint.Operator operator, @org.jspecify.annotations.Nullable String value) {
    return new Constraint(field, operator, Optional.ofNullable(value));
  }

  private HealthCheck healthCheck() {
    return new HealthCheck(
        HealthCheck.Protocol.MESOS_TCP,
        Optional.empty(),
        Optional.empty(),
        Optional.of(0),
        Optional.empty(),
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        Duration.ofSeconds(5),
        random.below(2) * 3,
        Duration.ZERO,
        false,
        false);
  }

  private UpgradeStrategy stateful() {
    return new UpgradeStrategy(random.below(3) * 0.5, 0);
  }

  private UpgradeStrategy stateless() {
    return new UpgradeStrategy(random.below(3) * 0.5, random.below(3) * 0.5);
  }

  private Residency residency() {
    return random.chance(0.5)
        ? Residency.DEFAULT
        : new Residency(
            Duration.ofSeconds(random.between(10, 600)),
            Residency.TaskLostBehavior.RELAUNCH_AFTER_TIMEOUT);
  }

  /** The app with another command, which every task is to run. */
  static AppDefinition changed(AppDefinition app, String line) {
    return with(app, new RunCommand.Shell(line), app.instances(), app.container());
  }

  static AppDefinition scaled(AppDefinition app, int instances) {
    return with(app, app.command(), instances, app.container());
  }

  /** The app with larger volumes, which is not allowed. */
  static AppDefinition forbidden(AppDefinition app) {
    List<PersistentVolumeSpec> larger =
        app.persistentVolumes().stream()
            .map(
                volume ->
                    new PersistentVolumeSpec(
                        volume.containerPath(),
                        volume.mode(),
                        volume.type(),
                        volume.sizeMib() + 1,
                        volume.maxSizeMib(),
                        volume.profileName(),
                        volume.constraints()))
            .toList();
    return with(app, app.command(), app.instances(), Optional.of(container(larger)));
  }

  private static AppDefinition with(
      AppDefinition app, RunCommand command, int instances, Optional<Container> container) {
    return new AppDefinition(
        app.id(),
        command,
        app.user(),
        app.env(),
        instances,
        app.resources(),
        container,
        app.networks(),
        app.portDefinitions(),
        app.requirePorts(),
        app.constraints(),
        app.fetch(),
        app.healthChecks(),
        app.upgradeStrategy(),
        app.backoff(),
        app.labels(),
        app.acceptedResourceRoles(),
        app.role(),
        app.unreachableStrategy(),
        app.killSelection(),
        app.killGracePeriod(),
        app.residency(),
        app.version(),
        app.lastScalingAt(),
        app.lastConfigChangeAt());
  }
}
