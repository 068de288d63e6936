package io.homeport.simulation.users;

import io.homeport.model.AppDefinition;
import io.homeport.model.Goal;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationState;
import io.homeport.runtime.DecisionFailedException;
import io.homeport.runtime.Submission;
import io.homeport.scheduler.Command;
import io.homeport.scheduler.Reply;
import io.homeport.simulation.invariants.Oracle;
import io.homeport.simulation.server.SchedulerNode;
import io.homeport.simulation.server.Servers;
import io.homeport.simulation.world.Describe;
import io.homeport.simulation.world.Fault;
import io.homeport.simulation.world.Invariant;
import io.homeport.simulation.world.InvariantViolation;
import io.homeport.simulation.world.Situation;
import io.homeport.simulation.world.SplitMix64;
import io.homeport.simulation.world.World;
import io.homeport.state.App;
import io.homeport.state.Change;
import io.homeport.state.ClusterState;
import io.homeport.state.DurableState;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * People and programs that use the API: they ask for whatever can be asked for, at bad moments, and
 * ask again when no reply came.
 */
public final class SimulatedUsers {
  private static final long ASK_AGAIN_MILLIS = 10_000;

  private final World world;
  private final Servers servers;
  private final Oracle oracle;
  private final SplitMix64 random;
  private final AppTemplates templates;

  /**
   * Users who have not asked for anything yet.
   *
   * @param world the time
   * @param servers whom they ask
   * @param oracle remembers what they asked for
   * @param random what they do is drawn from it
   */
  public SimulatedUsers(World world, Servers servers, Oracle oracle, SplitMix64 random) {
    this.world = world;
    this.servers = servers;
    this.oracle = oracle;
    this.random = random;
    this.templates = new AppTemplates(random.fork());
  }

  /** They begin to ask, and go on until the trouble is over. */
  public void begin() {
    next();
  }

  private void next() {
    long pause = random.between(1, world.profile().usersPause().toMillis() * 2);
    world
        .agenda()
        .after(
            pause,
            () -> {
              if (world.isTroubled()) {
                SplitMix64 own = random.fork();
                List<SchedulerNode> believers = servers.election().believers();
                if (world.permits("USER") && !believers.isEmpty()) {
                  act(own.pick(believers), own);
                }
                next();
              }
            });
  }

  /** Ends the safe mode, if it holds, and asks until it is over. */
  public void endSafeMode() {
    if (servers.disk().durable().safeMode().isPresent()) {
      servers
          .election()
          .leader()
          .ifPresent(leader -> ask(leader, new Command.Resume(), random.fork(), 1));
      world.agenda().after(ASK_AGAIN_MILLIS, this::endSafeMode);
    }
  }

  private void act(SchedulerNode leader, SplitMix64 own) {
    ClusterState state = leader.snapshot().orElseThrow().state();
    new Wishes(world, templates, own)
        .drawn(state)
        .ifPresent(command -> ask(leader, command, own, 3));
  }

  /** A request under way: its number, and how many commits there were when it was made. */
  private record Request(Command command, long number, long sequence) {}

  /** Asks; and asks again, whoever leads by then, when no reply comes. */
  private void ask(SchedulerNode leader, Command command, SplitMix64 own, int attempts) {
    DurableState before = leader.snapshot().orElseThrow().state().durable();
    Request request =
        new Request(command, oracle.asked(before, command), servers.disk().sequence());
    Submission submission = leader.ask(command);
    var _ =
        submission
            .reply()
            .whenComplete(
                (reply, failure) -> {
                  try {
                    hear(request, reply, failure);
                  } catch (InvariantViolation violation) {
                    // A future would keep it to itself.
                    world.agenda().after(0, () -> rethrow(violation));
                  }
                  oracle.ended(request.number());
                  boolean lost = failure != null || loses(own);
                  if (lost && attempts > 1) {
                    world.tally().reached(Situation.REQUEST_REPEATED);
                    retry(command, own, attempts - 1);
                  }
                });
  }

  private static void rethrow(InvariantViolation violation) {
    throw violation;
  }

  private void hear(Request request, @Nullable Reply reply, @Nullable Throwable failure) {
    world.check(
        !(failure instanceof DecisionFailedException),
        Invariant.DECISIONS_NEVER_FAIL,
        () -> SchedulerNode.stack(Objects.requireNonNull(failure)));
    if (reply != null) {
      answered(request, reply);
    }
  }

  /** The request was carried out, and nobody hears of it. */
  private boolean loses(SplitMix64 own) {
    boolean loses = world.strikes(Fault.REPLY_LOSS, own);
    if (loses) {
      world.tally().fault("reply lost");
    }
    return loses;
  }

  private void retry(Command command, SplitMix64 own, int attempts) {
    world
        .agenda()
        .after(
            own.between(500, 30_000),
            () ->
                servers
                    .election()
                    .leader()
                    .ifPresent(leader -> ask(leader, command, own, attempts)));
  }

  /** Promise 4: what was answered is stored, or was, and others have asked for something else. */
  private void answered(Request request, Reply reply) {
    Command command = request.command();
    world.trace().add("user", "gets " + Describe.name(reply) + refusal(reply));
    if (reply instanceof Reply.Rejected) {
      oracle.refused(request.number());
      world.tally().event("request refused");
      return;
    }
    world.tally().event("request granted");
    boolean kept =
        servers
            .disk()
            .heldSince(
                request.sequence(),
                stored -> isKept(stored, command),
                commit -> isIn(commit, command));
    world.check(
        kept, Invariant.ANSWERED_MEANS_KEPT, () -> "not stored: " + Describe.command(command));
    world.check(
        !isForbidden(servers.disk().durable(), command),
        Invariant.IMMUTABLE_FIELDS,
        () -> "allowed: " + command);
  }

  /** Whether a commit carries out a request, though a later one of the same commit undid it. */
  private static boolean isIn(List<Change.Stored> commit, Command command) {
    return commit.stream()
        .anyMatch(
            change ->
                switch (command) {
                  case Command.PutApps put ->
                      change instanceof Change.AppPut stored
                          && put.apps().stream()
                              .anyMatch(app -> isSame(stored.definition(), app.definition()));
                  case Command.DeleteApp delete ->
                      change.equals(new Change.AppRemoved(delete.app()));
                  case Command.AdoptVolume adopt ->
                      change instanceof Change.ReservationPut stored
                          && stored.reservation().volume(adopt.volume()).isPresent()
                          && stored.reservation().owner().isPresent();
                  case Command.DestroyVolume _,
                      Command.CancelDeployment _,
                      Command.KillInstances _,
                      Command.RestartApp _,
                      Command.Resume _,
                      Command.ResetDelay _ ->
                      false;
                });
  }

  private static boolean isSame(AppDefinition one, AppDefinition other) {
    return one.id().equals(other.id())
        && one.command().equals(other.command())
        && one.instances() == other.instances();
  }

  private static boolean isKept(DurableState stored, Command command) {
    return switch (command) {
      case Command.PutApps put ->
          put.apps().stream().allMatch(app -> holds(stored, app.definition()));
      case Command.DeleteApp delete -> !stored.apps().containsKey(delete.app());
      case Command.DestroyVolume destroy ->
          stored
              .reservationOf(destroy.volume())
              .map(Reservation::state)
              .filter(state -> !(state instanceof ReservationState.Releasing))
              .isEmpty();
      case Command.AdoptVolume adopt ->
          stored.reservationOf(adopt.volume()).flatMap(Reservation::owner).isPresent();
      case Command.CancelDeployment cancel ->
          !stored.deployments().containsKey(cancel.deployment());
      case Command.KillInstances kill ->
          kill.mode() == Command.KillMode.RELAUNCH
              || kill.mode() == Command.KillMode.SCALE
              || kill.instances().stream()
                  .allMatch(
                      id ->
                          stored
                              .instance(id)
                              .filter(instance -> instance.goal() != Goal.DECOMMISSIONED)
                              .isEmpty());
      case Command.Resume _ -> stored.safeMode().isEmpty();
      case Command.RestartApp _, Command.ResetDelay _ -> true;
    };
  }

  private static String refusal(Reply reply) {
    return reply instanceof Reply.Rejected rejected ? " " + rejected.code() : "";
  }

  private static boolean holds(DurableState stored, AppDefinition wanted) {
    App app = stored.apps().get(wanted.id());
    return app != null && isSame(app.definition(), wanted);
  }

  /** The sizes that users may ask for are whole hundreds; others were drawn to be refused. */
  private static boolean isForbidden(DurableState stored, Command command) {
    return command instanceof Command.PutApps
        && stored.apps().values().stream()
            .flatMap(app -> app.definition().persistentVolumes().stream())
            .anyMatch(volume -> volume.sizeMib() % 100 != 0);
  }
}
