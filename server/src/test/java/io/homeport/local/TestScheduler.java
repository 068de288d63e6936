package io.homeport.local;

import io.homeport.model.AgentId;
import io.homeport.model.AgentStatus;
import io.homeport.model.AppDefinition;
import io.homeport.model.Call;
import io.homeport.model.ClusterEvent;
import io.homeport.model.DiskSource;
import io.homeport.model.InstanceId;
import io.homeport.model.Offer;
import io.homeport.model.OfferId;
import io.homeport.model.Operation;
import io.homeport.model.OperationId;
import io.homeport.model.OperationUpdate;
import io.homeport.model.PersistentVolumeSpec;
import io.homeport.model.PortRange;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationId;
import io.homeport.model.ReservationState;
import io.homeport.model.TaskId;
import io.homeport.model.TaskLaunch;
import io.homeport.model.TaskState;
import io.homeport.model.TaskUpdate;
import io.homeport.model.Volume;
import io.homeport.model.VolumeId;
import io.homeport.placement.TaskEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A scheduler for tests: it keeps what it hears, acknowledges, and does what the test says. */
final class TestScheduler implements AutoCloseable {
  static final AgentId AGENT = new AgentId("local-1");
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private final LocalEngine engine;
  private final List<ClusterEvent> events = new ArrayList<>();
  private final Map<OfferId, Offer> offers = new LinkedHashMap<>();
  private boolean acknowledging = true;

  TestScheduler(LocalEngineOptions options) throws IOException {
    engine = LocalEngine.open(options);
    engine.start("test", Optional.empty(), this::hear);
  }

  static LocalEngineOptions options(Path directory, int agents) {
    return LocalEngineOptions.defaults(directory.toAbsolutePath(), agents)
        .withResources(
            Optional.of(4.0),
            Optional.of(4096.0),
            Optional.of(10_000.0),
            new PortRange(31000, 31099));
  }

  static TestScheduler on(Path directory) throws IOException {
    return new TestScheduler(options(directory, 1));
  }

  private synchronized void hear(ClusterEvent event) {
    events.add(event);
    switch (event) {
      case ClusterEvent.OffersReceived received ->
          received.offers().forEach(offer -> offers.put(offer.id(), offer));
      case ClusterEvent.OfferRescinded rescinded -> offers.remove(rescinded.offer());
      case ClusterEvent.TaskUpdated updated when acknowledging -> acknowledge(updated.update());
      case ClusterEvent.OperationUpdated(OperationUpdate update) when update.uuid().isPresent() ->
          engine.send(
              new Call.AcknowledgeOperation(
                  update.operation(), update.agent().orElseThrow(), update.uuid().get()));
      default -> {}
    }
    notifyAll();
  }

  private void acknowledge(TaskUpdate update) {
    if (update.uuid().isPresent()) {
      engine.send(
          new Call.Acknowledge(update.task(), update.agent().orElseThrow(), update.uuid().get()));
    }
  }

  synchronized void stopAcknowledging() {
    acknowledging = false;
  }

  LocalEngine engine() {
    return engine;
  }

  void send(Call call) {
    engine.send(call);
  }

  synchronized List<ClusterEvent> events() {
    return List.copyOf(events);
  }

  /** Waits for something among the events. */
  synchronized <T> T await(String what, Function<ClusterEvent, Optional<T>> wanted)
      throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    int seen = 0;
    while (true) {
      for (; seen < events.size(); seen++) {
        Optional<T> found = wanted.apply(events.get(seen));
        if (found.isPresent()) {
          return found.get();
        }
      }
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError("waited in vain for " + what + "; heard " + events);
      }
      wait(left);
    }
  }

  static void await(String what, Supplier<Boolean> condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.get()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("waited in vain for " + what);
      }
      Thread.sleep(20);
    }
  }

  TaskUpdate await(TaskId task, TaskState state) throws InterruptedException {
    return await(
        task + " " + state,
        event ->
            event instanceof ClusterEvent.TaskUpdated(TaskUpdate update)
                    && update.task().equals(task)
                    && update.state() == state
                ? Optional.of(update)
                : Optional.empty());
  }

  OperationUpdate await(OperationId id) throws InterruptedException {
    return await(
        id.value(),
        event ->
            event instanceof ClusterEvent.OperationUpdated(OperationUpdate update)
                    && update.operation().equals(id)
                ? Optional.of(update)
                : Optional.empty());
  }

  ClusterEvent.AgentReported await(AgentId agent, AgentStatus status) throws InterruptedException {
    return await(
        agent + " " + status,
        event ->
            event instanceof ClusterEvent.AgentReported report
                    && report.agent().id().equals(agent)
                    && report.status() == status
                ? Optional.of(report)
                : Optional.empty());
  }

  /** Waits for an offer that is still open. */
  synchronized Offer offer(AgentId agent, Predicate<Offer> wanted) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      for (Offer offer : offers.values()) {
        if (offer.agent().id().equals(agent) && wanted.test(offer)) {
          return offer;
        }
      }
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError("no such offer; open are " + offers.values());
      }
      wait(left);
    }
  }

  synchronized boolean hasOffer(AgentId agent) {
    return offers.values().stream().anyMatch(offer -> offer.agent().id().equals(agent));
  }

  void accept(Offer offer, List<Operation> operations) {
    synchronized (this) {
      offers.remove(offer.id());
    }
    send(new Call.Accept(List.of(offer.id()), offer.agent().id(), operations, Duration.ZERO));
  }

  /** Launches a task without a reservation. */
  TaskId launch(String name, Apps.Builder app) throws InterruptedException {
    Offer offer = offer(AGENT, open -> open.unreserved().resources().cpus() >= 0.1);
    Operation.Launch launch = plain(name, app, offer);
    accept(offer, List.of(launch));
    return launch.launch().task();
  }

  static Operation.Launch plain(String name, Apps.Builder app, Offer offer) {
    TaskId task = TaskId.of(InstanceId.of(new io.homeport.model.AppId("/" + name), "t-1"), 1);
    int port = offer.unreserved().ports().ports().getFirst();
    return launch(app.build("/" + name), task, offer.agent().id(), List.of(port), Optional.empty());
  }

  static Operation.Launch launch(
      AppDefinition app,
      TaskId task,
      AgentId agent,
      List<Integer> ports,
      Optional<Reservation> home) {
    return new Operation.Launch(
        new TaskLaunch(
            task,
            app,
            0,
            agent,
            TaskEnvironment.of(app).variables(task, 0, agent.value(), ports),
            ports,
            home));
  }

  /** A home with the app's volumes on an agent. */
  static Reservation home(AppDefinition app, AgentId agent, int port) {
    List<Volume> volumes = new ArrayList<>();
    for (PersistentVolumeSpec spec : app.persistentVolumes()) {
      volumes.add(
          new Volume(
              VolumeId.of(app.id(), spec.containerPath(), "t-1"),
              spec.containerPath(),
              spec.sizeMib(),
              DiskSource.ROOT,
              Volume.State.REQUESTED,
              Instant.EPOCH));
    }
    ReservationId id = new ReservationId(app.id().safePath() + "-home");
    return new Reservation(
        id,
        app.id(),
        0,
        Optional.of(InstanceId.of(app.id(), "t-1")),
        agent,
        agent.value(),
        "homeport",
        app.resources(),
        List.of(port),
        volumes,
        new ReservationState.Requested(OperationId.of(OperationId.Kind.RESERVE, id, "1")),
        false);
  }

  /** Reserves, creates and launches in one accept. */
  Stateful launchStateful(String name, Apps.Builder builder) throws InterruptedException {
    return launchStateful(name, builder, AGENT);
  }

  Stateful launchStateful(String name, Apps.Builder builder, AgentId agent)
      throws InterruptedException {
    AppDefinition app = builder.build("/" + name);
    Offer offer = offer(agent, open -> open.unreserved().resources().cpus() >= 0.1);
    int port = offer.unreserved().ports().ports().getFirst();
    Reservation home = home(app, agent, port);
    TaskId task = TaskId.of(InstanceId.of(app.id(), "t-1"), 1);
    List<Operation> operations = new ArrayList<>();
    operations.add(
        new Operation.Reserve(OperationId.of(OperationId.Kind.RESERVE, home.id(), "1"), home));
    for (Volume volume : home.volumes()) {
      operations.add(
          new Operation.Create(
              OperationId.of(OperationId.Kind.CREATE, volume.id(), "1"), home, volume));
    }
    operations.add(launch(app, task, agent, home.ports(), Optional.of(home)));
    accept(offer, operations);
    return new Stateful(app, home, task);
  }

  /** Launches the next run on the same home, once it is offered. */
  TaskId relaunch(Stateful before, int incarnation) throws InterruptedException {
    Offer offer =
        offer(
            before.home().agent(),
            open ->
                open.reservations().stream()
                    .anyMatch(part -> part.id().equals(before.home().id())));
    TaskId task = TaskId.of(before.task().instanceId(), incarnation);
    accept(
        offer,
        List.of(
            launch(
                before.app(),
                task,
                before.home().agent(),
                before.home().ports(),
                Optional.of(before.home()))));
    return task;
  }

  /** An app with its home and first task. */
  record Stateful(AppDefinition app, Reservation home, TaskId task) {}

  void kill(TaskId task) {
    send(new Call.Kill(task, AGENT, Optional.empty()));
  }

  @Override
  public void close() {
    engine.close();
  }
}
