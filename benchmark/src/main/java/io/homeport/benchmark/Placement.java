package io.homeport.benchmark;

import io.homeport.model.AccessMode;
import io.homeport.model.Agent;
import io.homeport.model.AgentId;
import io.homeport.model.AgentStatus;
import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.BackoffStrategy;
import io.homeport.model.Call;
import io.homeport.model.ClusterEvent;
import io.homeport.model.Constraint;
import io.homeport.model.Container;
import io.homeport.model.ContainerType;
import io.homeport.model.DiskType;
import io.homeport.model.KillSelection;
import io.homeport.model.Network;
import io.homeport.model.Offer;
import io.homeport.model.OfferId;
import io.homeport.model.Operation;
import io.homeport.model.PersistentVolumeSpec;
import io.homeport.model.Pool;
import io.homeport.model.PortRanges;
import io.homeport.model.Residency;
import io.homeport.model.Resources;
import io.homeport.model.RunCommand;
import io.homeport.model.UnreachableStrategy;
import io.homeport.model.UpgradeStrategy;
import io.homeport.scheduler.Command;
import io.homeport.scheduler.Decision;
import io.homeport.scheduler.Effect;
import io.homeport.scheduler.Input;
import io.homeport.scheduler.Scheduler;
import io.homeport.state.ClusterState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Fresh placement of stateful instances, decisions only. */
public final class Placement {
  private Placement() {}

  /**
   * Runs it.
   *
   * @param args agents, instances
   */
  public static void main(String[] args) {
    int agents = Integer.parseInt(args[0]);
    int instances = Integer.parseInt(args[1]);
    for (int round = 0; round < 3; round++) {
      run(agents, instances);
    }
  }

  private static void run(int agents, int instances) {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    ClusterState state = ClusterState.EMPTY;
    state = after(state, new Input.Led("t", "i"), now);
    state = after(state, new Input.Observed(new ClusterEvent.Connected("f")), now);
    List<Offer> offers = new ArrayList<>();
    Pool pool =
        new Pool(new Resources(8, 32768, 100000, 0), PortRanges.of(31000, 32000), List.of());
    for (int index = 0; index < agents; index++) {
      Agent agent = agent(index);
      offers.add(new Offer(new OfferId("o" + index), agent, pool, List.of()));
      state =
          after(
              state,
              new Input.Observed(new ClusterEvent.AgentReported(agent, AgentStatus.ACTIVE, pool)),
              now);
    }
    Command put =
        new Command.PutApps(
            List.of(new Command.AppPut(app(instances), Optional.empty())),
            false,
            new Command.Origin("", ""));
    state = after(state, new Input.Asked(put), now);
    long begin = System.nanoTime();
    state = after(state, new Input.Observed(new ClusterEvent.OffersReceived(offers)), now);
    long offered = System.nanoTime();
    int launched = 0;
    int ticks = 0;
    while (launched < instances && ticks < 100_000) {
      Decision decision = Scheduler.decide(state, new Input.Tick(), now);
      state = state.applyAll(decision.changes());
      ticks++;
      List<Offer> again = new ArrayList<>();
      for (Effect effect : decision.effects()) {
        if (effect instanceof Effect.Send(Call.Accept accept)) {
          for (Operation operation : accept.operations()) {
            launched += operation instanceof Operation.Launch ? 1 : 0;
          }
          // what is left comes back
          int index = Integer.parseInt(accept.agent().value().substring(1));
          again.add(
              new Offer(new OfferId("o" + ticks + "-" + index), agent(index), pool, List.of()));
        }
      }
      if (!again.isEmpty() && launched < instances) {
        state = after(state, new Input.Observed(new ClusterEvent.OffersReceived(again)), now);
      }
    }
    long end = System.nanoTime();
    System.out.printf(
        "agents %d instances %d launched %d ticks %d: offers %.0f ms, %.0f ms, %.0f/s%n",
        agents,
        instances,
        launched,
        ticks,
        (offered - begin) / 1e6,
        (end - offered) / 1e6,
        launched / ((end - offered) / 1e9));
  }

  private static ClusterState after(ClusterState state, Input input, Instant now) {
    return state.applyAll(Scheduler.decide(state, input, now).changes());
  }

  private static Agent agent(int index) {
    return new Agent(
        new AgentId("a" + index),
        "host" + index,
        Optional.empty(),
        Optional.empty(),
        new TreeMap<>(),
        List.of());
  }

  private static AppDefinition app(int instances) {
    PersistentVolumeSpec volume =
        new PersistentVolumeSpec(
            "data",
            AccessMode.RW,
            DiskType.ROOT,
            10,
            Optional.empty(),
            Optional.empty(),
            List.of());
    return new AppDefinition(
        new AppId("/db"),
        new RunCommand.Shell("sleep 1000"),
        Optional.empty(),
        new TreeMap<>(),
        instances,
        new Resources(0.1, 32, 0, 0),
        Optional.of(
            new Container(
                ContainerType.MESOS, Optional.empty(), List.of(volume), List.of(), List.of())),
        List.of(Network.HOST),
        List.of(),
        false,
        List.of(new Constraint("hostname", Constraint.Operator.MAX_PER, Optional.of("1000"))),
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
}
