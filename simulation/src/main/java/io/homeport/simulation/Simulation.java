package io.homeport.simulation;

import io.homeport.simulation.cluster.Machine;
import io.homeport.simulation.cluster.MachinePark;
import io.homeport.simulation.cluster.SimulatedCluster;
import io.homeport.simulation.invariants.Convergence;
import io.homeport.simulation.invariants.Invariants;
import io.homeport.simulation.server.SchedulerNode;
import io.homeport.simulation.server.SchedulerParts;
import io.homeport.simulation.server.Servers;
import io.homeport.simulation.server.SimulatedDisk;
import io.homeport.simulation.trouble.FaultInjector;
import io.homeport.simulation.users.SimulatedUsers;
import io.homeport.simulation.world.Agenda;
import io.homeport.simulation.world.Cuts;
import io.homeport.simulation.world.Fault;
import io.homeport.simulation.world.Invariant;
import io.homeport.simulation.world.InvariantViolation;
import io.homeport.simulation.world.SplitMix64;
import io.homeport.simulation.world.Tally;
import io.homeport.simulation.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One world from its beginning to its rest: users and faults for a while, then time to converge,
 * then a time in which it must be quiet.
 */
public final class Simulation {
  private static final Duration TO_CONVERGE = Duration.ofMinutes(90);
  private static final Duration SETTLED = Duration.ofMinutes(2);
  private static final Duration QUIET = Duration.ofMinutes(60);
  private static final long TO_REGISTER_MILLIS = 20_000;

  private final long seed;
  private final World world;
  private final SimulatedCluster cluster;
  private final Servers servers;
  private final Invariants invariants;
  private final FaultInjector faults;
  private final SimulatedUsers users;

  /**
   * A world.
   *
   * @param seed what everything in it is drawn from
   * @param cuts what is left out of it
   * @param parts gives the parts of each scheduler: the production ones, or a defective one to find
   *     out whether the simulation notices
   * @param reader gets a readable trace, if somebody wants one
   */
  public Simulation(
      long seed, Cuts cuts, Supplier<SchedulerParts> parts, Optional<Consumer<String>> reader) {
    this.seed = seed;
    SplitMix64 random = new SplitMix64(seed);
    this.world = new World(random, cuts, reader);
    List<Machine> machines = MachinePark.drawn(world, random.fork());
    SimulatedDisk disk = new SimulatedDisk(world);
    this.invariants = new Invariants(world, machines, disk);
    this.cluster = new SimulatedCluster(world, random.fork(), machines, invariants);
    this.servers = new Servers(world, random.fork(), cluster, disk, invariants, parts);
    this.faults = new FaultInjector(world, cluster, servers, invariants, random.fork());
    this.users = new SimulatedUsers(world, servers, invariants.oracle(), random.fork());
    cluster.begin(random.fork(), TO_REGISTER_MILLIS);
  }

  /**
   * The world of a seed with the production parts.
   *
   * @param seed the seed
   */
  public static Simulation of(long seed) {
    return new Simulation(seed, Cuts.NONE, () -> SchedulerParts.PRODUCTION, Optional.empty());
  }

  /**
   * How it ended.
   *
   * @param seed the seed
   * @param violation what was broken; empty when all held
   * @param hash of everything that happened
   * @param events how many events there were
   * @param simulated for how long the world lived
   * @param tally what happened how often
   * @param trouble for how long users and faults were at work, at most
   * @param faults the kinds of faults that could happen
   * @param deeds the names of all that users and the fault injector did
   */
  public record Result(
      long seed,
      Optional<Throwable> violation,
      long hash,
      long events,
      Duration simulated,
      Tally tally,
      Duration trouble,
      SortedSet<Fault> faults,
      SortedSet<String> deeds) {
    /** The invariant that was broken; empty when all held, or when it was no invariant. */
    public Optional<Invariant> broken() {
      return violation
          .filter(InvariantViolation.class::isInstance)
          .map(InvariantViolation.class::cast)
          .map(InvariantViolation::invariant);
    }
  }

  /** Lives it through. */
  public Result run() {
    Optional<Throwable> violation = Optional.empty();
    try {
      servers.begin();
      faults.begin();
      users.begin();
      runUntil(Agenda.BEGIN.plus(trouble()));
      world.calmDown();
      faults.heal();
      users.endSafeMode();
      converge();
      rest();
    } catch (InvariantViolation | RuntimeException | StackOverflowError e) {
      violation = Optional.of(e);
      world.trace().add("world", "VIOLATION " + e.getMessage());
    }
    return new Result(
        seed,
        violation,
        world.trace().hash(),
        world.agenda().happened(),
        world.agenda().elapsed(),
        world.tally(),
        trouble(),
        new TreeSet<>(world.profile().faults().keySet()),
        world.done());
  }

  private Duration trouble() {
    return world.cuts().trouble().orElse(world.profile().trouble());
  }

  private void runUntil(Instant limit) {
    boolean more = true;
    while (more) {
      more = world.agenda().step(limit);
    }
  }

  /** Promise 8, first half. */
  private void converge() {
    Instant limit = world.agenda().instant().plus(TO_CONVERGE);
    List<String> missing = List.of("not looked at yet");
    while (world.agenda().instant().isBefore(limit)) {
      runUntil(world.agenda().instant().plus(SETTLED));
      missing = missing();
      if (missing.isEmpty()) {
        return;
      }
    }
    checkConverged(missing);
  }

  private List<String> missing() {
    return new Convergence(world, cluster, servers).missing();
  }

  private void checkConverged(List<String> missing) {
    world.check(missing.isEmpty(), Invariant.CONVERGES, () -> String.join("; ", missing));
  }

  /** Promise 8, second half: then nothing is sent but what is bounded. */
  private void rest() {
    runUntil(world.agenda().instant().plus(SETTLED));
    boolean waits = isAnythingWaiting();
    long before = invariants.calls().sent();
    runUntil(world.agenda().instant().plus(QUIET));
    long sent = invariants.calls().sent() - before;
    // Each ten minutes three reconciliations; while something waits each offer is declined.
    long bound =
        40 + (waits || isAnythingWaiting() ? 4L * 60 * (1 + world.profile().machines()) : 0);
    world.check(sent <= bound, Invariant.QUIET, () -> sent + " calls in an hour, at most " + bound);
    checkConverged(missing());
    List<String> unexplained = new Convergence(world, cluster, servers).unexplained();
    world.check(
        unexplained.isEmpty(),
        Invariant.EVERY_WAIT_HAS_A_REASON,
        () -> String.join("; ", unexplained));
  }

  private boolean isAnythingWaiting() {
    return servers
        .election()
        .leader()
        .flatMap(SchedulerNode::snapshot)
        .filter(
            snapshot ->
                !snapshot.state().durable().waitingApps().isEmpty()
                    || !snapshot.state().durable().reservationIndex().releasing().isEmpty()
                    || !snapshot.state().present().unreachableSince().isEmpty())
        .isPresent();
  }
}
