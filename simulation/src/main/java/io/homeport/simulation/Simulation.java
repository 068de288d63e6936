package io.homeport.simulation;

import io.homeport.runtime.Decider;
import io.homeport.runtime.LoopTurn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One world from its beginning to its rest: users and faults for a while, then time to converge,
 * then a time in which it must be quiet.
 */
public final class Simulation {
  private static final Duration TO_CONVERGE = Duration.ofMinutes(90);
  private static final Duration SETTLED = Duration.ofMinutes(2);
  private static final Duration QUIET = Duration.ofMinutes(60);

  private final long seed;
  private final World world;
  private final FaultInjector faults;
  private final SimulatedUsers users;
  private long events;

  /**
   * A world.
   *
   * @param seed what everything in it is drawn from
   * @param decider the core, or a defective one to find out whether the simulation notices
   * @param reader gets a readable trace, if somebody wants one
   */
  public Simulation(long seed, Decider decider, Optional<Consumer<String>> reader) {
    this.seed = seed;
    SplitMix64 random = new SplitMix64(seed);
    this.world = new World(random, decider, reader);
    this.faults = new FaultInjector(world, random.fork());
    this.users = new SimulatedUsers(world, random.fork());
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
   */
  public record Result(
      long seed,
      Optional<Throwable> violation,
      long hash,
      long events,
      Duration simulated,
      Tally tally) {}

  /** Lives it through. */
  public Result run() {
    Optional<Throwable> violation = Optional.empty();
    try {
      world.election().nodes().forEach(world.election()::join);
      faults.begin();
      users.begin();
      runUntil(Agenda.BEGIN.plus(world.profile().trouble()));
      world.calmDown();
      faults.heal();
      converge();
      rest();
    } catch (InvariantViolation | RuntimeException | StackOverflowError e) {
      violation = Optional.of(e);
      world.trace().add("world", "VIOLATION " + e.getMessage());
    }
    return new Result(
        seed, violation, world.trace().hash(), events, world.agenda().elapsed(), world.tally());
  }

  private void runUntil(Instant limit) {
    while (world.agenda().step(limit)) {
      events++;
    }
  }

  private void converge() {
    Convergence convergence = new Convergence(world);
    Instant limit = world.agenda().instant().plus(TO_CONVERGE);
    List<String> missing = List.of("not looked at yet");
    while (world.agenda().instant().isBefore(limit)) {
      runUntil(world.agenda().instant().plus(SETTLED));
      missing = convergence.missing();
      if (missing.isEmpty()) {
        return;
      }
    }
    InvariantViolation.check(missing.isEmpty(), "converges", String.join("; ", missing));
  }

  /** Promise 8: then nothing is sent but what is bounded. */
  private void rest() {
    runUntil(world.agenda().instant().plus(SETTLED));
    long before = world.callChecks().sent();
    runUntil(world.agenda().instant().plus(QUIET));
    long sent = world.callChecks().sent() - before;
    boolean waits =
        world
            .election()
            .leader()
            .flatMap(SchedulerNode::snapshot)
            .filter(
                snapshot ->
                    !snapshot.state().durable().waitingApps().isEmpty()
                        || !snapshot.state().durable().releasing().isEmpty()
                        || !snapshot.state().present().unreachableSince().isEmpty())
            .isPresent();
    // Each ten minutes three reconciliations; while something waits each offer is declined.
    long bound = 40 + (waits ? 4L * 60 * (1 + world.profile().machines()) : 0);
    InvariantViolation.check(
        sent <= bound, "quiet-at-rest", sent + " calls in an hour, at most " + bound);
    List<String> missing = new Convergence(world).missing();
    InvariantViolation.check(missing.isEmpty(), "stays-converged", String.join("; ", missing));
  }

  /** The production core. */
  public static Simulation of(long seed) {
    return new Simulation(seed, Decider.CORE, Optional.empty());
  }

  /** What turns the loop, for readers of a trace. */
  static String loopName() {
    return LoopTurn.class.getName();
  }
}
