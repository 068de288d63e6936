package io.homeport.benchmark.scheduler;

import io.homeport.model.AccessMode;
import io.homeport.model.Agent;
import io.homeport.model.AgentId;
import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.BackoffStrategy;
import io.homeport.model.Constraint;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The apps and agents that benchmarks work with. */
public final class Definitions {
  /** The size of each volume. */
  public static final double VOLUME_MIB = 10;

  /** What an instance of {@link #database} needs beside its volume. */
  public static final Resources DATABASE = new Resources(0.1, 32, 0, 0);

  private Definitions() {}

  /**
   * An app each of whose instances has one volume on the agent's common disk, and no port.
   *
   * @param id its id
   * @param instances how many
   * @param resources of each, without the volume
   * @param constraints where they may go
   */
  public static AppDefinition stateful(
      String id, int instances, Resources resources, List<Constraint> constraints) {
    return stateful(
        id,
        instances,
        resources,
        constraints,
        "exec database --data data",
        new TreeMap<>(),
        List.of());
  }

  /**
   * A small database: the same with a port and an environment, as stored and sent for real ones.
   *
   * @param id its id
   * @param instances how many
   */
  public static AppDefinition database(String id, int instances) {
    TreeMap<String, String> env = new TreeMap<>();
    env.put("POSTGRES_DB", "orders");
    env.put("PGDATA", "data/pg");
    return stateful(
        id,
        instances,
        DATABASE,
        List.of(),
        "exec postgres -D $PGDATA -p $PORT0",
        env,
        List.of(new PortDefinition(0, "tcp", Optional.of("sql"), new TreeMap<>())));
  }

  private static AppDefinition stateful(
      String id,
      int instances,
      Resources resources,
      List<Constraint> constraints,
      String command,
      SortedMap<String, String> env,
      List<PortDefinition> ports) {
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
        new AppId(id),
        new RunCommand.Shell(command),
        Optional.empty(),
        env,
        instances,
        resources,
        Optional.of(
            new Container(
                ContainerType.MESOS, Optional.empty(), List.of(volume), List.of(), List.of())),
        List.of(Network.HOST),
        ports,
        false,
        constraints,
        List.of(),
        List.of(),
        UpgradeStrategy.STATEFUL,
        BackoffStrategy.DEFAULT,
        new TreeMap<>(),
        List.of(),
        "homeport",
        new UnreachableStrategy.Disabled(),
        KillSelection.YOUNGEST_FIRST,
        Optional.empty(),
        Optional.of(Residency.DEFAULT),
        Instant.EPOCH,
        Instant.EPOCH,
        Instant.EPOCH);
  }

  /** At most so many instances of an app on each host: they spread. */
  public static List<Constraint> atMostPerHost(int most) {
    return List.of(
        new Constraint(
            "hostname", Constraint.Operator.MAX_PER, Optional.of(Integer.toString(most))));
  }

  /** No two instances of an app on one host. */
  public static List<Constraint> unique() {
    return List.of(new Constraint("hostname", Constraint.Operator.UNIQUE, Optional.empty()));
  }

  /**
   * The command that creates an app or brings it to another size.
   *
   * @param app the app
   */
  public static Command.PutApps put(AppDefinition app) {
    return put(List.of(app));
  }

  /**
   * The command that creates apps together.
   *
   * @param apps all of them
   */
  public static Command.PutApps put(List<AppDefinition> apps) {
    List<Command.AppPut> puts = new ArrayList<>();
    for (AppDefinition app : apps) {
      puts.add(new Command.AppPut(app, Optional.empty()));
    }
    return new Command.PutApps(puts, false, new Command.Origin("127.0.0.1", "/v2/apps"));
  }

  /**
   * An agent; every 500 make a rack, every 3,333 a zone.
   *
   * @param number from 0
   */
  public static Agent agent(int number) {
    TreeMap<String, String> attributes = new TreeMap<>();
    attributes.put("rack", "rack" + number / 500);
    return new Agent(
        new AgentId("7bd6a5c3-6c8f-4b0e-9f0e-5a1f2c3d4e5f-S" + number),
        "host" + number + ".example.com",
        Optional.of("region"),
        Optional.of("zone" + number / 3334),
        attributes,
        List.of());
  }
}
