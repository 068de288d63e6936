package io.homeport.local;

import io.homeport.model.AccessMode;
import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.BackoffStrategy;
import io.homeport.model.Container;
import io.homeport.model.ContainerImage;
import io.homeport.model.ContainerType;
import io.homeport.model.DiskType;
import io.homeport.model.FetchUri;
import io.homeport.model.HealthCheck;
import io.homeport.model.KillSelection;
import io.homeport.model.Network;
import io.homeport.model.PersistentVolumeSpec;
import io.homeport.model.Resources;
import io.homeport.model.RunCommand;
import io.homeport.model.UnreachableStrategy;
import io.homeport.model.UpgradeStrategy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** App definitions for tests. */
final class Apps {
  private Apps() {}

  /** What differs from test to test. */
  static final class Builder {
    private RunCommand command = new RunCommand.Pause();
    private Optional<String> user = Optional.empty();
    private final TreeMap<String, String> env = new TreeMap<>();
    private List<HealthCheck> checks = List.of();
    private List<FetchUri> fetch = List.of();
    private Optional<String> image = Optional.empty();
    private Duration grace = Duration.ofMillis(500);
    private List<String> volumes = List.of();

    Builder command(String line) {
      command = new RunCommand.Shell(line);
      return this;
    }

    Builder args(String... args) {
      command = new RunCommand.Exec(List.of(args));
      return this;
    }

    Builder user(String name) {
      user = Optional.of(name);
      return this;
    }

    Builder env(String name, String value) {
      env.put(name, value);
      return this;
    }

    Builder check(HealthCheck check) {
      checks = List.of(check);
      return this;
    }

    Builder fetch(FetchUri... uris) {
      fetch = List.of(uris);
      return this;
    }

    Builder image(String name) {
      image = Optional.of(name);
      return this;
    }

    Builder grace(Duration duration) {
      grace = duration;
      return this;
    }

    Builder volumes(String... paths) {
      volumes = List.of(paths);
      return this;
    }

    AppDefinition build(String id) {
      Instant version = Instant.parse("2026-01-01T00:00:00Z");
      List<PersistentVolumeSpec> specs =
          volumes.stream()
              .map(
                  path ->
                      new PersistentVolumeSpec(
                          path,
                          AccessMode.RW,
                          DiskType.ROOT,
                          10,
                          Optional.empty(),
                          Optional.empty(),
                          List.of()))
              .toList();
      return new AppDefinition(
          new AppId(id),
          command,
          user,
          env,
          1,
          new Resources(0.1, 64, 10, 0),
          Optional.of(
              new Container(
                  ContainerType.MESOS,
                  image.map(name -> new ContainerImage(name, false, false, List.of())),
                  specs,
                  List.of(),
                  List.of())),
          List.of(Network.HOST),
          List.of(),
          false,
          List.of(),
          fetch,
          checks,
          new UpgradeStrategy(0.5, 0),
          BackoffStrategy.DEFAULT,
          new TreeMap<>(),
          List.of(),
          "homeport",
          new UnreachableStrategy.Disabled(),
          KillSelection.YOUNGEST_FIRST,
          Optional.of(grace),
          Optional.empty(),
          version,
          version,
          version);
    }
  }

  static Builder app() {
    return new Builder();
  }
}
