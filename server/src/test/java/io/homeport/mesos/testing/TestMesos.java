package io.homeport.mesos.testing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.Protos.Unavailability;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;

/**
 * A Mesos for tests: a master and agents behind the v1 HTTP API, with real processes and real
 * directories, that can be made to fail in all the ways of the recordings.
 */
public final class TestMesos implements AutoCloseable {
  private final Settings settings;
  private final Path directory;
  private final Turns turns = new Turns();
  private final List<Agent> agents = new ArrayList<>();
  private final List<HttpServer> agentServers = new ArrayList<>();
  private final int port;
  private Master master;
  private SchedulerEndpoint schedulers;
  private HttpServer http;
  private volatile boolean silent;
  private volatile boolean up;

  private TestMesos(Settings settings, Path directory, HttpServer http) {
    this.settings = settings;
    this.directory = directory;
    this.http = http;
    this.port = http.getAddress().getPort();
    this.master = new Master(turns, settings);
    this.schedulers = new SchedulerEndpoint(turns, master);
  }

  /** Starts a master and agents like those of the recordings. */
  public static TestMesos start(Path directory, int count) throws IOException {
    return start(directory, Settings.of(count));
  }

  /** Starts a master and agents. */
  public static TestMesos start(Path directory, Settings settings) throws IOException {
    TestMesos mesos =
        new TestMesos(settings, Files.createDirectories(directory), Http.listen(0, settings));
    for (int host : settings.hosts()) {
      mesos.addAgent(host);
    }
    mesos.serve();
    mesos.agents.forEach(agent -> mesos.turns.now(() -> agent.meet(mesos.master)));
    mesos.turns.every(
        Allocator.CYCLE,
        () -> {
          if (mesos.up) {
            mesos.master.allocator().allocate();
          }
        });
    mesos.turns.every(settings.heartbeat(), mesos::beat);
    return mesos;
  }

  private void addAgent(int number) throws IOException {
    HttpServer server = Http.listen(0, settings);
    Agent agent =
        new Agent(
            turns,
            settings,
            "127.0.0." + number,
            Map.of("rack", "r" + number),
            directory.resolve("a" + number),
            server.getAddress().getPort(),
            settings.resources());
    server.createContext("/api/v1", new AgentEndpoint(turns, settings, agent)::handle);
    server.start();
    agentServers.add(server);
    agents.add(agent);
  }

  private void serve() {
    http.createContext("/api/v1/scheduler", schedulers::handle);
    http.createContext("/api/v1", new OperatorEndpoint(turns, master)::handle);
    http.start();
    up = true;
  }

  private void beat() {
    if (!silent && up) {
      Event heartbeat = Event.newBuilder().setType(Event.Type.HEARTBEAT).build();
      master.frameworks().forEach(framework -> framework.tell(heartbeat));
    }
  }

  /** For {@code --mesos-master}. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  /** The port that masters listen on, one after the other. */
  public int port() {
    return port;
  }

  /** The present name of an agent, counted from 0. */
  public String agentId(int number) {
    return turns.ask(() -> agents.get(number).id());
  }

  /** The number of the agent with that name. */
  public int agentNumber(String id) {
    return turns.ask(
        () -> {
          for (int number = 0; number < agents.size(); number++) {
            if (agents.get(number).id().equals(id)) {
              return number;
            }
          }
          throw new IllegalArgumentException("no agent has the id " + id);
        });
  }

  /** How many agents there are. */
  public int size() {
    return agents.size();
  }

  /** An agent's process dies; its tasks live on. */
  public void killAgent(int number) {
    turns.now(() -> agents.get(number).kill());
  }

  /** An agent's machine loses power: its process and all tasks die. */
  public void crashAgent(int number) {
    turns.now(
        () -> {
          agents.get(number).kill();
          agents.get(number).crashExecutors();
        });
  }

  /** What makes an agent known is removed from its disk: it comes back under a new name. */
  public void forgetAgent(int number) {
    turns.now(
        () -> {
          agents.get(number).kill();
          agents.get(number).forgetIdentity();
        });
  }

  /** An agent's process starts again. */
  public void startAgent(int number) {
    turns.now(() -> agents.get(number).start());
  }

  /** Whether an agent's process runs. */
  public boolean isAgentUp(int number) {
    return turns.ask(() -> agents.get(number).isUp());
  }

  /** An operator schedules maintenance of an agent; its offers say so. */
  public void maintainAgent(int number, Instant start, Duration length) {
    Unavailability.Builder window = Unavailability.newBuilder();
    window.getStartBuilder().setNanoseconds(start.toEpochMilli() * 1_000_000);
    window.getDurationBuilder().setNanoseconds(length.toNanos());
    turns.now(
        () -> {
          Registered known = master.agent(agents.get(number).id()).orElseThrow();
          known.maintained(Optional.of(window.build()));
          master.allocator().rescind(known.id());
          master.allocator().inverse(known);
        });
  }

  /** The directories of the volumes on an agent. */
  public List<Path> volumes(int number) {
    Path volumes = directory.resolve("a" + settings.hosts().get(number)).resolve("volumes");
    if (!Files.exists(volumes)) {
      return List.of();
    }
    try (var found = Files.list(volumes)) {
      return found.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is reserved on an agent, in Mesos's words. */
  public List<String> reserved(int number) {
    return turns.ask(
        () ->
            agents.get(number).disk().resources().stream()
                .filter(resource -> resource.getReservationsCount() > 0)
                .map(ResourceText::of)
                .toList());
  }

  /** The tasks that run on all agents. */
  public List<String> running() {
    return turns.ask(
        () ->
            agents.stream()
                .flatMap(agent -> agent.executors().values().stream())
                .filter(executor -> !executor.hasEnded() && executor.pid() != 0)
                .map(Executor::id)
                .sorted()
                .toList());
  }

  /** Every call that the present master took, in order. */
  public List<Call> calls() {
    return turns.ask(() -> schedulers.taken());
  }

  /** How often somebody subscribed with the present master. */
  public int subscriptions() {
    return (int) calls().stream().filter(call -> call.getType() == Call.Type.SUBSCRIBE).count();
  }

  /** How many offers are not answered. */
  public int outstandingOffers() {
    return turns.ask(() -> master.allocator().outstanding(master.frameworks()));
  }

  /** Another framework connects, in a role; it takes offers and never answers. */
  public void addNeighbour(String name, String role) {
    FrameworkInfo.Builder info =
        FrameworkInfo.newBuilder()
            .setName(name)
            .setUser("root")
            .setFailoverTimeout(1000)
            .addRoles(role);
    info.getIdBuilder().setValue(name + "-" + UUID.randomUUID());
    Subscriber nobody =
        new Subscriber(io.homeport.mesos.Wire.named("application/json").orElseThrow());
    turns.now(
        () -> {
          master.subscribe(info.build(), nobody);
          master
              .framework(info.getId().getValue())
              .ifPresent(framework -> framework.suppressed().add(role));
        });
  }

  /** The master's process dies: connections break, agents and tasks go on. */
  public void killMaster() {
    up = false;
    http.stop(0);
    turns.now(() -> agents.forEach(Agent::lose));
  }

  /** Another master leads, at the same address; agents find it after a while. */
  public void startMaster() throws IOException {
    http = Http.listen(port, settings);
    turns.now(
        () -> {
          master = master.successor();
          schedulers = new SchedulerEndpoint(turns, master);
          for (Agent agent : agents) {
            turns.after(settings.reregister(), () -> agent.meet(master));
          }
        });
    serve();
  }

  /** The master sends no heartbeats, as if the network swallowed them; or does again. */
  public void silence(boolean on) {
    silent = on;
  }

  /** An operator tears a framework down. */
  public void tearDown(String frameworkId) {
    turns.now(() -> master.framework(frameworkId).ifPresent(master::remove));
  }

  /** Ends everything that runs. */
  @Override
  public void close() {
    killMaster();
    agentServers.forEach(server -> server.stop(0));
    turns.now(() -> agents.forEach(Agent::destroy));
    turns.close();
  }
}
