package io.homeport.simulation.cluster;

import io.homeport.model.AgentId;
import io.homeport.model.AgentStatus;
import io.homeport.model.Call;
import io.homeport.model.ClusterEvent;
import io.homeport.model.OperationId;
import io.homeport.model.OperationUpdate;
import io.homeport.model.ReservationId;
import io.homeport.model.TaskId;
import io.homeport.model.TaskState;
import io.homeport.model.TaskUpdate;
import io.homeport.simulation.world.Describe;
import io.homeport.simulation.world.Situation;
import io.homeport.simulation.world.World;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The master: what it knows of agents and tasks, and how it answers, as on the Mesos tapes. It
 * forgets tasks and offers when it fails over, and learns of tasks again from returning agents.
 */
public final class SimulatedMaster {
  private final SimulatedCluster cluster;
  private final World world;
  private final SortedMap<AgentId, Registered> agents = new TreeMap<>();
  private final SortedMap<TaskId, KnownTask> tasks = new TreeMap<>();
  private final SortedMap<OperationId, KnownOperation> operations = new TreeMap<>();
  private final Allocator allocator;
  private final Accepts accepts;
  private final Reconciliation reconciliation;
  private final AgentCalls agentCalls;
  private Optional<Connection> framework = Optional.empty();
  private boolean down;
  private long generation;
  private int agentCount;
  private int frameworkCount;

  /** Where an agent stands. */
  enum Standing {
    /** Registered. */
    ACTIVE,
    /** Known from the registry, not heard of since the master's start. */
    RECOVERED,
    /** Given up after unanswered pings. */
    UNREACHABLE,
    /** Declared gone by an operator. */
    GONE
  }

  /** An agent by its id. */
  record Registered(Machine machine, Standing standing) {}

  /** An operation on its way to an agent, or finished and not acknowledged. */
  record KnownOperation(AgentId agent, OperationUpdate.State state) {}

  SimulatedMaster(SimulatedCluster cluster) {
    this.cluster = cluster;
    this.world = cluster.world();
    this.allocator = new Allocator(world, this);
    this.accepts = new Accepts(cluster, this, allocator);
    this.reconciliation = new Reconciliation(world, this);
    this.agentCalls = new AgentCalls(cluster, this, reconciliation);
  }

  /** What makes offers. */
  public Allocator allocator() {
    return allocator;
  }

  SortedMap<AgentId, Registered> agents() {
    return agents;
  }

  SortedMap<TaskId, KnownTask> tasks() {
    return tasks;
  }

  SortedMap<OperationId, KnownOperation> operations() {
    return operations;
  }

  /** Who is subscribed. */
  public Optional<Connection> framework() {
    return framework;
  }

  /** Counts fail-overs; what an earlier master sent is not heard any more. */
  long term() {
    return generation;
  }

  /** Whether no master leads at the moment. */
  public boolean isDown() {
    return down;
  }

  Standing standing(AgentId agent) {
    Registered registered = agents.get(agent);
    return registered == null ? Standing.RECOVERED : registered.standing();
  }

  void tell(ClusterEvent event) {
    framework.ifPresent(connection -> connection.deliver(event));
  }

  /**
   * A scheduler subscribes; an earlier subscriber is cut off (tape 04).
   *
   * @param node the scheduler
   * @param frameworkId the name that the master gave it earlier
   * @return empty when nobody listens
   */
  public Optional<Connection> subscribe(Subscriber node, Optional<String> frameworkId) {
    if (down) {
      return Optional.empty();
    }
    framework.ifPresent(earlier -> earlier.breakOff("Framework failed over"));
    String id = frameworkId.orElseGet(() -> "framework-" + ++frameworkCount);
    Connection connection = new Connection(cluster, node);
    framework = Optional.of(connection);
    allocator.subscribed();
    world.trace().add("master", "subscribes " + node.name() + " as " + id);
    connection.deliver(new ClusterEvent.Connected(id));
    for (AgentId agent : agents.keySet()) {
      report(agent);
    }
    return Optional.of(connection);
  }

  void disconnected(Connection connection) {
    if (framework.filter(connection::equals).isPresent()) {
      framework = Optional.empty();
      allocator.unsubscribed();
    }
  }

  /** Tells how an agent stands; nothing is known of recovered ones. */
  private void report(AgentId id) {
    Registered registered = agents.get(id);
    if (registered == null || registered.standing() == Standing.RECOVERED) {
      return;
    }
    AgentStatus status =
        switch (registered.standing()) {
          case ACTIVE -> AgentStatus.ACTIVE;
          case UNREACHABLE, RECOVERED -> AgentStatus.UNREACHABLE;
          case GONE -> AgentStatus.GONE;
        };
    Machine machine = registered.machine();
    io.homeport.model.Agent agent =
        new io.homeport.model.Agent(
            id,
            machine.hostname(),
            Optional.empty(),
            Optional.empty(),
            machine.attributes(),
            List.of());
    tell(new ClusterEvent.AgentReported(agent, status, machine.total()));
  }

  /**
   * An agent registers, for the first time, again, or under a new id.
   *
   * @param machine the machine
   */
  public void register(Machine machine) {
    if (down || !machine.isOnline()) {
      return;
    }
    if (machine.id().isEmpty()) {
      AgentId id = new AgentId("S" + agentCount++);
      machine.name(id);
      agents.put(id, new Registered(machine, Standing.ACTIVE));
      machine.registered();
      world.trace().add("master", "registers " + id + " on " + machine.hostname());
      report(id);
      return;
    }
    AgentId id = machine.id().get();
    Standing before = standing(id);
    if (before == Standing.ACTIVE && machine.isRegistered()) {
      return;
    }
    if (before == Standing.GONE) {
      world.tally().reached(Situation.GONE_AGENT_RETURNED);
      cluster.life().shutDown(machine);
      return;
    }
    agents.put(id, new Registered(machine, Standing.ACTIVE));
    machine.registered();
    cluster.witness().returned(id);
    world.trace().add("master", "re-registers " + id + " from " + before);
    learnTasks(machine, id, before);
    report(id);
  }

  private void learnTasks(Machine machine, AgentId id, Standing before) {
    machine
        .processes()
        .forEach(
            (task, process) -> {
              KnownTask known = tasks.get(task);
              tasks.put(
                  task,
                  new KnownTask(id, process.state(), reservation(process), process.healthy()));
              if (known != null && before == Standing.UNREACHABLE) {
                made(task, id, process.state(), "REASON_AGENT_REREGISTERED");
              }
            });
    for (TaskId task : List.copyOf(tasks.keySet())) {
      KnownTask known = tasks.get(task);
      if (known == null || !known.agent().equals(id) || machine.processes().containsKey(task)) {
        continue;
      }
      TaskUpdate last = lastUpdate(machine, task);
      TaskState state = last == null ? TaskState.TASK_DROPPED : last.state();
      if (!known.hasEnded()) {
        tasks.put(task, known.in(state));
        made(task, id, state, "REASON_AGENT_REREGISTERED");
      }
    }
    // An agent that registers tells of every outcome that is not acknowledged.
    machine
        .feedback()
        .forEach((op, update) -> operations.put(op, new KnownOperation(id, update.state())));
    for (OperationId operation : List.copyOf(operations.keySet())) {
      KnownOperation known = operations.get(operation);
      if (known != null
          && known.agent().equals(id)
          && known.state() == OperationUpdate.State.PENDING
          && !machine.feedback().containsKey(operation)) {
        operations.remove(operation);
        tell(
            new ClusterEvent.OperationUpdated(
                new OperationUpdate(
                    operation,
                    Optional.of(id),
                    OperationUpdate.State.DROPPED,
                    "the agent does not know it",
                    Optional.empty())));
      }
    }
  }

  private static @org.jspecify.annotations.Nullable TaskUpdate lastUpdate(
      Machine machine, TaskId task) {
    var outbox = machine.updates().get(task);
    return outbox == null ? null : outbox.peekLast();
  }

  static Optional<ReservationId> reservation(Machine.TaskProcess process) {
    return process.launch().reservation().map(home -> home.id());
  }

  /**
   * An update that the master makes up: it has no uuid (tapes 03 and 04), and says what is known of
   * the task's health.
   */
  void made(TaskId task, AgentId agent, TaskState state, String reason) {
    KnownTask known = tasks.get(task);
    tell(
        new ClusterEvent.TaskUpdated(
            new TaskUpdate(
                task,
                Optional.of(agent),
                state,
                reason,
                "",
                Optional.empty(),
                world.agenda().instant(),
                known == null ? Optional.empty() : known.healthy(),
                List.of())));
  }

  /** An update from an agent; it goes on to the scheduler, and is lost if there is none. */
  void forward(Machine machine, TaskUpdate update) {
    if (down || !machine.isOnline() || !machine.isRegistered() || machine.id().isEmpty()) {
      return;
    }
    AgentId id = machine.id().get();
    if (standing(id) != Standing.ACTIVE) {
      return;
    }
    KnownTask known = tasks.get(update.task());
    if (known == null || !known.hasEnded()) {
      Optional<ReservationId> home =
          known == null
              ? Optional.ofNullable(machine.processes().get(update.task()))
                  .flatMap(SimulatedMaster::reservation)
              : known.reservation();
      tasks.put(update.task(), new KnownTask(id, update.state(), home, update.healthy()));
    }
    tell(new ClusterEvent.TaskUpdated(update));
  }

  void forward(Machine machine, OperationUpdate update) {
    if (down
        || !machine.isOnline()
        || !machine.isRegistered()
        || machine.id().filter(id -> standing(id) == Standing.ACTIVE).isEmpty()) {
      return;
    }
    operations.put(
        update.operation(), new KnownOperation(machine.id().orElseThrow(), update.state()));
    tell(new ClusterEvent.OperationUpdated(update));
  }

  /**
   * No ping was answered for too long.
   *
   * @param id the agent
   */
  public void giveUp(AgentId id) {
    if (down || (standing(id) != Standing.ACTIVE && standing(id) != Standing.RECOVERED)) {
      return;
    }
    Registered registered = agents.get(id);
    if (registered == null) {
      return;
    }
    world.trace().add("master", "gives up " + id);
    agents.put(id, new Registered(registered.machine(), Standing.UNREACHABLE));
    world.tally().reached(Situation.AGENT_GIVEN_UP);
    cluster.witness().givenUp(id);
    allocator.rescind(id);
    endTasks(id, TaskState.TASK_UNREACHABLE, "REASON_AGENT_REMOVED");
    operations.values().removeIf(known -> known.agent().equals(id));
    report(id);
  }

  /**
   * An operator declares an agent gone (tape 03).
   *
   * @param id the agent
   */
  public void declareGone(AgentId id) {
    Registered registered = agents.get(id);
    if (down) {
      world.agenda().after(1000, () -> declareGone(id));
      return;
    }
    if (registered == null || registered.standing() == Standing.GONE) {
      return;
    }
    world.trace().add("operator", "declares gone " + id);
    agents.put(id, new Registered(registered.machine(), Standing.GONE));
    world.tally().fault("agent declared gone");
    cluster.witness().declaredGone(id);
    allocator.rescind(id);
    endTasks(id, TaskState.TASK_GONE_BY_OPERATOR, "REASON_AGENT_REMOVED_BY_OPERATOR");
    operations.values().removeIf(known -> known.agent().equals(id));
    report(id);
    if (registered.machine().id().filter(id::equals).isPresent()
        && registered.machine().isOnline()) {
      cluster.life().shutDown(registered.machine());
    }
  }

  private void endTasks(AgentId id, TaskState state, String reason) {
    for (TaskId task : List.copyOf(tasks.keySet())) {
      KnownTask known = tasks.get(task);
      if (known != null && known.agent().equals(id) && !known.hasEnded()) {
        tasks.put(task, known.in(state));
        made(task, id, state, reason);
      }
    }
  }

  /**
   * The master fails over: all but the registry of agents is forgotten.
   *
   * @param downMillis for how long nobody leads
   * @param reregisterMillis within which time agents come back
   */
  public void failOver(long downMillis, long reregisterMillis) {
    if (down) {
      return;
    }
    down = true;
    generation++;
    world.trace().add("master", "fails over");
    framework.ifPresent(connection -> connection.breakOff("the master failed"));
    tasks.clear();
    operations.clear();
    allocator.forget();
    agents.replaceAll(
        (id, known) ->
            known.standing() == Standing.ACTIVE
                ? new Registered(known.machine(), Standing.RECOVERED)
                : known);
    world.agenda().after(downMillis, () -> recover(reregisterMillis));
  }

  private void recover(long reregisterMillis) {
    down = false;
    long current = generation;
    world.trace().add("master", "leads again");
    for (Machine machine : cluster.machines()) {
      world.agenda().after(world.network().between(0, reregisterMillis), () -> register(machine));
    }
    world
        .agenda()
        .after(
            reregisterMillis * 2 + 60_000,
            () -> {
              for (AgentId id : List.copyOf(agents.keySet())) {
                if (current == generation && standing(id) == Standing.RECOVERED) {
                  giveUp(id);
                }
              }
            });
  }

  /** A call arrives. */
  void receive(Connection from, Call call) {
    if (down || framework.filter(from::equals).isEmpty()) {
      world.trace().add("master", "refuses " + Describe.call(call));
      return;
    }
    world.trace().add("master", "takes " + Describe.call(call));
    world.tally().event("call");
    switch (call) {
      case Call.Accept accept -> accepts.accept(accept);
      case Call.Decline decline -> allocator.decline(decline);
      case Call.Kill kill -> agentCalls.kill(kill);
      case Call.Acknowledge ack -> agentCalls.acknowledge(ack);
      case Call.AcknowledgeOperation ack -> agentCalls.acknowledge(ack);
      case Call.Reconcile reconcile -> reconciliation.reconcile(reconcile);
      case Call.ReconcileOperations reconcile -> reconciliation.reconcile(reconcile);
      case Call.Revive _ -> allocator.revive();
      case Call.Suppress _ -> allocator.suppress();
    }
  }
}
