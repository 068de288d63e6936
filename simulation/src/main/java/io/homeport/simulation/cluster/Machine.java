package io.homeport.simulation.cluster;

import io.homeport.model.Agent;
import io.homeport.model.AgentId;
import io.homeport.model.OfferedReservation;
import io.homeport.model.OperationId;
import io.homeport.model.OperationUpdate;
import io.homeport.model.Pool;
import io.homeport.model.ReservationId;
import io.homeport.model.TaskId;
import io.homeport.model.TaskLaunch;
import io.homeport.model.TaskState;
import io.homeport.model.TaskUpdate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A machine with its disk, its processes and its agent. The disk outlives everything; processes
 * outlive the agent's own; what the agent has to tell is kept until it is acknowledged, as Mesos's
 * status update manager does.
 */
public final class Machine {
  private final String hostname;
  private final SortedMap<String, String> attributes;
  private final Pool total;
  private final Ledger disk;
  private final SortedMap<TaskId, TaskProcess> processes = new TreeMap<>();
  private final SortedMap<TaskId, Deque<TaskUpdate>> updates = new TreeMap<>();
  private final SortedMap<OperationId, OperationUpdate> feedback = new TreeMap<>();
  private Optional<AgentId> id = Optional.empty();
  private boolean up = true;
  private boolean cut;
  private boolean lost;
  private boolean full;
  private long session;
  private long registeredSession = -1;
  private int inFlight;

  /** A task's process. */
  public static final class TaskProcess {
    private final TaskLaunch launch;
    private TaskState state = TaskState.TASK_STAGING;
    private Optional<Boolean> healthy = Optional.empty();
    private boolean ending;

    TaskProcess(TaskLaunch launch) {
      this.launch = launch;
    }

    /** How it was started. */
    public TaskLaunch launch() {
      return launch;
    }

    /** How far it is. */
    public TaskState state() {
      return state;
    }

    void become(TaskState next) {
      state = next;
    }

    Optional<Boolean> healthy() {
      return healthy;
    }

    void feel(boolean next) {
      healthy = Optional.of(next);
    }

    boolean isEnding() {
      return ending;
    }

    void end() {
      ending = true;
    }
  }

  Machine(String hostname, SortedMap<String, String> attributes, Pool total) {
    this.hostname = hostname;
    this.attributes = attributes;
    this.total = total;
    this.disk = new Ledger(total, new TreeMap<>());
  }

  /** Its name. */
  public String hostname() {
    return hostname;
  }

  SortedMap<String, String> attributes() {
    return attributes;
  }

  Pool total() {
    return total;
  }

  /** Its resources. The disk outlives everything. */
  public Ledger disk() {
    return disk;
  }

  /** What runs. */
  public SortedMap<TaskId, TaskProcess> processes() {
    return processes;
  }

  /** What is not acknowledged, oldest first. */
  public SortedMap<TaskId, Deque<TaskUpdate>> updates() {
    return updates;
  }

  /** The outcomes that are not acknowledged. */
  public SortedMap<OperationId, OperationUpdate> feedback() {
    return feedback;
  }

  /** The agent as frameworks see it; only once it has an id. */
  public Agent agent() {
    return new Agent(
        id.orElseThrow(), hostname, Optional.empty(), Optional.empty(), attributes, List.of());
  }

  /** The agent's id, once it has one. */
  public Optional<AgentId> id() {
    return id;
  }

  void name(AgentId next) {
    id = Optional.of(next);
  }

  /** Whether the agent can hear and be heard. */
  public boolean isOnline() {
    return up && !cut;
  }

  /** Whether the agent runs. */
  public boolean isUp() {
    return up;
  }

  /** Whether it never comes back. */
  public boolean isLost() {
    return lost;
  }

  /** It never comes back. */
  public void lose() {
    lost = true;
    stop();
  }

  /** Changes with every stop, cut and start; what was under way before is lost. */
  long session() {
    return session;
  }

  /** Whether it registered since the last stop, cut or start. */
  boolean isRegistered() {
    return registeredSession == session;
  }

  void registered() {
    registeredSession = session;
  }

  /** The agent ends. */
  public void stop() {
    up = false;
    session++;
  }

  /** The agent begins. */
  public void start() {
    up = true;
    session++;
  }

  /**
   * The network is cut, or whole again.
   *
   * @param next whether it is cut
   */
  public void cut(boolean next) {
    cut = next;
    session++;
  }

  /** Whether the network is cut. */
  public boolean isCut() {
    return cut;
  }

  /** Its identity is lost, as when its attributes changed; the disk stays (Mesos tape 13). */
  public void forgetIdentity() {
    id = Optional.empty();
    updates.clear();
    feedback.clear();
  }

  /** Whether its disk has no room at the moment. */
  public boolean isFull() {
    return full;
  }

  /**
   * Its disk fills, or has room again.
   *
   * @param next whether it is full
   */
  public void fill(boolean next) {
    full = next;
  }

  void inFlight(int more) {
    inFlight += more;
  }

  boolean hasInFlight() {
    return inFlight > 0;
  }

  Deque<TaskUpdate> outbox(TaskId task) {
    return updates.computeIfAbsent(task, id -> new ArrayDeque<>());
  }

  /** The processes that use a reservation; never more than one, if all is well. */
  List<TaskProcess> tenants(ReservationId reservation) {
    List<TaskProcess> tenants = new ArrayList<>();
    for (TaskProcess process : processes.values()) {
      if (process.launch().reservation().filter(r -> r.id().equals(reservation)).isPresent()) {
        tenants.add(process);
      }
    }
    return tenants;
  }

  /** The reservations on the disk that no process uses. */
  List<OfferedReservation> vacant() {
    return disk.reserved().values().stream().filter(held -> tenants(held.id()).isEmpty()).toList();
  }
}
