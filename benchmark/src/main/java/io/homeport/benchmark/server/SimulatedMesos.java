package io.homeport.benchmark.server;

import io.homeport.benchmark.scheduler.Definitions;
import io.homeport.mesos.MesosWire;
import io.homeport.model.Agent;
import io.homeport.model.AgentId;
import io.homeport.model.AgentStatus;
import io.homeport.model.Call;
import io.homeport.model.ClusterEvent;
import io.homeport.model.Offer;
import io.homeport.model.OfferId;
import io.homeport.model.Operation;
import io.homeport.model.OperationId;
import io.homeport.model.OperationUpdate;
import io.homeport.model.Pool;
import io.homeport.model.PortRanges;
import io.homeport.model.Resources;
import io.homeport.model.TaskId;
import io.homeport.model.TaskState;
import io.homeport.model.TaskUpdate;
import io.homeport.runtime.AgentControl;
import io.homeport.runtime.Cluster;
import io.homeport.runtime.TaskFiles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A Mesos master with agents that do at once what they are told. Each call is encoded as for the
 * wire, on a thread that is not the loop's, as the engine does it; then it is carried out without
 * being sent. What an accept leaves over is offered again at once.
 */
final class SimulatedMesos implements Cluster {
  private static final int MOST_OFFERS_AT_ONCE = 500;
  private static final String UUID = "AAAAAAAAAAAAAAAAAAAAAA==";

  private final Settings settings;
  private final MesosWire wire = MesosWire.of("homeport");
  private final LinkedBlockingQueue<Runnable> todo = new LinkedBlockingQueue<>();
  private final Map<AgentId, SimulatedAgent> agents = new TreeMap<>();
  private final Map<OfferId, org.apache.mesos.v1.Protos.Offer> outstanding = new HashMap<>();
  private final Set<SimulatedAgent> toOffer = new LinkedHashSet<>();
  private final Running running;
  private final Thread thread = new Thread(this::work, "simulated-mesos");
  private Consumer<ClusterEvent> events = event -> {};
  private long offersMade;
  private volatile boolean closed;

  /**
   * What is simulated.
   *
   * @param agents how many
   * @param total what each has
   * @param answers whether operations and tasks are reported on
   * @param sent told of each call once it is encoded, with its bytes
   */
  record Settings(int agents, Pool total, boolean answers, Sent sent) {
    /** Silent or lively agents with room for many instances. */
    static Settings of(int agents, int instances, boolean answers, Sent sent) {
      double each = Math.ceil(1.3 * instances / agents) + 1;
      Resources resources =
          new Resources(
              Math.ceil(each * Definitions.DATABASE.cpus()),
              each * Definitions.DATABASE.mem(),
              each * Definitions.VOLUME_MIB + 1000,
              0);
      int ports = (int) Math.min(30_000, each + 10);
      return new Settings(
          agents,
          new Pool(resources, PortRanges.of(31_000, 31_000 + ports), List.of()),
          answers,
          sent);
    }
  }

  /** The tasks that a master knows of when it is asked for all. */
  @FunctionalInterface
  interface Running {
    /** Tells each task and its agent. */
    void forEach(BiConsumer<TaskId, AgentId> told);
  }

  /** Is told of calls. */
  @FunctionalInterface
  interface Sent {
    /** A call is encoded and would leave now. */
    void encoded(Call call, int bytes);
  }

  /** An offer as Mesos makes it, and as the core gets it. */
  private record MadeOffer(org.apache.mesos.v1.Protos.Offer made, Offer received) {
    static MadeOffer of(org.apache.mesos.v1.Protos.Offer made, Agent agent) {
      return new MadeOffer(made, MesosWire.received(made, agent));
    }

    MadeOffer again(String id) {
      return new MadeOffer(
          MesosWire.again(made, id),
          new Offer(
              new OfferId(id), received.agent(), received.unreserved(), received.reservations()));
    }
  }

  /** An agent and what of it is free. */
  private static final class SimulatedAgent {
    private final Agent agent;
    private Pool free;
    private boolean isOffered;
    private Optional<MadeOffer> unchanged = Optional.empty();

    SimulatedAgent(Agent agent, Pool free) {
      this.agent = agent;
      this.free = free;
    }

    /** What is free. While nothing of it is taken, only the id of an offer differs. */
    MadeOffer offer(MesosWire wire, String id) {
      MadeOffer made =
          unchanged
              .map(before -> before.again(id))
              .orElseGet(() -> MadeOffer.of(wire.offer(id, agent, free), agent));
      unchanged = Optional.of(made);
      return made;
    }

    void take(Resources resources, Collection<Integer> ports) {
      unchanged = Optional.empty();
      Resources left =
          new Resources(
              free.resources().cpus() - resources.cpus(),
              free.resources().mem() - resources.mem(),
              free.resources().disk() - resources.disk(),
              free.resources().gpus() - resources.gpus());
      free = new Pool(left, free.ports().minus(PortRanges.ofPorts(ports)), List.of());
    }
  }

  /** A cluster without tasks. */
  SimulatedMesos(Settings settings) {
    this(settings, told -> {});
  }

  /**
   * A cluster where tasks run already, on agents that are larger by what these use.
   *
   * @param settings what is simulated
   * @param running the tasks, asked for when the master is
   */
  SimulatedMesos(Settings settings, Running running) {
    this.settings = settings;
    this.running = running;
    for (int index = 0; index < settings.agents(); index++) {
      Agent agent = agent(index);
      agents.put(agent.id(), new SimulatedAgent(agent, settings.total()));
    }
    thread.setDaemon(true);
  }

  /** The agent with a number. */
  static Agent agent(int index) {
    return new Agent(
        new AgentId("agent-" + index),
        "host" + index + ".example.com",
        Optional.empty(),
        Optional.empty(),
        new TreeMap<>(),
        List.of());
  }

  @Override
  public void start(
      String installation, Optional<String> frameworkId, Consumer<ClusterEvent> receiver) {
    todo.add(
        () -> {
          events = receiver;
          events.accept(new ClusterEvent.Connected("framework-1"));
          for (SimulatedAgent each : agents.values()) {
            events.accept(
                new ClusterEvent.AgentReported(each.agent, AgentStatus.ACTIVE, settings.total()));
          }
          toOffer.addAll(agents.values());
        });
    thread.start();
  }

  @Override
  public void send(Call call) {
    todo.add(() -> carryOut(call));
  }

  private void work() {
    List<Runnable> batch = new ArrayList<>();
    try {
      while (!closed) {
        batch.add(todo.take());
        todo.drainTo(batch);
        batch.forEach(Runnable::run);
        batch.clear();
        offer();
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // Without an engine the benchmark would wait for nothing.
      e.printStackTrace();
      System.exit(1);
    }
  }

  private void offer() {
    List<Offer> offers = new ArrayList<>();
    for (SimulatedAgent each : toOffer) {
      MadeOffer offer = each.offer(wire, "offer-" + offersMade++);
      outstanding.put(offer.received().id(), offer.made());
      each.isOffered = true;
      offers.add(offer.received());
      if (offers.size() == MOST_OFFERS_AT_ONCE) {
        events.accept(new ClusterEvent.OffersReceived(List.copyOf(offers)));
        offers.clear();
      }
    }
    toOffer.clear();
    if (!offers.isEmpty()) {
      events.accept(new ClusterEvent.OffersReceived(offers));
    }
  }

  private void carryOut(Call call) {
    List<org.apache.mesos.v1.Protos.Offer> used =
        switch (call) {
          case Call.Accept accept -> answered(accept.offers());
          case Call.Decline decline -> answered(decline.offers());
          default -> List.of();
        };
    settings.sent().encoded(call, wire.encoded(call, used).length);
    switch (call) {
      case Call.Accept accept -> carryOut(accept);
      case Call.Reconcile reconcile -> reconcile(reconcile);
      case Call.Revive _ ->
          agents.values().stream().filter(each -> !each.isOffered).forEach(toOffer::add);
      case Call.Kill kill ->
          throw new IllegalStateException("nothing is killed in these benchmarks: " + kill);
      case Call.Decline _,
          Call.Acknowledge _,
          Call.AcknowledgeOperation _,
          Call.ReconcileOperations _,
          Call.Suppress _ -> {
        // nothing to be done about them here
      }
    }
  }

  private List<org.apache.mesos.v1.Protos.Offer> answered(List<OfferId> ids) {
    List<org.apache.mesos.v1.Protos.Offer> answered = new ArrayList<>();
    for (OfferId id : ids) {
      org.apache.mesos.v1.Protos.Offer offer = outstanding.remove(id);
      if (offer != null) {
        answered.add(offer);
        named(new AgentId(offer.getAgentId().getValue())).isOffered = false;
      }
    }
    return answered;
  }

  private SimulatedAgent named(AgentId id) {
    SimulatedAgent agent = agents.get(id);
    if (agent == null) {
      throw new IllegalStateException("there is no agent " + id);
    }
    return agent;
  }

  private void carryOut(Call.Accept accept) {
    SimulatedAgent agent = named(accept.agent());
    for (Operation operation : accept.operations()) {
      switch (operation) {
        case Operation.Reserve reserve -> {
          agent.take(reserve.reservation().total(), reserve.reservation().ports());
          finished(reserve.id(), accept.agent());
        }
        case Operation.Create create -> finished(create.id(), accept.agent());
        case Operation.Launch launch -> {
          TaskId task = launch.launch().task();
          if (settings.answers()) {
            update(task, accept.agent(), TaskState.TASK_STARTING, Optional.of(UUID));
            update(task, accept.agent(), TaskState.TASK_RUNNING, Optional.of(UUID));
          }
        }
        case Operation.Destroy _, Operation.Unreserve _ ->
            throw new IllegalStateException("nothing is destroyed in these benchmarks");
      }
    }
    toOffer.add(agent);
  }

  private void finished(OperationId operation, AgentId agent) {
    if (settings.answers()) {
      events.accept(
          new ClusterEvent.OperationUpdated(
              new OperationUpdate(
                  operation,
                  Optional.of(agent),
                  OperationUpdate.State.FINISHED,
                  "",
                  Optional.of(UUID))));
    }
  }

  private void update(TaskId task, AgentId agent, TaskState state, Optional<String> uuid) {
    events.accept(
        new ClusterEvent.TaskUpdated(
            new TaskUpdate(
                task,
                Optional.of(agent),
                state,
                "",
                "",
                uuid,
                Instant.now(),
                Optional.empty(),
                List.of("10.0.0.1"))));
  }

  private void reconcile(Call.Reconcile reconcile) {
    if (reconcile.tasks().isEmpty()) {
      running.forEach(
          (task, agent) -> update(task, agent, TaskState.TASK_RUNNING, Optional.empty()));
    } else {
      for (Call.KnownTask known : reconcile.tasks()) {
        update(known.task(), known.agent(), TaskState.TASK_RUNNING, Optional.empty());
      }
    }
  }

  @Override
  public String kind() {
    return "mesos";
  }

  @Override
  public List<String> limitations() {
    return List.of();
  }

  @Override
  public AgentControl agents() {
    throw new UnsupportedOperationException("agents are not operated in these benchmarks");
  }

  @Override
  public TaskFiles files() {
    return new NoFiles();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
