package io.homeport.local;

import io.homeport.model.Agent;
import io.homeport.model.AgentId;
import io.homeport.model.AgentStatus;
import io.homeport.model.Call;
import io.homeport.model.ClusterEvent;
import io.homeport.model.Offer;
import io.homeport.model.OfferId;
import io.homeport.model.Operation;
import io.homeport.model.OperationUpdate;
import io.homeport.model.Pool;
import io.homeport.model.TaskLaunch;
import io.homeport.model.TaskState;
import io.homeport.model.TaskUpdate;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** One agent: its offers, its reservations and volumes, its tasks. Engine's thread only. */
final class LocalAgent {
  private final String name;
  private final AgentDirectories directories;
  private final AgentLedger ledger;
  private final LocalEngineOptions options;
  private final Machine machine;
  private final Pool total;
  private final Consumer<ClusterEvent> sink;
  private final UpdateOutbox outbox;
  private final AgentTasks tasks;
  private OfferBook book;
  private AgentStatus reported = AgentStatus.UNREACHABLE;
  private boolean suppressed;

  LocalAgent(
      String name,
      AgentDirectories directories,
      AgentLedger ledger,
      LocalEngineOptions options,
      Machine machine,
      Pool total,
      EngineThread thread,
      Consumer<ClusterEvent> sink) {
    this.name = name;
    this.directories = directories;
    this.ledger = ledger;
    this.options = options;
    this.machine = machine;
    this.total = total;
    this.sink = sink;
    this.outbox = new UpdateOutbox(sink);
    this.book = newBook();
    this.tasks =
        new AgentTasks(
            this::id,
            directories,
            ledger,
            new TaskLauncher(directories, options, machine),
            machine,
            thread,
            outbox,
            this::freed);
  }

  private OfferBook newBook() {
    return new OfferBook(name + "-" + UUID.randomUUID().toString().substring(0, 8));
  }

  /** Its name now; an agent that was declared gone comes back under another one. */
  AgentId id() {
    int generation = ledger.agent().generation();
    return new AgentId(generation == 1 ? name : name + "." + generation);
  }

  /** Where it keeps what. */
  AgentDirectories directories() {
    return directories;
  }

  /** Its reservations and volumes. */
  AgentLedger ledger() {
    return ledger;
  }

  /** Its tasks. */
  AgentTasks tasks() {
    return tasks;
  }

  private Agent agent() {
    List<String> capabilities =
        machine.containers().isPresent() ? List.of(Agent.IMAGES) : List.of();
    return new Agent(
        id(), name, Optional.empty(), Optional.empty(), options.attributes(), capabilities);
  }

  private AgentStatus status() {
    return switch (ledger.agent().standing()) {
      case ACTIVE -> AgentStatus.ACTIVE;
      case DRAINING -> tasks.live().isEmpty() ? AgentStatus.DRAINED : AgentStatus.DRAINING;
      case STOPPED -> AgentStatus.UNREACHABLE;
      case GONE -> AgentStatus.GONE;
    };
  }

  private void report() {
    reported = status();
    sink.accept(new ClusterEvent.AgentReported(agent(), reported, total));
  }

  /** Begins: finds its tasks again and says how it is. */
  void start() throws IOException {
    AgentVolumes.finishDestroying(directories, ledger);
    AgentVolumes.undoCreating(directories, ledger);
    boolean off = isOff();
    if (off) {
      outbox.mute();
    }
    report();
    tasks.recover();
    if (off) {
      // Switched off when the server ended: what it had not ended yet must not come back to life.
      tasks
          .live()
          .forEach(task -> tasks.kill(task, Optional.of(Duration.ZERO), AgentTasks.SWITCHED_OFF));
      reportUnreachable("The agent is stopped");
    }
  }

  private boolean isOff() {
    return switch (ledger.agent().standing()) {
      case STOPPED, GONE -> true;
      case ACTIVE, DRAINING -> false;
    };
  }

  /** Looks after everything. */
  void tick() {
    tasks.poll();
    outbox.tick();
    if (status() != reported) {
      report();
    }
    offer();
  }

  private void freed() {
    book.forgetRefusals();
    offer();
  }

  private void offer() {
    if (suppressed || ledger.agent().standing() != AgentRecord.Standing.ACTIVE) {
      return;
    }
    Unused unused = Unused.of(total, tasks.live(), ledger.reservations().values());
    book.next(agent(), unused.rest(), unused.idle())
        .ifPresent(offer -> sink.accept(new ClusterEvent.OffersReceived(List.of(offer))));
  }

  private void withdrawOffers() {
    for (OfferId offer : book.withdraw()) {
      sink.accept(new ClusterEvent.OfferRescinded(offer));
    }
  }

  /** What the agent can do has changed: everything is said anew. */
  void capabilitiesChanged() {
    if (!isOff()) {
      withdrawOffers();
      report();
      offer();
    }
  }

  /** Offers are wanted, and refusals forgotten. */
  void revive() {
    suppressed = false;
    book.forgetRefusals();
    offer();
  }

  /** No offers are wanted. */
  void suppress() {
    suppressed = true;
  }

  /** An offer comes back, if it is one of this agent's. */
  void decline(OfferId id, Duration refuse) {
    book.answer(id)
        .ifPresent(held -> book.refuse(held.unreserved().resources(), held.reservations(), refuse));
  }

  /** Uses offers. */
  void accept(Call.Accept accept, String installation) {
    List<Offer> offers = new ArrayList<>();
    boolean valid = accept.offers().stream().allMatch(book::isOutstanding);
    for (OfferId id : accept.offers()) {
      book.answer(id).ifPresent(offers::add);
    }
    if (!valid || offers.isEmpty()) {
      accept.operations().forEach(this::refuseInvalid);
      offer();
      return;
    }
    OperationExecutor executor =
        new OperationExecutor(id(), installation, directories, ledger, outbox, offers);
    for (Operation operation : accept.operations()) {
      switch (operation) {
        case Operation.Reserve reserve -> executor.reserve(reserve);
        case Operation.Create create -> executor.create(create);
        case Operation.Destroy destroy -> executor.destroy(destroy);
        case Operation.Unreserve unreserve -> executor.unreserve(unreserve);
        case Operation.Launch launch -> launch(launch.launch(), executor);
      }
    }
    book.refuse(executor.unreserved(), executor.reservations(), accept.refuse());
    offer();
  }

  private void refuseInvalid(Operation operation) {
    String why = "Operation attempted with invalid offers";
    switch (operation) {
      case Operation.Reserve reserve -> refuse(reserve.id(), why);
      case Operation.Create create -> refuse(create.id(), why);
      case Operation.Destroy destroy -> refuse(destroy.id(), why);
      case Operation.Unreserve unreserve -> refuse(unreserve.id(), why);
      case Operation.Launch launch -> {
        Optional<LocalTask> known = tasks.find(launch.launch().task());
        if (known.isPresent()) {
          repeat(known.get());
        } else {
          refuse(
              launch.launch(),
              TaskState.TASK_DROPPED,
              "REASON_INVALID_OFFERS",
              "Task launched with invalid offers");
        }
      }
    }
  }

  private void refuse(io.homeport.model.OperationId id, String why) {
    outbox.send(
        new OperationUpdate(
            id, Optional.of(id()), OperationUpdate.State.FAILED, why, Optional.empty()));
  }

  private void refuse(TaskLaunch launch, TaskState state, String reason, String why) {
    outbox.send(
        new TaskUpdate(
            launch.task(),
            Optional.of(id()),
            state,
            reason,
            why,
            Optional.empty(),
            Instant.now(),
            Optional.empty(),
            List.of()));
  }

  /** A launch that was carried out before is not carried out again: it is told how the task is. */
  private void repeat(LocalTask task) {
    outbox.send(
        task.answer(
            id(),
            task.state(),
            task.record.outcome().map(TaskRecord.Outcome::reason).orElse(""),
            task.record.outcome().map(TaskRecord.Outcome::message).orElse(task.message)));
  }

  private void launch(TaskLaunch launch, OperationExecutor executor) {
    Optional<LocalTask> known = tasks.find(launch.task());
    if (known.isPresent()) {
      repeat(known.get());
      return;
    }
    try {
      executor.use(launch);
    } catch (OperationExecutor.Refused e) {
      refuse(launch, TaskState.TASK_ERROR, "REASON_TASK_INVALID", String.valueOf(e.getMessage()));
      return;
    }
    try {
      tasks.launch(launch, TaskRecords.of(launch, options, machine.boot()));
    } catch (IOException e) {
      refuse(launch, TaskState.TASK_DROPPED, "", "It could not be recorded: " + e.getMessage());
    }
  }

  /** Ends a task, or says what is known instead. */
  void kill(Call.Kill kill) {
    Optional<LocalTask> task = tasks.find(kill.task());
    if (isOff() || task.isEmpty() || !task.get().isLive()) {
      answer(new Call.KnownTask(kill.task(), kill.agent()));
    } else {
      tasks.kill(task.get(), kill.grace(), "");
    }
  }

  /** Says what is known of a task. */
  void answer(Call.KnownTask known) {
    Optional<LocalTask> task = tasks.find(known.task());
    String reason = "REASON_RECONCILIATION";
    TaskState state;
    String words = "Reconciliation: Latest task state";
    if (ledger.agent().standing() == AgentRecord.Standing.GONE) {
      state = TaskState.TASK_GONE_BY_OPERATOR;
      words = "Reconciliation: Task is gone";
    } else if (isOff() && task.map(LocalTask::isLive).orElse(true)) {
      state = TaskState.TASK_UNREACHABLE;
      words = "Reconciliation: Task is unreachable";
    } else if (task.isEmpty()) {
      state = TaskState.TASK_GONE;
      words = "Reconciliation: Task is unknown to its agent";
    } else {
      state = task.get().state();
      words = task.get().record.outcome().map(TaskRecord.Outcome::message).orElse(words);
    }
    Optional<Boolean> healthy = task.filter(LocalTask::isLive).flatMap(live -> live.healthy);
    sink.accept(
        new ClusterEvent.TaskUpdated(
            new TaskUpdate(
                known.task(),
                Optional.of(id()),
                state,
                reason,
                words,
                Optional.empty(),
                Instant.now(),
                state == TaskState.TASK_UNREACHABLE ? Optional.empty() : healthy,
                List.of())));
  }

  /** Says what is known of all tasks. */
  void answerAll() {
    for (LocalTask task : List.copyOf(tasks.all())) {
      answer(new Call.KnownTask(task.record.taskId(), id()));
    }
  }

  /** An update's acknowledgement came. */
  void acknowledge(Call.AcknowledgeOperation acknowledgement) {
    outbox.acknowledged(acknowledgement.operation(), acknowledgement.uuid());
  }

  /** Says what became of an operation. */
  void answer(Call.KnownOperation known) {
    OperationUpdate.State state =
        switch (ledger.agent().standing()) {
          case STOPPED -> OperationUpdate.State.UNREACHABLE;
          case GONE -> OperationUpdate.State.GONE;
          case ACTIVE, DRAINING -> AgentVolumes.outcome(ledger, known.operation());
        };
    sink.accept(
        new ClusterEvent.OperationUpdated(
            new OperationUpdate(
                known.operation(), Optional.of(id()), state, "", Optional.empty())));
  }

  /** What operators said last. */
  AgentRecord.Standing standing() {
    return ledger.agent().standing();
  }

  /** Ends its tasks and offers nothing from now on. */
  void drain() throws IOException {
    ledger.put(ledger.agent().with(AgentRecord.Standing.DRAINING));
    withdrawOffers();
    tasks
        .live()
        .forEach(task -> tasks.kill(task, Optional.empty(), TaskUpdate.REASON_AGENT_DRAINING));
    report();
  }

  /** Is as if switched off from now on. */
  void stop() throws IOException {
    ledger.put(ledger.agent().with(AgentRecord.Standing.STOPPED));
    withdrawOffers();
    outbox.mute();
    tasks
        .live()
        .forEach(task -> tasks.kill(task, Optional.of(Duration.ZERO), AgentTasks.SWITCHED_OFF));
    report();
    reportUnreachable("The agent was stopped");
  }

  /** Ends its tasks, each with its own grace, and launches no more. */
  void endTasks() {
    suppress();
    withdrawOffers();
    tasks.live().forEach(task -> tasks.kill(task, Optional.empty(), AgentTasks.SWITCHED_OFF));
  }

  private void reportUnreachable(String why) {
    for (LocalTask task : tasks.live()) {
      sink.accept(
          new ClusterEvent.TaskUpdated(
              task.answer(id(), TaskState.TASK_UNREACHABLE, "REASON_AGENT_REMOVED", why)));
    }
  }

  /** Is stopped for ever, under this name. */
  void markGone() throws IOException {
    ledger.put(ledger.agent().with(AgentRecord.Standing.GONE));
    report();
    for (LocalTask task : List.copyOf(tasks.all())) {
      sink.accept(
          new ClusterEvent.TaskUpdated(
              task.answer(
                  id(),
                  TaskState.TASK_GONE_BY_OPERATOR,
                  "REASON_AGENT_REMOVED_BY_OPERATOR",
                  "Agent has been marked gone")));
    }
  }

  /** Offers again. What it did not get to say while it was off comes now. */
  void activate() throws IOException {
    AgentRecord before = ledger.agent();
    if (before.standing() == AgentRecord.Standing.ACTIVE) {
      return;
    }
    boolean wasGone = before.standing() == AgentRecord.Standing.GONE;
    ledger.put(wasGone ? before.reborn() : before.with(AgentRecord.Standing.ACTIVE));
    book = newBook();
    report();
    outbox.unmute();
    offer();
  }

  /** Lets go of everything; tasks go on. */
  void close() {
    tasks.close();
  }
}
