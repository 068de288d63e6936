package io.homeport.simulation.cluster;

import io.homeport.model.Call;
import io.homeport.model.Operation;
import io.homeport.model.OperationId;
import io.homeport.model.OperationUpdate;
import io.homeport.model.TaskId;
import io.homeport.model.TaskLaunch;
import io.homeport.model.TaskState;
import io.homeport.model.TaskUpdate;
import io.homeport.simulation.world.Describe;
import io.homeport.simulation.world.Fault;
import io.homeport.simulation.world.Situation;
import io.homeport.simulation.world.SplitMix64;
import io.homeport.simulation.world.World;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What happens on machines: operations, processes, and updates repeated until acknowledged. */
public final class AgentLife {
  private static final long FIRST_RESEND_MILLIS = 10_000;
  private static final long LONGEST_RESEND_MILLIS = 60_000;

  private final SimulatedCluster cluster;
  private final World world;
  private final SplitMix64 random;
  private final SortedMap<String, Long> arrivals = new TreeMap<>();
  private long uuids;

  AgentLife(SimulatedCluster cluster, SplitMix64 random) {
    this.cluster = cluster;
    this.world = cluster.world();
    this.random = random;
  }

  /** In how many milliseconds the next message of the master reaches a machine: in order. */
  long nextArrival(Machine machine) {
    long now = world.agenda().elapsed().toMillis();
    long earliest = arrivals.getOrDefault(machine.hostname(), 0L) + 1;
    long at = Math.max(earliest, now + random.between(1, world.profile().latencyMillis()));
    arrivals.put(machine.hostname(), at);
    return at - now;
  }

  /** A message of the master; lost when the machine is not there to hear it. */
  void send(Machine machine, Runnable message) {
    boolean heard = machine.isRegistered();
    long session = machine.session();
    long term = cluster.master().term();
    world
        .agenda()
        .after(
            nextArrival(machine),
            () -> {
              if (heard
                  && machine.isOnline()
                  && machine.session() == session
                  && cluster.master().term() == term) {
                message.run();
              }
            });
  }

  /** An operation reaches its agent, which may fail to carry it out. */
  void carryOut(Machine machine, Operation operation) {
    boolean fails = world.strikes(Fault.OPERATION_FAILURES, random);
    Optional<OperationId> id = Accepts.idOf(operation);
    if (fails) {
      world.tally().fault("operation failed on its agent");
      if (operation instanceof Operation.Create) {
        world.tally().reached(Situation.CREATE_FAILED);
      }
    }
    Optional<String> wrong = fails ? Optional.of("the agent failed") : apply(machine, operation);
    world
        .trace()
        .add(
            machine.hostname(),
            wrong
                .map(why -> "fails " + Describe.operation(operation) + ": " + why)
                .orElseGet(() -> "does " + Describe.operation(operation)));
    id.ifPresent(
        operationId ->
            tell(
                machine,
                operationId,
                wrong.isEmpty() ? OperationUpdate.State.FINISHED : OperationUpdate.State.FAILED,
                wrong.orElse("")));
    Accepts.taskOf(operation)
        .filter(_ -> wrong.isPresent())
        .ifPresent(
            launch ->
                push(
                    machine,
                    launch.task(),
                    TaskState.TASK_DROPPED,
                    "REASON_TASK_INVALID",
                    Optional.empty()));
  }

  private Optional<String> apply(Machine machine, Operation operation) {
    Ledger disk = machine.disk();
    return switch (operation) {
      case Operation.Reserve reserve ->
          disk.reserve(SimulatedCluster.INSTALLATION, reserve.reservation());
      case Operation.Create create ->
          machine.isFull() || disk.isTaken(create.volume().id())
              ? Optional.of("the persistence id is taken, or there is no space left on the device")
              : disk.create(create.reservation().id(), create.volume());
      case Operation.Destroy destroy -> {
        Optional<String> wrong = disk.destroy(destroy.reservation().id(), destroy.volume().id());
        if (wrong.isEmpty()) {
          cluster.witness().destroyed(destroy.volume().id());
        }
        yield wrong;
      }
      case Operation.Unreserve unreserve -> disk.unreserve(unreserve.reservation());
      case Operation.Launch launch -> launch(machine, launch.launch());
    };
  }

  private Optional<String> launch(Machine machine, TaskLaunch launch) {
    if (launch.reservation().isPresent()
        && !machine.tenants(launch.reservation().get().id()).isEmpty()) {
      return Optional.of("the volume is in use");
    }
    // A task takes its whole reservation: it is checked against a copy, and stays in the ledger.
    Ledger ledger =
        launch.reservation().isPresent()
            ? new Ledger(machine.disk().free(), machine.disk().reserved())
            : machine.disk();
    Optional<String> wrong = ledger.launch(launch);
    if (wrong.isPresent()) {
      return wrong;
    }
    cluster.witness().launched(machine, launch);
    Machine.TaskProcess process = new Machine.TaskProcess(launch);
    machine.processes().put(launch.task(), process);
    world.tally().event("launch");
    world.agenda().after(random.between(10, 2000), () -> starting(machine, process));
    return Optional.empty();
  }

  private boolean runs(Machine machine, Machine.TaskProcess process) {
    return machine.processes().get(process.launch().task()) == process && !process.isEnding();
  }

  private void starting(Machine machine, Machine.TaskProcess process) {
    if (!runs(machine, process)) {
      return;
    }
    process.become(TaskState.TASK_STARTING);
    tell(machine, process, "");
    world.agenda().after(random.between(10, 5000), () -> running(machine, process));
  }

  private void running(Machine machine, Machine.TaskProcess process) {
    if (!runs(machine, process)) {
      return;
    }
    process.become(TaskState.TASK_RUNNING);
    tell(machine, process, "");
    if (machine.isFull()) {
      fillVolumes(machine, process);
    }
    Duration life = world.profile().pause(Fault.TASK_ENDS);
    if (!life.isZero() && world.isTroubled()) {
      world
          .agenda()
          .after(random.between(10, life.toMillis() * 2), () -> endByItself(machine, process));
    }
    if (!process.launch().app().healthChecks().isEmpty()) {
      world.agenda().after(random.between(10, 5000), () -> turnHealth(machine, process));
    }
  }

  private void turnHealth(Machine machine, Machine.TaskProcess process) {
    if (!runs(machine, process)) {
      return;
    }
    boolean before = process.healthy().orElse(false);
    boolean next = !before || !world.isTroubled();
    if (process.healthy().isEmpty() || before != next) {
      process.feel(next);
      tell(
          machine,
          process,
          next ? "REASON_TASK_HEALTH_CHECK_STATUS_UPDATED" : TaskUpdate.REASON_UNHEALTHY);
    }
    Duration pause = world.profile().pause(Fault.HEALTH);
    if (!pause.isZero() && world.isTroubled()) {
      world.tally().fault("health turned");
      world
          .agenda()
          .after(random.between(10, pause.toMillis() * 2), () -> turnHealth(machine, process));
    } else if (!next) {
      world.agenda().after(5000, () -> turnHealth(machine, process));
    }
  }

  /** The task writes more than its volume holds (tape 02). */
  private void fillVolumes(Machine machine, Machine.TaskProcess process) {
    if (process.launch().reservation().isPresent() && machine.isFull() && runs(machine, process)) {
      world.tally().fault("volume full");
      world.tally().reached(Situation.VOLUME_FULL);
      end(machine, process, TaskState.TASK_FAILED, "REASON_CONTAINER_LIMITATION_DISK");
    }
  }

  /**
   * The disk of a machine fills: the tasks that write to it end.
   *
   * @param machine the machine
   */
  public void fillUp(Machine machine) {
    machine.fill(true);
    List.copyOf(machine.processes().values()).forEach(process -> fillVolumes(machine, process));
  }

  private void endByItself(Machine machine, Machine.TaskProcess process) {
    if (!world.isTroubled() || !runs(machine, process)) {
      return;
    }
    boolean well = random.chance(0.3);
    world.tally().fault(well ? "task finished by itself" : "task failed");
    end(machine, process, well ? TaskState.TASK_FINISHED : TaskState.TASK_FAILED, "");
  }

  /** A kill reaches the agent; one for something unknown is ignored. */
  void kill(Machine machine, Call.Kill kill) {
    Machine.TaskProcess process = machine.processes().get(kill.task());
    if (process == null || process.isEnding()) {
      return;
    }
    process.end();
    if (random.chance(0.7)) {
      process.become(TaskState.TASK_KILLING);
      tell(machine, process, "");
    }
    long grace = kill.grace().orElse(Duration.ofSeconds(3)).toMillis();
    world
        .agenda()
        .after(
            random.between(1, grace + 1),
            () -> {
              if (machine.processes().get(kill.task()) == process) {
                end(machine, process, TaskState.TASK_KILLED, "");
              }
            });
  }

  /**
   * A process is over.
   *
   * @param machine where
   * @param process the process
   * @param state how it ended
   * @param reason what the agent says of it
   */
  public void end(Machine machine, Machine.TaskProcess process, TaskState state, String reason) {
    process.become(state);
    machine.processes().remove(process.launch().task());
    if (process.launch().reservation().isEmpty()) {
      machine.disk().release(process.launch());
    }
    world.trace().add(machine.hostname(), process.launch().task() + " ends: " + state);
    push(machine, process.launch().task(), state, reason, Optional.empty());
  }

  /**
   * The agent is told that it was declared gone: it ends everything and forgets who it was.
   *
   * @param machine the machine
   */
  public void shutDown(Machine machine) {
    for (Machine.TaskProcess process : List.copyOf(machine.processes().values())) {
      end(machine, process, TaskState.TASK_KILLED, "");
    }
    machine.stop();
    machine.forgetIdentity();
    world.trace().add(machine.hostname(), "shut down as gone");
  }

  private void tell(Machine machine, Machine.TaskProcess process, String reason) {
    push(machine, process.launch().task(), process.state(), reason, process.healthy());
  }

  private void push(
      Machine machine, TaskId task, TaskState state, String reason, Optional<Boolean> healthy) {
    if (machine.id().isEmpty()) {
      return;
    }
    Deque<TaskUpdate> outbox = machine.outbox(task);
    TaskUpdate update =
        new TaskUpdate(
            task,
            machine.id(),
            state,
            reason,
            "",
            Optional.of("uuid-" + uuids++),
            world.agenda().instant(),
            healthy,
            List.of());
    cluster.witness().told(update);
    outbox.addLast(update);
    if (outbox.size() == 1) {
      sendHead(machine, task, FIRST_RESEND_MILLIS);
    }
  }

  /** Sends the oldest update that is not acknowledged, now and again until it is. */
  private void sendHead(Machine machine, TaskId task, long pause) {
    Deque<TaskUpdate> outbox = machine.updates().get(task);
    TaskUpdate head = outbox == null ? null : outbox.peekFirst();
    if (outbox == null || head == null || !machine.isOnline()) {
      return;
    }
    long session = machine.session();
    world.agenda().after(world.latency(), () -> cluster.master().forward(machine, head));
    world
        .agenda()
        .after(
            pause,
            () -> {
              if (machine.session() == session && head.equals(outbox.peekFirst())) {
                world.tally().event("update resent");
                sendHead(machine, task, Math.min(pause * 2, LONGEST_RESEND_MILLIS));
              }
            });
  }

  /**
   * Everything that is not acknowledged is sent again, as after a return.
   *
   * @param machine the machine
   */
  public void resendAll(Machine machine) {
    List.copyOf(machine.updates().keySet())
        .forEach(task -> sendHead(machine, task, FIRST_RESEND_MILLIS));
    List.copyOf(machine.feedback().values())
        .forEach(update -> sendFeedback(machine, update, FIRST_RESEND_MILLIS));
  }

  void acknowledged(Machine machine, Call.Acknowledge ack) {
    Deque<TaskUpdate> outbox = machine.updates().get(ack.task());
    TaskUpdate head = outbox == null ? null : outbox.peekFirst();
    if (outbox == null || head == null || !head.uuid().equals(Optional.of(ack.uuid()))) {
      return;
    }
    outbox.removeFirst();
    if (outbox.isEmpty()) {
      machine.updates().remove(ack.task());
    } else {
      sendHead(machine, ack.task(), FIRST_RESEND_MILLIS);
    }
  }

  private void tell(
      Machine machine, OperationId operation, OperationUpdate.State state, String why) {
    OperationUpdate update =
        new OperationUpdate(operation, machine.id(), state, why, Optional.of("uuid-" + uuids++));
    cluster.witness().told(update);
    machine.feedback().put(operation, update);
    if (world.strikes(Fault.LATE_FEEDBACK, random)) {
      // The first message is lost; only the repetition arrives.
      world.tally().fault("operation feedback late");
      long session = machine.session();
      world
          .agenda()
          .after(
              FIRST_RESEND_MILLIS,
              () -> {
                if (machine.session() == session) {
                  sendFeedback(machine, update, FIRST_RESEND_MILLIS * 2);
                }
              });
    } else {
      sendFeedback(machine, update, FIRST_RESEND_MILLIS);
    }
  }

  private void sendFeedback(Machine machine, OperationUpdate update, long pause) {
    if (!machine.isOnline() || !update.equals(machine.feedback().get(update.operation()))) {
      return;
    }
    long session = machine.session();
    world.agenda().after(world.latency(), () -> cluster.master().forward(machine, update));
    world
        .agenda()
        .after(
            pause,
            () -> {
              if (machine.session() == session) {
                sendFeedback(machine, update, Math.min(pause * 2, LONGEST_RESEND_MILLIS));
              }
            });
  }
}
