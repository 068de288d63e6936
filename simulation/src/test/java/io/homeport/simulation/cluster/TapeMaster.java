package io.homeport.simulation.cluster;

import io.homeport.model.AgentId;
import io.homeport.model.Call;
import io.homeport.model.ClusterEvent;
import io.homeport.model.Pool;
import io.homeport.model.PortRanges;
import io.homeport.model.Resources;
import io.homeport.model.TaskId;
import io.homeport.model.TaskState;
import io.homeport.simulation.world.Cuts;
import io.homeport.simulation.world.Profile;
import io.homeport.simulation.world.SplitMix64;
import io.homeport.simulation.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A simulated master with the machines of the recordings, and a scheduler that only listens. */
final class TapeMaster {
  private static final Duration PING_TIMEOUT = Duration.ofSeconds(3);
  private static final long TO_RESTART_MILLIS = 1000;

  private final World world;
  private final SimulatedCluster cluster;
  private final List<Connection> connections = new ArrayList<>();
  private final List<ClusterEvent> heard = new ArrayList<>();

  TapeMaster(List<Integer> hosts, long seed) {
    SplitMix64 random = new SplitMix64(seed);
    SortedMap<io.homeport.simulation.world.Fault, Double> calm = new TreeMap<>();
    Duration hour = Duration.ofHours(1);
    Profile profile =
        new Profile(hosts.size(), 1, 1, 1, hour, hour, 20, Duration.ZERO, PING_TIMEOUT, calm);
    this.world = new World(profile, random, Cuts.NONE, Optional.empty());
    List<Machine> machines = hosts.stream().map(TapeMaster::machine).toList();
    this.cluster = new SimulatedCluster(world, random.fork(), machines, new ClusterWitness() {});
    machines.forEach(cluster.master()::register);
  }

  private static Machine machine(int host) {
    SortedMap<String, String> attributes = new TreeMap<>();
    attributes.put("rack", "r" + host);
    Pool total =
        new Pool(new Resources(4, 4096, 10_000, 0), PortRanges.of(31_000, 32_000), List.of());
    return new Machine("127.0.0." + host, attributes, total);
  }

  /** All that came, oldest first; who took note of an event removes it. */
  List<ClusterEvent> heard() {
    return heard;
  }

  void subscribe(Optional<String> framework) {
    Subscriber subscriber =
        new Subscriber() {
          @Override
          public String name() {
            return "tape";
          }

          @Override
          public void observe(ClusterEvent event) {
            heard.add(event);
          }

          @Override
          public void disconnected(Connection connection, String why) {}
        };
    while (cluster.master().isDown()) {
      pass();
    }
    connections.add(cluster.master().subscribe(subscriber, framework).orElseThrow());
  }

  /** Sends a call on a stream, counted from the last one back. */
  void send(Call call, int streamsBack) {
    connections.get(connections.size() - 1 - streamsBack).send(call);
  }

  /** The framework ends, and all that it runs; what is reserved stays. */
  void tearDown() {
    for (Machine machine : cluster.machines()) {
      for (Machine.TaskProcess process : List.copyOf(machine.processes().values())) {
        cluster.life().end(machine, process, TaskState.TASK_KILLED, "");
      }
      machine.updates().clear();
      machine.feedback().clear();
    }
    settle();
    cluster.master().tasks().clear();
    cluster.master().operations().clear();
    connections.getLast().breakOff("teardown");
    heard.clear();
  }

  /** Some virtual time goes by. */
  void pass() {
    Instant limit = world.agenda().instant().plusMillis(100);
    boolean more = true;
    while (more) {
      more = world.agenda().step(limit);
    }
  }

  /** What is under way arrives. */
  void settle() {
    for (int more = 0; more < 5; more++) {
      pass();
    }
  }

  /** The time that has gone by. */
  Duration elapsed() {
    return world.agenda().elapsed();
  }

  /** The machine that interventions are about. */
  private Machine last() {
    return cluster.machines().getLast();
  }

  /** The agent's process ends; tasks go on. */
  void killAgent() {
    AgentId id = last().id().orElseThrow();
    last().stop();
    cluster.master().allocator().rescind(id);
    world.agenda().after(PING_TIMEOUT.toMillis(), () -> cluster.master().giveUp(id));
  }

  /** The agent and what runs there end; it comes back once the master has noticed. */
  void crashAgent(boolean underNewId) {
    for (Machine.TaskProcess process : List.copyOf(last().processes().values())) {
      cluster.life().end(last(), process, TaskState.TASK_FAILED, "REASON_EXECUTOR_TERMINATED");
    }
    killAgent();
    world
        .agenda()
        .after(
            PING_TIMEOUT.toMillis() + TO_RESTART_MILLIS,
            () -> {
              if (underNewId) {
                last().forgetIdentity();
              }
              startAgent();
            });
  }

  void startAgent() {
    last().start();
    cluster.master().register(last());
    cluster.life().resendAll(last());
  }

  void declareGone(AgentId agent) {
    cluster.master().declareGone(agent);
  }

  /** The master restarts; agents come back after the calls that are next on the recording. */
  void restartMaster() {
    cluster.machines().forEach(machine -> machine.cut(true));
    cluster.master().failOver(10, 1);
    world
        .agenda()
        .after(
            TO_RESTART_MILLIS,
            () ->
                cluster
                    .machines()
                    .forEach(
                        machine -> {
                          machine.cut(false);
                          cluster.master().register(machine);
                          cluster.life().resendAll(machine);
                        }));
  }

  /** A process ends by itself, as the recorded one did. */
  void end(TaskId task, TaskState state, String reason) {
    for (Machine machine : cluster.machines()) {
      Machine.TaskProcess process = machine.processes().get(task);
      if (process != null && !process.isEnding()) {
        cluster.life().end(machine, process, state, reason);
      }
    }
  }
}
