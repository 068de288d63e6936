package io.homeport.scheduler;

import io.homeport.model.Agent;
import io.homeport.model.AgentId;
import io.homeport.model.AgentStatus;
import io.homeport.model.Call;
import io.homeport.model.ClusterEvent;
import io.homeport.model.Offer;
import io.homeport.model.OfferId;
import io.homeport.model.OfferedReservation;
import io.homeport.model.Operation;
import io.homeport.model.OperationId;
import io.homeport.model.OperationUpdate;
import io.homeport.model.Pool;
import io.homeport.model.PortRanges;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationId;
import io.homeport.model.Resources;
import io.homeport.model.TaskId;
import io.homeport.model.TaskLaunch;
import io.homeport.model.TaskState;
import io.homeport.model.TaskUpdate;
import io.homeport.model.Volume;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A small, well-behaved engine for stories: it does at once what it is told, and says so. */
final class TestCluster {
  /** One agent: what is reserved on it and what runs there. */
  static final class Node {
    final Agent agent;
    final Resources total;
    final SortedMap<ReservationId, Reservation> reservations = new TreeMap<>();
    final SortedMap<String, Volume> volumes = new TreeMap<>();
    final SortedMap<TaskId, TaskLaunch> tasks = new TreeMap<>();
    boolean up = true;

    Node(Agent agent, Resources total) {
      this.agent = agent;
      this.total = total;
    }
  }

  final SortedMap<AgentId, Node> nodes = new TreeMap<>();
  final List<Call> calls = new ArrayList<>();
  final List<String> destroyed = new ArrayList<>();
  final Deque<ClusterEvent> events = new ArrayDeque<>();
  private final TreeSet<AgentId> offered = new TreeSet<>();
  private final SortedMap<OfferId, AgentId> outstanding = new TreeMap<>();
  private final TreeSet<OperationId> done = new TreeSet<>();
  private boolean suppressed;
  private int nextOffer;

  /** So many operations of an accept are done; agents die before the others. */
  int operationsDone = Integer.MAX_VALUE;

  void addAgent(String name, double cpus) {
    AgentId id = new AgentId(name);
    Agent agent =
        new Agent(id, name, Optional.empty(), Optional.empty(), new TreeMap<>(), List.of());
    nodes.put(id, new Node(agent, new Resources(cpus, 4096, 10_000, 0)));
  }

  private Node node(AgentId id) {
    return Objects.requireNonNull(nodes.get(id));
  }

  void connect() {
    outstanding.clear();
    offered.clear();
    suppressed = false;
    events.add(new ClusterEvent.Connected("framework-1"));
    nodes.values().forEach(node -> report(node));
    offer();
  }

  /** The scheduler is another process now: it hears what runs, as reconciliation would tell it. */
  void reconnect() {
    connect();
    for (Node node : nodes.values()) {
      for (TaskId task : node.tasks.keySet()) {
        update(task, node, node.up ? TaskState.TASK_RUNNING : TaskState.TASK_UNREACHABLE);
      }
    }
  }

  private void report(Node node) {
    events.add(
        new ClusterEvent.AgentReported(
            node.agent,
            node.up ? AgentStatus.ACTIVE : AgentStatus.UNREACHABLE,
            new Pool(node.total, PortRanges.of(31000, 31100), List.of())));
  }

  void cutOff(String name) {
    Node node = node(new AgentId(name));
    node.up = false;
    outstanding
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = entry.getValue().equals(node.agent.id());
              if (gone) {
                events.add(new ClusterEvent.OfferRescinded(entry.getKey()));
              }
              return gone;
            });
    offered.remove(node.agent.id());
    report(node);
    node.tasks.keySet().forEach(task -> update(task, node, TaskState.TASK_UNREACHABLE));
  }

  void bringBack(String name, boolean withTasks) {
    Node node = node(new AgentId(name));
    node.up = true;
    report(node);
    for (TaskId task : List.copyOf(node.tasks.keySet())) {
      update(task, node, withTasks ? TaskState.TASK_RUNNING : TaskState.TASK_FAILED);
      if (!withTasks) {
        node.tasks.remove(task);
      }
    }
    offer();
  }

  /** The agent is back with its disk, under another id; of its tasks nobody will ever say more. */
  void bringBackAs(String name, String next) {
    Node former = node(new AgentId(name));
    addAgent(next, former.total.cpus());
    Node node = node(new AgentId(next));
    node.reservations.putAll(former.reservations);
    node.volumes.putAll(former.volumes);
    former.reservations.clear();
    former.volumes.clear();
    report(node);
    offer();
  }

  /** As after a fail-over of the master: the agent is back, and of its tasks nothing is said. */
  void bringBackSilently(String name) {
    Node node = node(new AgentId(name));
    node.up = true;
    report(node);
    offer();
  }

  /** Another master leads, to which an agent has not come back; of agents it says nothing yet. */
  void failOverBefore(String late) {
    outstanding.clear();
    offered.clear();
    suppressed = false;
    node(new AgentId(late)).up = false;
    events.add(new ClusterEvent.Connected("framework-1"));
  }

  void fail(TaskId task) {
    for (Node node : nodes.values()) {
      if (node.tasks.remove(task) != null) {
        update(task, node, TaskState.TASK_FAILED);
      }
    }
    offer();
  }

  private void update(TaskId task, Node node, TaskState state) {
    update(task, node, state, Optional.of("uuid"));
  }

  private void update(TaskId task, Node node, TaskState state, Optional<String> uuid) {
    events.add(
        new ClusterEvent.TaskUpdated(
            new TaskUpdate(
                task,
                Optional.of(node.agent.id()),
                state,
                "",
                "",
                uuid,
                Instant.EPOCH,
                Optional.empty(),
                List.of())));
  }

  void take(Call call) {
    calls.add(call);
    switch (call) {
      case Call.Accept accept -> accept(accept);
      case Call.Decline decline -> decline.offers().forEach(offer -> outstanding.remove(offer));
      case Call.Kill kill -> kill(kill);
      case Call.Revive _ -> {
        suppressed = false;
        forgetFilters();
      }
      case Call.Suppress _ -> suppressed = true;
      case Call.Reconcile reconcile -> reconcile(reconcile.tasks());
      case Call.ReconcileOperations reconcile -> reconcile.operations().forEach(this::reconcile);
      case Call.Acknowledge _, Call.AcknowledgeOperation _ -> {}
    }
  }

  /** None means all. What is said in answer is not to be acknowledged. */
  private void reconcile(List<Call.KnownTask> tasks) {
    tasks.forEach(this::reconcile);
    if (tasks.isEmpty()) {
      for (Node node : nodes.values()) {
        TaskState state = node.up ? TaskState.TASK_RUNNING : TaskState.TASK_UNREACHABLE;
        node.tasks.keySet().forEach(task -> update(task, node, state, Optional.empty()));
      }
    }
  }

  private void reconcile(Call.KnownTask known) {
    Node node = node(known.agent());
    if (!node.up) {
      update(known.task(), node, TaskState.TASK_UNREACHABLE);
    } else if (!node.tasks.containsKey(known.task())) {
      update(known.task(), node, TaskState.TASK_GONE);
    } else {
      update(known.task(), node, TaskState.TASK_RUNNING);
    }
  }

  private void reconcile(Call.KnownOperation known) {
    OperationUpdate.State unfinished =
        node(known.agent()).up ? OperationUpdate.State.UNKNOWN : OperationUpdate.State.UNREACHABLE;
    tell(
        known.operation(),
        known.agent(),
        done.contains(known.operation()) ? OperationUpdate.State.FINISHED : unfinished,
        Optional.empty());
  }

  private void kill(Call.Kill kill) {
    Node node = nodes.get(kill.agent());
    if (node != null && node.up && node.tasks.remove(kill.task()) != null) {
      update(kill.task(), node, TaskState.TASK_KILLED);
      offered.remove(node.agent.id());
      offer();
    }
  }

  private void accept(Call.Accept accept) {
    accept.offers().forEach(outstanding::remove);
    offered.remove(accept.agent());
    Node node = node(accept.agent());
    accept.operations().stream().limit(operationsDone).forEach(operation -> apply(node, operation));
    offer();
  }

  private void apply(Node node, Operation operation) {
    switch (operation) {
      case Operation.Reserve reserve -> {
        node.reservations.put(reserve.reservation().id(), reserve.reservation());
        done(reserve.id(), node);
      }
      case Operation.Create create -> {
        node.volumes.put(create.volume().id().value(), create.volume());
        done(create.id(), node);
      }
      case Operation.Destroy destroy -> {
        node.volumes.remove(destroy.volume().id().value());
        destroyed.add(destroy.volume().id().value());
        done(destroy.id(), node);
      }
      case Operation.Unreserve unreserve -> {
        node.reservations.remove(unreserve.reservation().id());
        done(unreserve.id(), node);
      }
      case Operation.Launch launch -> {
        node.tasks.put(launch.launch().task(), launch.launch());
        update(launch.launch().task(), node, TaskState.TASK_STARTING);
        update(launch.launch().task(), node, TaskState.TASK_RUNNING);
      }
    }
  }

  private void done(OperationId id, Node node) {
    done.add(id);
    tell(id, node.agent.id(), OperationUpdate.State.FINISHED, Optional.of("uuid"));
  }

  private void tell(
      OperationId id, AgentId agent, OperationUpdate.State state, Optional<String> uuid) {
    events.add(
        new ClusterEvent.OperationUpdated(
            new OperationUpdate(id, Optional.of(agent), state, "", uuid)));
  }

  /** What was declined is offered again, as it is when filters run out. */
  void forgetFilters() {
    offered.clear();
    offered.addAll(outstanding.values());
    offer();
  }

  void offer() {
    if (suppressed) {
      return;
    }
    List<Offer> offers = new ArrayList<>();
    for (Node node : nodes.values()) {
      if (node.up && offered.add(node.agent.id())) {
        Offer offer = offer(node);
        outstanding.put(offer.id(), node.agent.id());
        offers.add(offer);
      }
    }
    if (!offers.isEmpty()) {
      events.add(new ClusterEvent.OffersReceived(offers));
    }
  }

  private Offer offer(Node node) {
    Resources free = node.total;
    List<Integer> taken = new ArrayList<>();
    List<OfferedReservation> parts = new ArrayList<>();
    for (Reservation reservation : node.reservations.values()) {
      free = free.minus(reservation.total());
      taken.addAll(reservation.ports());
      boolean busy =
          node.tasks.values().stream()
              .anyMatch(
                  task ->
                      task.reservation()
                          .map(Reservation::id)
                          .filter(reservation.id()::equals)
                          .isPresent());
      if (!busy) {
        parts.add(part(node, reservation));
      }
    }
    for (TaskLaunch task : node.tasks.values()) {
      if (task.reservation().isEmpty()) {
        free = free.minus(task.app().resources());
        taken.addAll(task.ports());
      }
    }
    PortRanges ports = PortRanges.of(31000, 31100).minus(PortRanges.ofPorts(taken));
    return new Offer(
        new OfferId("offer-" + nextOffer++), node.agent, new Pool(free, ports, List.of()), parts);
  }

  private static OfferedReservation part(Node node, Reservation reservation) {
    List<OfferedReservation.OfferedVolume> volumes = new ArrayList<>();
    Resources resources = reservation.total();
    for (Volume volume : reservation.volumes()) {
      if (node.volumes.containsKey(volume.id().value())) {
        volumes.add(
            new OfferedReservation.OfferedVolume(
                volume.id(), volume.containerPath(), volume.sizeMib(), volume.source()));
        resources = resources.withDisk(resources.disk() - volume.sizeMib());
      }
    }
    return new OfferedReservation(
        reservation.id(),
        "installation",
        resources,
        PortRanges.ofPorts(reservation.ports()),
        List.of(),
        volumes);
  }
}
