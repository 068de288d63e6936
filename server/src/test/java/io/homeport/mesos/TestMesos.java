package io.homeport.mesos;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.homeport.local.LocalEngine;
import io.homeport.local.LocalEngineOptions;
import io.homeport.model.AgentId;
import io.homeport.model.AgentStatus;
import io.homeport.model.Call;
import io.homeport.model.ClusterEvent;
import io.homeport.model.OfferId;
import io.homeport.model.Operation;
import io.homeport.model.PortRange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.apache.mesos.protobuf.Message;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.scheduler.Protos.Event;

/**
 * A small Mesos for tests: a master and agents that speak the v1 HTTP API in both encodings. Its
 * agents are those of the local engine, so tasks are real processes and volumes real directories.
 * The refusals are those of the recordings.
 */
public final class TestMesos implements AutoCloseable {
  private static final String ROLE = "homeport";
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  private final LocalEngine engine;
  private final Map<AgentId, ClusterEvent.AgentReported> agents = new ConcurrentHashMap<>();
  private final Map<OfferId, AgentId> offers = new ConcurrentHashMap<>();
  private final Map<String, String> installations = new ConcurrentHashMap<>();
  final Map<String, TaskInfo> launched = new ConcurrentHashMap<>();
  private final Set<String> removed = new HashSet<>();
  private final List<FrameworkInfo> neighbours = new ArrayList<>();
  private final int port;
  private final HttpServer agentsHttp;
  private HttpServer http;
  private Optional<Stream> stream = Optional.empty();
  private String frameworkId = "";
  private int subscriptions;
  private volatile boolean silent;

  /** A subscriber's stream. */
  private record Stream(String id, Encoding encoding, OutputStream output) {
    synchronized boolean send(Event event) {
      try {
        byte[] record = encoding.encode(event);
        output.write((record.length + "\n").getBytes(StandardCharsets.US_ASCII));
        output.write(record);
        output.flush();
        return true;
      } catch (IOException e) {
        return false;
      }
    }

    void close() {
      try {
        output.close();
      } catch (IOException e) {
        Log.LOGGER.debug("the subscriber is gone", e);
      }
    }
  }

  private TestMesos(LocalEngine engine, HttpServer http, HttpServer agentsHttp) {
    this.engine = engine;
    this.http = http;
    this.agentsHttp = agentsHttp;
    this.port = http.getAddress().getPort();
  }

  /** Starts a master and agents with a common directory. */
  public static TestMesos start(Path directory, int count) throws IOException {
    LocalEngineOptions options =
        LocalEngineOptions.defaults(directory, count)
            .withResources(
                Optional.of(4.0),
                Optional.of(4096.0),
                Optional.of(10_000.0),
                new PortRange(31000, 31999));
    TestMesos mesos = new TestMesos(LocalEngine.open(options), listen(0), listen(0));
    mesos.agentsHttp.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    mesos.agentsHttp.createContext(
        "/api/v1", exchange -> new TestOperatorApi(mesos).answerAsAgent(exchange));
    mesos.agentsHttp.start();
    mesos.serve();
    mesos.engine.start("test", Optional.empty(), mesos::tell);
    Thread.ofVirtual().start(mesos::beat);
    return mesos;
  }

  private static HttpServer listen(int port) throws IOException {
    return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
  }

  private void serve() {
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext("/api/v1/scheduler", this::scheduler);
    http.createContext("/api/v1", exchange -> new TestOperatorApi(this).answer(exchange));
    http.start();
  }

  /** For {@code --mesos-master}. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  /** The port of all agents. */
  int agentsPort() {
    return agentsHttp.getAddress().getPort();
  }

  LocalEngine engine() {
    return engine;
  }

  Map<AgentId, ClusterEvent.AgentReported> agents() {
    return agents;
  }

  String frameworkId() {
    return frameworkId;
  }

  /** How often somebody subscribed. */
  public synchronized int subscriptions() {
    return subscriptions;
  }

  synchronized List<FrameworkInfo> neighbours() {
    return List.copyOf(neighbours);
  }

  /** Another framework connects, in a role. */
  public synchronized void addNeighbour(String name, String role) {
    FrameworkInfo.Builder info =
        FrameworkInfo.newBuilder().setName(name).setUser("root").addRoles(role);
    info.getIdBuilder().setValue("neighbour-" + neighbours.size());
    neighbours.add(info.build());
  }

  /** The master's process dies: connections break, tasks go on. */
  public synchronized void killMaster() {
    http.stop(0);
    drop();
  }

  /** Another master leads, at the same address. */
  public synchronized void startMaster() throws IOException {
    http = listen(port);
    serve();
  }

  /** The master sends no heartbeats, as if the network swallowed them; or does again. */
  public void silence(boolean on) {
    silent = on;
  }

  /** An operator tears the framework down. */
  public synchronized void tearDown() {
    removed.add(frameworkId);
    drop();
  }

  private synchronized void drop() {
    stream.ifPresent(Stream::close);
    stream = Optional.empty();
    List<OfferId> void_ = List.copyOf(offers.keySet());
    offers.clear();
    if (!void_.isEmpty()) {
      engine.send(new Call.Decline(void_, Duration.ZERO));
    }
  }

  private void beat() {
    try {
      while (true) {
        Thread.sleep(HEARTBEAT);
        if (!silent) {
          say(Event.newBuilder().setType(Event.Type.HEARTBEAT).build());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void say(Event event) {
    if (stream.isPresent() && !stream.get().send(event)) {
      drop();
    }
  }

  /** What happens on the agents, told as a master tells it. */
  private synchronized void tell(ClusterEvent event) {
    switch (event) {
      case ClusterEvent.Connected _, ClusterEvent.Disconnected _ -> {}
      case ClusterEvent.AgentReported reported -> {
        agents.put(reported.agent().id(), reported);
        if (reported.status() == AgentStatus.UNREACHABLE || reported.status() == AgentStatus.GONE) {
          Event.Builder failure = Event.newBuilder().setType(Event.Type.FAILURE);
          failure.getFailureBuilder().getAgentIdBuilder().setValue(reported.agent().id().value());
          say(failure.build());
        }
      }
      case ClusterEvent.OffersReceived received -> {
        Event.Builder made = Event.newBuilder().setType(Event.Type.OFFERS);
        received
            .offers()
            .forEach(
                offer -> {
                  offers.put(offer.id(), offer.agent().id());
                  made.getOffersBuilder()
                      .addOffers(
                          MasterEvents.offer(
                              offer,
                              frameworkId,
                              ROLE,
                              id -> installations.getOrDefault(id, "test")));
                });
        if (stream.isEmpty()) {
          drop();
        } else {
          say(made.build());
        }
      }
      case ClusterEvent.OfferRescinded rescinded -> {
        offers.remove(rescinded.offer());
        Event.Builder made = Event.newBuilder().setType(Event.Type.RESCIND);
        made.getRescindBuilder().getOfferIdBuilder().setValue(rescinded.offer().value());
        say(made.build());
      }
      case ClusterEvent.TaskUpdated updated -> say(MasterEvents.update(updated.update()));
      case ClusterEvent.OperationUpdated updated -> say(MasterEvents.update(updated.update()));
    }
  }

  static Optional<Encoding> encoding(HttpExchange exchange, String header) {
    String type = Optional.ofNullable(exchange.getRequestHeaders().getFirst(header)).orElse("");
    return List.of(Encoding.values()).stream()
        .filter(encoding -> encoding.mediaType().equals(type))
        .findFirst();
  }

  static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  static void answer(HttpExchange exchange, Encoding encoding, Message message) throws IOException {
    byte[] body = encoding.encode(message);
    exchange.getResponseHeaders().set("Content-Type", encoding.mediaType());
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void scheduler(HttpExchange exchange) throws IOException {
    Optional<Encoding> encoding = encoding(exchange, "Content-Type");
    if (encoding.isEmpty()) {
      answer(
          exchange, 415, "Expecting 'Content-Type' of application/json or application/x-protobuf");
      return;
    }
    org.apache.mesos.v1.scheduler.Protos.Call call;
    try {
      call =
          encoding
              .get()
              .decode(
                  exchange.getRequestBody().readAllBytes(),
                  org.apache.mesos.v1.scheduler.Protos.Call.newBuilder())
              .build();
    } catch (IOException e) {
      answer(exchange, 400, "Failed to parse body into JSON: " + e.getMessage());
      return;
    }
    if (call.getType() == org.apache.mesos.v1.scheduler.Protos.Call.Type.SUBSCRIBE) {
      subscribe(exchange, encoding.get(), call);
      return;
    }
    String streamId =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Mesos-Stream-Id")).orElse("");
    Optional<String> refusal = refusal(call, streamId);
    if (refusal.isPresent()) {
      answer(exchange, 400, refusal.get());
      return;
    }
    answer(exchange, 202, "");
    take(call);
  }

  private synchronized Optional<String> refusal(
      org.apache.mesos.v1.scheduler.Protos.Call call, String streamId) {
    if (!call.hasFrameworkId()) {
      return Optional.of(
          "Failed to validate scheduler::Call: Expecting 'framework_id' to be present");
    }
    if (!call.getFrameworkId().getValue().equals(frameworkId) || stream.isEmpty()) {
      return Optional.of("Framework cannot be found");
    }
    if (streamId.isEmpty()) {
      return Optional.of("All non-subscribe calls should include the 'Mesos-Stream-Id' header");
    }
    return stream.get().id().equals(streamId)
        ? Optional.empty()
        : Optional.of(
            "The stream ID '"
                + streamId
                + "' included in this request didn't match the stream ID currently associated with"
                + " framework ID "
                + frameworkId);
  }

  private synchronized void subscribe(
      HttpExchange exchange, Encoding encoding, org.apache.mesos.v1.scheduler.Protos.Call call)
      throws IOException {
    String wanted = call.getFrameworkId().getValue();
    String id = UUID.randomUUID().toString();
    exchange.getResponseHeaders().set("Mesos-Stream-Id", id);
    exchange.getResponseHeaders().set("Content-Type", encoding.mediaType());
    exchange.sendResponseHeaders(200, 0);
    Stream next = new Stream(id, encoding, exchange.getResponseBody());
    if (removed.contains(wanted)) {
      boolean _ = next.send(error("Framework has been removed"));
      next.close();
      return;
    }
    stream.ifPresent(old -> old.send(error("Framework failed over")));
    drop();
    frameworkId = wanted.isEmpty() ? "test-" + UUID.randomUUID() + "-0000" : wanted;
    stream = Optional.of(next);
    subscriptions++;
    Event.Builder subscribed = Event.newBuilder().setType(Event.Type.SUBSCRIBED);
    subscribed
        .getSubscribedBuilder()
        .setHeartbeatIntervalSeconds((double) HEARTBEAT.toSeconds())
        .getFrameworkIdBuilder()
        .setValue(frameworkId);
    say(subscribed.build());
    engine.send(new Call.Revive());
  }

  private static Event error(String message) {
    Event.Builder error = Event.newBuilder().setType(Event.Type.ERROR);
    error.getErrorBuilder().setMessage(message);
    return error.build();
  }

  private synchronized void take(org.apache.mesos.v1.scheduler.Protos.Call call) {
    for (var operation : call.getAccept().getOperationsList()) {
      operation
          .getReserve()
          .getResourcesList()
          .forEach(
              resource ->
                  Ownership.reservation(resource)
                      .ifPresent(
                          id -> installations.put(id.value(), Ownership.installation(resource))));
      operation
          .getLaunch()
          .getTaskInfosList()
          .forEach(task -> launched.put(task.getTaskId().getValue(), task));
    }
    ModelCalls.of(call).map(this::local).ifPresent(engine::send);
  }

  /** Agents are known by the offers, and uuids are texts inside the bytes. */
  private Call local(Call call) {
    return switch (call) {
      case Call.Accept accept -> {
        AgentId agent =
            accept.offers().stream()
                .flatMap(id -> Optional.ofNullable(offers.remove(id)).stream())
                .reduce((_, last) -> last)
                .orElse(accept.agent());
        List<Operation> operations = accept.operations();
        yield new Call.Accept(accept.offers(), agent, operations, accept.refuse());
      }
      case Call.Decline decline -> {
        decline.offers().forEach(offers::remove);
        yield decline;
      }
      case Call.Acknowledge known ->
          new Call.Acknowledge(known.task(), known.agent(), text(known.uuid()));
      case Call.AcknowledgeOperation known ->
          new Call.AcknowledgeOperation(known.operation(), known.agent(), text(known.uuid()));
      case Call.Kill _,
          Call.Reconcile _,
          Call.ReconcileOperations _,
          Call.Revive _,
          Call.Suppress _ ->
          call;
    };
  }

  private static String text(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  /** Ends the tasks and everything else. */
  @Override
  public void close() {
    killMaster();
    agentsHttp.stop(0);
    try {
      int left = engine.endTasks(Duration.ofSeconds(20));
      if (left > 0) {
        throw new IllegalStateException(left + " tasks of the test go on");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    engine.close();
  }
}
