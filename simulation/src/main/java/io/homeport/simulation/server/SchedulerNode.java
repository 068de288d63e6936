package io.homeport.simulation.server;

import io.homeport.model.Call;
import io.homeport.model.ClusterEvent;
import io.homeport.model.Deployment;
import io.homeport.runtime.EventJournal;
import io.homeport.runtime.ExitCode;
import io.homeport.runtime.LoopTurn;
import io.homeport.runtime.Recovery;
import io.homeport.runtime.Snapshot;
import io.homeport.runtime.SteadyClock;
import io.homeport.runtime.SteppedDownException;
import io.homeport.runtime.Store;
import io.homeport.runtime.StoreException;
import io.homeport.runtime.Submission;
import io.homeport.scheduler.Command;
import io.homeport.scheduler.Input;
import io.homeport.scheduler.Reply;
import io.homeport.simulation.cluster.Connection;
import io.homeport.simulation.cluster.SimulatedCluster;
import io.homeport.simulation.cluster.Subscriber;
import io.homeport.simulation.world.Describe;
import io.homeport.simulation.world.Invariant;
import io.homeport.simulation.world.InvariantViolation;
import io.homeport.simulation.world.Situation;
import io.homeport.simulation.world.SplitMix64;
import io.homeport.simulation.world.World;
import io.homeport.state.DurableState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A server: the production loop, turned by the simulation instead of by a thread. It can stop
 * anywhere, and begins anew by reading the store.
 */
public final class SchedulerNode implements Subscriber {
  private static final Duration SOME_TIME = Duration.ofMinutes(1);
  private static final long NONE = -1;
  private static final EventJournal.Window WINDOW = new EventJournal.Window(50, 1 << 20);

  private final Servers servers;
  private final World world;
  private final String name;
  private final SplitMix64 random;
  private final List<Submission> inbox = new ArrayList<>();
  private SchedulerParts parts = SchedulerParts.PRODUCTION;
  private Optional<LoopTurn> turn = Optional.empty();
  private Optional<StoreSession> session = Optional.empty();
  private Optional<Connection> connection = Optional.empty();
  private boolean alive = true;
  private boolean paused;
  private long life;
  private long turning = NONE;
  private long wakes;
  private Instant plannedWake = Instant.MAX;

  SchedulerNode(Servers servers, String name, SplitMix64 random) {
    this.servers = servers;
    this.world = servers.world();
    this.name = name;
    this.random = random;
  }

  @Override
  public String name() {
    return name;
  }

  boolean isAlive() {
    return alive;
  }

  /** Whether it has stopped for a while. */
  public boolean isPaused() {
    return paused;
  }

  boolean leads() {
    return turn.isPresent();
  }

  /** What readers see, while it leads. */
  public Optional<Snapshot> snapshot() {
    return turn.map(LoopTurn::snapshot);
  }

  /** Begins to lead: reads the store, and takes the input that begins a leadership. */
  void lead() {
    life++;
    parts = servers.newParts();
    StoreSession own = new StoreSession(servers, parts.disk(servers.disk()), name, waiter(life));
    session = Optional.of(own);
    Store store = parts.store(own);
    Recovery recovery = recover(store);
    world.check(
        recovery.violations().isEmpty(),
        Invariant.STATE_IS_CONSISTENT,
        () -> recovery.violations().toString());
    world.check(
        recovery.snapshot().state().durable().equals(servers.disk().durable()),
        Invariant.REPLAY_IS_LIVE_STATE,
        () -> "replaying the stored changes gives something else than applying them one by one");
    if (rollsOut(recovery.snapshot().state().durable())) {
      world.tally().reached(Situation.LEADER_CHANGED_IN_ROLLOUT);
    }
    inbox.clear();
    turn =
        Optional.of(
            new LoopTurn(
                recovery.snapshot(),
                store,
                parts.calls(this::send),
                new EventJournal(recovery.snapshot().sequence(), WINDOW),
                new CheckedDecider(servers, name, parts.decider(this::send)),
                new SteadyClock(world.agenda()),
                servers.metrics()));
    String term = servers.term();
    world.trace().add(name, "leads, term " + term);
    Submission led = Submission.of(new Input.Led(term, SimulatedCluster.INSTALLATION));
    long current = life;
    var _ =
        led.reply()
            .whenComplete(
                (reply, failure) -> {
                  if (failure == null && !(reply instanceof Reply.Rejected)) {
                    world.agenda().after(random.between(1, 500), () -> connect(current));
                  }
                });
    inbox.add(led);
    wake(0);
  }

  private Recovery recover(Store store) {
    try {
      return Recovery.from(store, world.agenda().instant());
    } catch (StoreException e) {
      throw new InvariantViolation(Invariant.STATE_IS_CONSISTENT, String.valueOf(e));
    }
  }

  private static boolean rollsOut(DurableState state) {
    return state.deployments().values().stream()
        .flatMap(deployment -> deployment.step().actions().stream())
        .anyMatch(action -> action.kind() == Deployment.Kind.RESTART);
  }

  private void connect(long duringLife) {
    if (duringLife != life || turn.isEmpty() || connection.isPresent()) {
      return;
    }
    if (paused) {
      world.agenda().after(1000, () -> connect(duringLife));
      return;
    }
    String known = turn.get().snapshot().state().durable().frameworkId();
    Optional<String> frameworkId =
        parts.frameworkId(known.isEmpty() ? Optional.empty() : Optional.of(known));
    servers.witness().subscribes(frameworkId);
    connection = servers.cluster().master().subscribe(this, frameworkId);
    if (connection.isEmpty()) {
      world.agenda().after(random.between(500, 10_000), () -> connect(duringLife));
    }
  }

  @Override
  public void observe(ClusterEvent event) {
    if (turn.isPresent()) {
      inbox.add(Submission.of(new Input.Observed(event)));
      wake(random.below(5));
    }
  }

  @Override
  public void disconnected(Connection which, String why) {
    if (connection.filter(which::equals).isEmpty()) {
      return;
    }
    connection = Optional.empty();
    if (turn.isPresent()) {
      observe(new ClusterEvent.Disconnected(why));
      long current = life;
      world.agenda().after(random.between(500, 10_000), () -> connect(current));
    }
  }

  /**
   * A user asks for something.
   *
   * @param command what
   * @return the submission, whose reply fails when the server does
   */
  public Submission ask(Command command) {
    Submission submission = Submission.of(new Input.Asked(command));
    inbox.add(submission);
    wake(random.below(5));
    return submission;
  }

  private void wake(long afterMillis) {
    Instant at = world.agenda().instant().plusMillis(afterMillis);
    if (!plannedWake.isAfter(at)) {
      return;
    }
    plannedWake = at;
    long current = ++wakes;
    world
        .agenda()
        .after(
            afterMillis,
            () -> {
              if (current == wakes) {
                plannedWake = Instant.MAX;
                turn();
              }
            });
  }

  /** The process of one leadership, as its store sees it. */
  private SlowCommit.Waiter waiter(long ofLife) {
    return new SlowCommit.Waiter() {
      @Override
      public boolean isAlive() {
        return ofLife == life;
      }

      @Override
      public boolean isPaused() {
        return isAlive() && paused;
      }

      @Override
      public void letTimePass() {
        world.agenda().step(world.agenda().instant().plus(SOME_TIME));
        if (!isAlive()) {
          throw new Crashes.Crash("while it waited for its store");
        }
      }
    };
  }

  private void turn() {
    if (turn.isEmpty() || paused || turning == life) {
      return;
    }
    LoopTurn loop = turn.get();
    long current = life;
    turning = current;
    try {
      loop.run(inputs(loop::wakeAt), this::furtherInputs);
      turning = NONE;
      afterTurn(loop);
    } catch (Crashes.Crash crash) {
      dieIn(current, "crashed " + crash.getMessage());
    } catch (SteppedDownException e) {
      if (e.exitCode() == ExitCode.DECISION_FAILED) {
        throw new InvariantViolation(Invariant.DECISIONS_NEVER_FAIL, stack(e));
      }
      dieIn(current, "steps down: " + e.getMessage());
    }
  }

  private List<Submission> inputs(Supplier<Optional<Instant>> wakeAt) {
    List<Submission> inputs = new ArrayList<>(inbox);
    inbox.clear();
    Optional<Instant> tickAt = wakeAt.get();
    if (tickAt.isPresent() && !tickAt.get().isAfter(world.agenda().instant())) {
      inputs.add(Submission.of(new Input.Tick()));
    }
    return inputs;
  }

  /** What has come since the turn began; while the store writes, some time has passed. */
  private List<Submission> furtherInputs(Supplier<Optional<Instant>> wakeAt) {
    StoreSession store = session.orElseThrow();
    SlowCommit.Waiter waiter = waiter(life);
    for (int more = random.below(4); store.isWriting() && more > 0; more--) {
      waiter.letTimePass();
    }
    if (!store.isWriting()) {
      return List.of();
    }
    List<Submission> inputs = inputs(wakeAt);
    if (!inputs.isEmpty()) {
      world.tally().reached(Situation.DECIDED_WHILE_WRITING);
    }
    return inputs;
  }

  /** Unless it died meanwhile, and perhaps lives again. */
  private void dieIn(long ofLife, String why) {
    if (ofLife == life) {
      die(why);
    }
  }

  /**
   * Where something was thrown.
   *
   * @param e what
   */
  public static String stack(Throwable e) {
    java.io.StringWriter text = new java.io.StringWriter();
    e.printStackTrace(new java.io.PrintWriter(text, true));
    return text.toString();
  }

  private void afterTurn(LoopTurn loop) {
    world.check(
        loop.snapshot().sequence() != servers.disk().sequence()
            || loop.snapshot().state().durable().equals(servers.disk().durable()),
        Invariant.REPLAY_IS_LIVE_STATE,
        () -> "the live state differs from what is stored");
    servers.witness().turned(loop.snapshot(), world.agenda().instant());
    if (!inbox.isEmpty()) {
      wake(0);
    }
    loop.wakeAt()
        .ifPresent(
            at -> wake(Math.max(1, at.toEpochMilli() - world.agenda().instant().toEpochMilli())));
  }

  private void send(Call call) {
    servers.crashes().aroundEffect(name, "before");
    world.trace().add(name, "sends " + Describe.call(call));
    servers.witness().sent(call);
    connection.ifPresent(open -> open.send(call));
    servers.crashes().aroundEffect(name, "after");
  }

  /**
   * The process is no more; what it had not stored is forgotten.
   *
   * @param why for the trace
   */
  public void die(String why) {
    world.trace().add(name, why);
    stopLeading();
    alive = false;
    world.agenda().after(random.between(100, 15_000), this::revive);
    servers.election().lost(this);
  }

  private void stopLeading() {
    life++;
    wakes++;
    plannedWake = Instant.MAX;
    turn = Optional.empty();
    session = Optional.empty();
    turning = NONE;
    paused = false;
    List<Submission> unanswered = List.copyOf(inbox);
    inbox.clear();
    for (Submission submission : unanswered) {
      submission.reply().completeExceptionally(new Crashes.Crash("the server is gone"));
    }
    Optional<Connection> open = connection;
    connection = Optional.empty();
    open.ifPresent(broken -> broken.breakOff("the scheduler is gone"));
  }

  private void revive() {
    if (!alive) {
      alive = true;
      world.trace().add(name, "starts");
      servers.election().join(this);
    }
  }

  /**
   * The process stops for a while and goes on as if nothing had happened.
   *
   * @param millis for how long
   */
  public void pause(long millis) {
    paused = true;
    long current = life;
    world.trace().add(name, "pauses for " + millis + " ms");
    world
        .agenda()
        .after(
            millis,
            () -> {
              if (paused && current == life) {
                paused = false;
                world.trace().add(name, "goes on");
                wake(0);
              }
            });
  }
}
