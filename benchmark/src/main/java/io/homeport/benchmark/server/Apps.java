package io.homeport.benchmark.server;

import io.homeport.model.AccessMode;
import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.BackoffStrategy;
import io.homeport.model.Container;
import io.homeport.model.ContainerType;
import io.homeport.model.DiskType;
import io.homeport.model.KillSelection;
import io.homeport.model.Network;
import io.homeport.model.PersistentVolumeSpec;
import io.homeport.model.PortDefinition;
import io.homeport.model.Residency;
import io.homeport.model.Resources;
import io.homeport.model.RunCommand;
import io.homeport.model.UnreachableStrategy;
import io.homeport.model.UpgradeStrategy;
import io.homeport.scheduler.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The apps that are deployed: a small database with one port and one volume in each instance. */
final class Apps {
  static final Resources NEED = new Resources(0.1, 32, 0, 0);
  static final double VOLUME_MIB = 10;

  private Apps() {}

  static AppDefinition stateful(String id, int instances) {
    PersistentVolumeSpec volume =
        new PersistentVolumeSpec(
            "data",
            AccessMode.RW,
            DiskType.ROOT,
            VOLUME_MIB,
            Optional.empty(),
            Optional.empty(),
            List.of());
    TreeMap<String, String> env = new TreeMap<>();
    env.put("POSTGRES_DB", "orders");
    env.put("PGDATA", "data/pg");
    return new AppDefinition(
        new AppId(id),
        new RunCommand.Shell("exec postgres -D $PGDATA -p $PORT0"),
        Optional.empty(),
        env,
        instances,
        NEED,
        Optional.of(
            new Container(
                ContainerType.MESOS, Optional.empty(), List.of(volume), List.of(), List.of())),
        List.of(Network.HOST),
        List.of(new PortDefinition(0, "tcp", Optional.of("sql"), new TreeMap<>())),
        false,
        List.of(),
        List.of(),
        List.of(),
        UpgradeStrategy.STATEFUL,
        BackoffStrategy.DEFAULT,
        new TreeMap<>(),
        List.of(),
        "homeport",
        new UnreachableStrategy.Disabled(),
        KillSelection.YOUNGEST_FIRST,
        Optional.<Duration>empty(),
        Optional.of(Residency.DEFAULT),
        Instant.EPOCH,
        Instant.EPOCH,
        Instant.EPOCH);
  }

  /** The command that deploys it or brings it to another size. */
  static Command put(AppDefinition app) {
    return new Command.PutApps(
        List.of(new Command.AppPut(app, Optional.empty())),
        false,
        new Command.Origin("127.0.0.1", "/v2/apps"));
  }
}
