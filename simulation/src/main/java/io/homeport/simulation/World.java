package io.homeport.simulation;

import io.homeport.model.DiskSource;
import io.homeport.model.DiskType;
import io.homeport.model.Pool;
import io.homeport.model.PortRanges;
import io.homeport.model.Resources;
import io.homeport.model.VolumeId;
import io.homeport.runtime.Decider;
import io.homeport.runtime.LoopMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** All parts of one simulated world, and what they share. */
final class World {
  /** The random name that a server would draw for a fresh installation. */
  static final String INSTALLATION = "homeport1";

  private final Profile profile;
  private final Decider decider;
  private final Agenda agenda = new Agenda();
  private final Trace trace;
  private final Tally tally = new Tally();
  private final LoopMetrics metrics = new LoopMetrics(new SimpleMeterRegistry());
  private final SplitMix64 networkRandom;
  private final SplitMix64 storeRandom;
  private final SplitMix64 termRandom;
  private final SimulatedStore store = new SimulatedStore();
  private final List<Machine> machines = new ArrayList<>();
  private final Oracle oracle = new Oracle(this);
  private final CommitChecks commitChecks = new CommitChecks(this);
  private final CallChecks callChecks = new CallChecks(this);
  private final ClusterChecks clusterChecks = new ClusterChecks(this);
  private final RolloutChecks rolloutChecks = new RolloutChecks(this);
  private final Crashes crashes;
  private final AgentLife life;
  private final SimulatedMaster master;
  private final Election election;
  private boolean troubled = true;

  World(SplitMix64 random, Decider decider, Optional<Consumer<String>> reader) {
    this.decider = decider;
    this.profile = Profile.drawn(random.fork());
    this.trace = reader.map(r -> new Trace(agenda, r)).orElseGet(() -> new Trace(agenda));
    this.networkRandom = random.fork();
    this.storeRandom = random.fork();
    this.termRandom = random.fork();
    this.crashes = new Crashes(this, random.fork());
    this.life = new AgentLife(this, random.fork());
    this.master = new SimulatedMaster(this);
    this.election = new Election(this, random.fork());
    buildMachines(random.fork());
    for (int index = 0; index < profile.nodes(); index++) {
      SchedulerNode node = new SchedulerNode(this, "node-" + (char) ('a' + index), random.fork());
      election.add(node);
    }
    trace.add("world", profile.toString());
  }

  private void buildMachines(SplitMix64 random) {
    for (int index = 0; index < profile.machines(); index++) {
      SortedMap<String, String> attributes = new TreeMap<>();
      attributes.put("rack", "r" + random.below(3));
      List<Pool.Disk> disks = new ArrayList<>();
      if (random.chance(0.5)) {
        disks.add(new Pool.Disk(disk(DiskType.PATH, "/mnt/path"), 1000));
      }
      if (random.chance(0.5)) {
        disks.add(new Pool.Disk(disk(DiskType.MOUNT, "/mnt/mount"), 500));
      }
      Resources resources =
          new Resources(random.between(2, 16) * 0.5, 4096, random.between(2, 10) * 1000.0, 0);
      Pool total = new Pool(resources, PortRanges.of(31000, 31000 + 20), List.copyOf(disks));
      Machine machine = new Machine("host-" + (index + 1), attributes, total);
      machines.add(machine);
      agenda.after(random.between(1, 20_000), () -> master.register(machine));
    }
  }

  private static DiskSource disk(DiskType type, String path) {
    return new DiskSource(type, Optional.of(path), Optional.empty());
  }

  /** Whether a persistence id exists on a machine, under whatever reservation. */
  static boolean isTaken(Machine machine, VolumeId id) {
    return machine.disk().reserved().values().stream()
        .flatMap(held -> held.volumes().stream())
        .anyMatch(volume -> volume.id().equals(id));
  }

  /** Whether users and faults are at work. */
  boolean isTroubled() {
    return troubled;
  }

  void calmDown() {
    troubled = false;
    trace.add("world", "the trouble is over");
  }

  /** A time that a message takes. */
  long latency() {
    return networkRandom.between(1, profile.latencyMillis());
  }

  /** A token never used before, as a server would draw it. */
  String term() {
    StringBuilder term = new StringBuilder();
    for (int index = 0; index < 8; index++) {
      term.append((char) ('a' + termRandom.below(26)));
    }
    return term.toString();
  }

  String installation() {
    return INSTALLATION;
  }

  Profile profile() {
    return profile;
  }

  Decider decider() {
    return decider;
  }

  Agenda agenda() {
    return agenda;
  }

  Trace trace() {
    return trace;
  }

  Tally tally() {
    return tally;
  }

  LoopMetrics metrics() {
    return metrics;
  }

  SplitMix64 networkRandom() {
    return networkRandom;
  }

  SplitMix64 storeRandom() {
    return storeRandom;
  }

  SimulatedStore store() {
    return store;
  }

  List<Machine> machines() {
    return machines;
  }

  Oracle oracle() {
    return oracle;
  }

  CommitChecks commitChecks() {
    return commitChecks;
  }

  CallChecks callChecks() {
    return callChecks;
  }

  ClusterChecks clusterChecks() {
    return clusterChecks;
  }

  RolloutChecks rolloutChecks() {
    return rolloutChecks;
  }

  Crashes crashes() {
    return crashes;
  }

  AgentLife life() {
    return life;
  }

  SimulatedMaster master() {
    return master;
  }

  Election election() {
    return election;
  }
}
