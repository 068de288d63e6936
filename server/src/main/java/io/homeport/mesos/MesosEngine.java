package io.homeport.mesos;

import io.homeport.model.Call;
import io.homeport.model.ClusterEvent;
import io.homeport.runtime.AgentControl;
import io.homeport.runtime.Cluster;
import io.homeport.runtime.TaskFiles;
import io.homeport.state.ClusterState;
import io.homeport.state.DurableState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.mesos.v1.Protos.Offer;

/** The engine that runs tasks on an Apache Mesos cluster, through its v1 HTTP API. */
public final class MesosEngine implements Cluster {
  private final MesosOptions options;
  private final MesosHttp http;
  private final MasterDiscovery discovery;
  private final Supplier<ClusterState> committed;
  private final Consumer<String> fatal;
  private final Optional<Fence> fence;
  private final Sink sink = new Sink();
  private final OutstandingOffers offers = new OutstandingOffers();
  private final KnownAgents agents;
  private final NetworkHealthChecks checks;
  private final AgentFiles files;
  private Optional<Running> running = Optional.empty();

  /** What exists from the start on. */
  private record Running(Connection connection, CallTranslation translation) {}

  private MesosEngine(
      MesosOptions options,
      MesosHttp http,
      MasterDiscovery discovery,
      Supplier<ClusterState> committed,
      Consumer<String> fatal,
      Optional<Fence> fence) {
    this.fence = fence;
    this.options = options;
    this.http = http;
    this.discovery = discovery;
    this.committed = committed;
    this.fatal = fatal;
    this.agents = new KnownAgents(options.security().https());
    this.checks = new NetworkHealthChecks(committed, sink);
    this.files =
        new AgentFiles(
            http, agents, () -> running().flatMap(now -> now.connection().frameworkId()));
  }

  /**
   * Prepares the engine. Nobody is talked to before {@link #start}.
   *
   * @param options how it is set up
   * @param committed the committed state, for the health checks that Homeport runs itself
   * @param fatal told when only a person can help, such as when Mesos has removed the framework; it
   *     ends the server. Nothing is sent to Mesos after that
   * @throws IOException when a file of the settings cannot be used
   * @throws IllegalArgumentException when {@link MesosOptions#master()} has no known shape
   */
  public static MesosEngine open(
      MesosOptions options, Supplier<ClusterState> committed, Consumer<String> fatal)
      throws IOException {
    return open(options, committed, fatal, Optional.empty());
  }

  /**
   * Prepares the engine of one of several servers with one store.
   *
   * @param options see above
   * @param committed see above
   * @param fatal see above
   * @param fence asked before each subscription; when another server has subscribed in our place,
   *     that is no reason to end but to ask it
   * @throws IOException see above
   */
  public static MesosEngine open(
      MesosOptions options,
      Supplier<ClusterState> committed,
      Consumer<String> fatal,
      Optional<Fence> fence)
      throws IOException {
    MasterDiscovery discovery = MasterDiscovery.of(options.master(), options.security().https());
    Encoding encoding = options.json() ? Encoding.JSON : Encoding.PROTOBUF;
    MesosHttp http = new MesosHttp(options.security(), encoding);
    return new MesosEngine(options, http, discovery, committed, fatal, fence);
  }

  /**
   * {@inheritDoc}
   *
   * <p>A framework id of another engine is not taken for Mesos's: the store then belongs to that
   * engine's tasks and volumes.
   */
  @Override
  public synchronized void start(
      String installation, Optional<String> frameworkId, Consumer<ClusterEvent> events) {
    if (frameworkId.filter(id -> id.startsWith("local-")).isPresent()) {
      fatal.accept(
          "The data directory belongs to a server with the local engine, whose tasks and volumes"
              + " are on this machine. Give the server with --engine mesos one of its own"
              + " (--data-dir).");
      return;
    }
    Optional<String> known = frameworkId.filter(id -> !id.isEmpty() && !options.newFramework());
    if (known.isEmpty() && !options.newFramework() && knowsInstances()) {
      fatal.accept(
          "The state knows instances and no framework id. Registering without it would make a new"
              + " framework, and leave their tasks to the old one. If that is meant, start once with"
              + " --mesos-new-framework.");
      return;
    }
    sink.open(events);
    CallTranslation translation = new CallTranslation(options, installation);
    Connection connection =
        new Connection(
            options,
            http,
            discovery,
            agents,
            sink,
            new EventHandling(sink, offers, agents, checks),
            translation,
            known,
            fatal,
            fence);
    running = Optional.of(new Running(connection, translation));
    connection.start();
  }

  private boolean knowsInstances() {
    DurableState state = committed.get().durable();
    return !state.instances().isEmpty() || !state.reservations().isEmpty();
  }

  private synchronized Optional<Running> running() {
    return running;
  }

  @Override
  public void send(Call call) {
    running().ifPresent(now -> send(call, now));
  }

  private void send(Call call, Running now) {
    Optional<String> frameworkId = now.connection().frameworkId();
    if (frameworkId.isEmpty()) {
      return;
    }
    Collection<Offer> used =
        switch (call) {
          case Call.Accept accept -> offers.take(accept.offers());
          case Call.Decline decline -> {
            offers.take(decline.offers());
            yield List.of();
          }
          case Call.Kill _,
              Call.Acknowledge _,
              Call.AcknowledgeOperation _,
              Call.Reconcile _,
              Call.ReconcileOperations _,
              Call.Revive _,
              Call.Suppress _ ->
              List.of();
        };
    now.connection()
        .send(
            call, () -> now.translation().call(call, frameworkId.get(), used, agents::hasFeedback));
  }

  @Override
  public String kind() {
    return "mesos";
  }

  @Override
  public List<String> limitations() {
    return List.of(
        "Mesos runs one health check of each task itself (COMMAND or the MESOS_ forms); of several,"
            + " the first.",
        "Files of a volume can be read while its agent remembers a task that used it.");
  }

  @Override
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    Optional<Connection.Live> live = running().flatMap(now -> now.connection().live());
    live.ifPresent(connected -> warnings.addAll(connected.watch().warnings()));
    return warnings;
  }

  @Override
  public synchronized AgentControl agents() {
    Connection connection =
        running
            .map(Running::connection)
            .orElseThrow(() -> new IllegalStateException("the engine is not started"));
    return new MesosAgentControl(connection, http, agents, sink);
  }

  @Override
  public TaskFiles files() {
    return files;
  }

  @Override
  public synchronized void close() {
    sink.close();
    checks.stop();
    running.ifPresent(now -> now.connection().close());
    http.close();
  }
}
