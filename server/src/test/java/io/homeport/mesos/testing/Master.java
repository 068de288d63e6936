package io.homeport.mesos.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.Protos.OperationStatus;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.scheduler.Protos.Event;

/**
 * A leading master: agents, frameworks and tasks, as far as it knows of them. All that a successor
 * inherits is the registry of agents; the rest it learns from those who come back.
 */
final class Master {
  private final String id = UUID.randomUUID().toString();
  private final Turns turns;
  private final Settings settings;
  private final Map<String, Registered> agents = new LinkedHashMap<>();
  private final Map<String, Framework> frameworks = new LinkedHashMap<>();
  private final Set<String> removed = new HashSet<>();
  private final Map<String, KnownTask> tasks = new LinkedHashMap<>();
  private final Map<String, KnownOperation> operations = new LinkedHashMap<>();
  private final Allocator allocator = new Allocator(this);
  private int agentCount;
  private int frameworkCount;

  /** An operation whose outcome was not acknowledged. */
  record KnownOperation(String framework, String agent, Optional<OperationStatus> status) {}

  Master(Turns turns, Settings settings) {
    this.turns = turns;
    this.settings = settings;
  }

  /** A successor: it knows which agents there were, and which ids will not come back. */
  Master successor() {
    Master next = new Master(turns, settings);
    agents.forEach(
        (name, known) -> {
          Registered inherited = new Registered(known.agent());
          inherited.disconnected();
          inherited.total(known.total());
          inherited.maintained(known.maintenance());
          inherited.drains(known.drain());
          inherited.stands(
              known.standing() == Registered.Standing.ACTIVE
                  ? Registered.Standing.RECOVERED
                  : known.standing());
          next.agents.put(name, inherited);
        });
    next.removed.addAll(removed);
    return next;
  }

  String id() {
    return id;
  }

  Turns turns() {
    return turns;
  }

  Settings settings() {
    return settings;
  }

  Allocator allocator() {
    return allocator;
  }

  Collection<Registered> agents() {
    return agents.values();
  }

  Optional<Registered> agent(String name) {
    return Optional.ofNullable(agents.get(name));
  }

  Collection<Framework> frameworks() {
    return List.copyOf(frameworks.values());
  }

  Optional<Framework> framework(String name) {
    return Optional.ofNullable(frameworks.get(name));
  }

  Map<String, KnownTask> tasks() {
    return tasks;
  }

  Map<String, KnownOperation> operations() {
    return operations;
  }

  /** What tasks on an agent use. */
  Bag used(String agent) {
    List<Resource> used = new ArrayList<>();
    for (KnownTask task : tasks.values()) {
      if (task.agent().equals(agent) && task.uses()) {
        used.addAll(task.info().getResourcesList());
      }
    }
    return Bag.of(used);
  }

  private static String key(String framework, String task) {
    return framework + " " + task;
  }

  Optional<KnownTask> task(String framework, String task) {
    return Optional.ofNullable(tasks.get(key(framework, task)));
  }

  void know(KnownTask task) {
    tasks.put(key(task.framework(), task.id()), task);
  }

  void forget(KnownTask task) {
    tasks.remove(key(task.framework(), task.id()));
  }

  /** A scheduler subscribes; an earlier subscriber of its framework is cut off. */
  void subscribe(FrameworkInfo info, Subscriber subscriber) {
    String wanted = info.getId().getValue();
    Optional<String> wrong = wrong(info);
    if (removed.contains(wanted) || wrong.isPresent()) {
      subscriber.send(Statuses.error(wrong.orElse("Framework has been removed")));
      subscriber.end();
      return;
    }
    String name = wanted.isEmpty() ? String.format("%s-%04d", id, frameworkCount++) : wanted;
    FrameworkInfo.Builder known = info.toBuilder();
    known.getIdBuilder().setValue(name);
    Framework framework = frameworks.computeIfAbsent(name, _ -> new Framework(name, known.build()));
    framework
        .subscriber()
        .ifPresent(
            earlier -> {
              earlier.send(Statuses.error("Framework failed over"));
              earlier.end();
            });
    allocator.forget(framework);
    framework.connected(known.build(), subscriber);
    Event.Builder subscribed = Event.newBuilder().setType(Event.Type.SUBSCRIBED);
    subscribed
        .getSubscribedBuilder()
        .setHeartbeatIntervalSeconds(settings.heartbeat().toMillis() / 1000.0)
        .getFrameworkIdBuilder()
        .setValue(name);
    subscribed
        .getSubscribedBuilder()
        .getMasterInfoBuilder()
        .setId(id)
        .setIp(0)
        .setPort(0)
        .setVersion("1.12.0");
    framework.tell(subscribed.build());
    framework.tell(Event.newBuilder().setType(Event.Type.HEARTBEAT).build());
    turns.soon(allocator::allocate);
  }

  private static Optional<String> wrong(FrameworkInfo info) {
    return info.getRolesList().stream()
        .filter(role -> role.contains(" ") || role.startsWith("/") || role.isEmpty())
        .map(role -> "Invalid role '" + role + "'")
        .findFirst();
  }

  /** A scheduler is not reached any more; its tasks are kept for its fail-over timeout. */
  void lost(Framework framework, Subscriber subscriber) {
    if (framework.subscriber().filter(subscriber::equals).isEmpty()) {
      return;
    }
    allocator.forget(framework);
    framework.disconnected();
    turns.after(
        Duration.ofMillis((long) (framework.info().getFailoverTimeout() * 1000)),
        () -> {
          if (!framework.isConnected() && frameworks.get(framework.id()) == framework) {
            remove(framework);
          }
        });
  }

  /** A framework ends: its tasks are ended, what it reserved stays. */
  void remove(Framework framework) {
    for (KnownTask task : List.copyOf(tasks.values())) {
      if (task.framework().equals(framework.id())) {
        agent(task.agent())
            .filter(Registered::isConnected)
            .ifPresent(on -> on.agent().killTask(task.id(), Optional.empty(), Optional.empty()));
        forget(task);
      }
    }
    framework.subscriber().ifPresent(Subscriber::end);
    allocator.forget(framework);
    framework.disconnected();
    frameworks.remove(framework.id());
    removed.add(framework.id());
  }

  /** An agent registers: for the first time, again, or under a new name. */
  void register(Agent agent) {
    if (agent.id().isEmpty()) {
      agent.named(id + "-S" + agentCount++);
      agents.put(agent.id(), new Registered(agent));
      return;
    }
    Registered known = agents.computeIfAbsent(agent.id(), _ -> new Registered(agent));
    if (known.standing() == Registered.Standing.GONE) {
      turns.soon(agent::shutDown);
      return;
    }
    Registered.Standing before = known.standing();
    known.connected();
    known.stands(Registered.Standing.ACTIVE);
    agent.executors().values().forEach(executor -> learn(executor, known, before));
    drained(agent);
  }

  private void learn(Executor executor, Registered on, Registered.Standing before) {
    boolean over = executor.hasEnded() && executor.unacknowledged().isEmpty();
    if (over || removed.contains(executor.framework())) {
      if (!over) {
        executor.kill(Optional.empty(), Optional.empty());
      }
      return;
    }
    TaskStatus status = on.agent().status(executor, executor.state()).build();
    Optional<KnownTask> known = task(executor.framework(), executor.id());
    if (known.isEmpty()) {
      know(new KnownTask(executor.framework(), on.id(), executor.task(), status));
      return;
    }
    known.get().heard(status);
    if (before == Registered.Standing.UNREACHABLE) {
      tell(
          known.get(),
          executor.state(),
          TaskStatus.Reason.REASON_AGENT_REREGISTERED,
          "Unreachable agent re-reregistered");
    } else if (known.get().isKillWanted()) {
      executor.kill(Optional.empty(), Optional.empty());
    }
  }

  /** What the master itself says of a task: with what its agent said of the container. */
  void tell(KnownTask task, TaskState state, TaskStatus.Reason reason, String message) {
    TaskStatus.Builder status = Statuses.byMaster(task.id(), task.agent(), state, reason, message);
    boolean there = state != TaskState.TASK_UNREACHABLE && state != TaskState.TASK_GONE_BY_OPERATOR;
    if (there && task.latest().hasContainerStatus()) {
      status.setContainerStatus(task.latest().getContainerStatus());
    }
    if (there && task.latest().hasHealthy()) {
      status.setHealthy(task.latest().getHealthy());
    }
    if (state == TaskState.TASK_UNREACHABLE) {
      agent(task.agent())
          .ifPresent(
              on -> status.getUnreachableTimeBuilder().setNanoseconds(on.unreachableSinceNanos()));
    }
    framework(task.framework())
        .ifPresent(framework -> framework.tell(Statuses.update(status.build())));
  }

  /** The connection to an agent breaks: its offers are void at once, the rest after a while. */
  void disconnected(Agent agent) {
    agent(agent.id())
        .ifPresent(
            known -> {
              long loss = known.disconnected();
              allocator.rescind(known.id());
              turns.after(
                  settings.pingTimeout(),
                  () -> {
                    if (known.isStillGone(loss)) {
                      giveUp(known);
                    }
                  });
            });
  }

  /** An agent is called unreachable, and so are its tasks. */
  void giveUp(Registered agent) {
    if (agent.standing() == Registered.Standing.GONE
        || agent.standing() == Registered.Standing.UNREACHABLE) {
      return;
    }
    agent.stands(Registered.Standing.UNREACHABLE);
    agent.unreachableSince(System.currentTimeMillis() * 1_000_000);
    end(
        agent,
        TaskState.TASK_UNREACHABLE,
        TaskStatus.Reason.REASON_AGENT_REMOVED,
        "health check timed out");
    frameworks.values().forEach(framework -> framework.tell(Statuses.failure(agent.id())));
  }

  /** An operator declares an agent gone. */
  void declareGone(Registered agent) {
    Registered.Standing before = agent.standing();
    agent.stands(Registered.Standing.GONE);
    allocator.rescind(agent.id());
    end(
        agent,
        TaskState.TASK_GONE_BY_OPERATOR,
        TaskStatus.Reason.REASON_AGENT_REMOVED_BY_OPERATOR,
        "Agent has been marked gone");
    if (before == Registered.Standing.ACTIVE) {
      frameworks.values().forEach(framework -> framework.tell(Statuses.failure(agent.id())));
      turns.soon(agent.agent()::shutDown);
    }
  }

  private void end(Registered agent, TaskState state, TaskStatus.Reason reason, String message) {
    for (KnownTask task : List.copyOf(tasks.values())) {
      if (task.agent().equals(agent.id()) && !task.hasEnded()) {
        task.becomes(state);
        tell(task, state, reason, message);
      }
    }
  }

  /** An agent's tasks are ended, and it is offered no more until it is reactivated. */
  void drain(Registered agent, Optional<Duration> mostGrace) {
    agent.drains(Registered.Drain.DRAINING);
    allocator.rescind(agent.id());
    for (KnownTask task : tasks.values()) {
      if (task.agent().equals(agent.id()) && !task.hasEnded()) {
        turns.soon(
            () ->
                agent
                    .agent()
                    .killTask(
                        task.id(),
                        mostGrace,
                        Optional.of(TaskStatus.Reason.REASON_AGENT_DRAINING)));
      }
    }
    turns.soon(() -> drained(agent.agent()));
  }

  /** Looks whether a draining agent is empty. */
  void drained(Agent agent) {
    agent(agent.id())
        .filter(known -> known.drain() == Registered.Drain.DRAINING && agent.isIdle())
        .ifPresent(known -> known.drains(Registered.Drain.DRAINED));
  }

  /** An update of an agent goes on to its framework; if that is not there, it comes again. */
  void forward(Agent from, Executor executor, TaskStatus status) {
    if (agent(from.id())
        .filter(known -> known.standing() == Registered.Standing.ACTIVE)
        .isEmpty()) {
      return;
    }
    Optional<KnownTask> known = task(executor.framework(), executor.id());
    if (known.isEmpty()) {
      from.acknowledge(executor.id(), status.getUuid()); // of a framework that was removed
      return;
    }
    if (!known.get().hasEnded()) {
      known.get().heard(status);
    }
    framework(executor.framework()).ifPresent(framework -> framework.tell(Statuses.update(status)));
  }

  /** The outcome of an operation. */
  void forward(String framework, OperationStatus status) {
    operations.put(
        status.getOperationId().getValue(),
        new KnownOperation(framework, status.getAgentId().getValue(), Optional.of(status)));
    tell(framework, status);
  }

  void tell(String framework, OperationStatus status) {
    Event.Builder event = Event.newBuilder().setType(Event.Type.UPDATE_OPERATION_STATUS);
    event.getUpdateOperationStatusBuilder().setStatus(status);
    framework(framework).ifPresent(found -> found.tell(event.build()));
  }
}
