package io.homeport.local;

import io.homeport.model.AgentId;
import io.homeport.model.Call;
import io.homeport.model.ClusterEvent;
import io.homeport.model.OperationUpdate;
import io.homeport.model.TaskState;
import io.homeport.model.TaskUpdate;
import io.homeport.runtime.AgentControl;
import io.homeport.runtime.Cluster;
import io.homeport.runtime.TaskFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The engine that runs tasks on this machine, as a small implementation of Mesos's contract. Tasks
 * and volumes outlive it: what a later engine finds in its directory it goes on with.
 */
public final class LocalEngine implements Cluster {
  private static final Duration TICK = Duration.ofMillis(200);
  private static final Duration DETECTION = Duration.ofSeconds(3);
  private static final Duration SELDOM = Duration.ofSeconds(2);
  private static final int ROUNDS_PER_RETENTION = 30;

  private final LocalEngineOptions options;
  private final FileChannel lock;
  private final Machine machine;
  private final EngineThread thread = new EngineThread();
  private final SequencedMap<String, LocalAgent> agents;
  private final AtomicReference<Consumer<ClusterEvent>> sink = new AtomicReference<>(_ -> {});
  private final VolumeUsage usage;
  private final SandboxFiles files;
  private String installation = "";
  private boolean begun;

  private LocalEngine(LocalEngineOptions options, FileChannel lock, Machine machine)
      throws IOException {
    this.options = options;
    this.lock = lock;
    this.machine = machine;
    this.agents = new LinkedHashMap<>();
    int count = Math.max(options.agents(), AgentNames.inUse(options.directory()));
    for (int index = 0; index < count; index++) {
      String name = "local-" + (index + 1);
      AgentDirectories directories = new AgentDirectories(options.directory().resolve(name));
      AgentLedger ledger = AgentLedger.open(directories);
      double held =
          ledger.reservations().values().stream().mapToDouble(home -> home.total().disk()).sum();
      agents.put(
          name,
          new LocalAgent(
              name,
              directories,
              ledger,
              options,
              machine,
              MachineShare.of(options, index, count, held),
              thread,
              event -> sink.get().accept(event)));
    }
    List<AgentDirectories> all = agents.values().stream().map(LocalAgent::directories).toList();
    this.usage = new VolumeUsage(all);
    this.files = new SandboxFiles(options.directory(), usage);
  }

  /**
   * Opens the engine's directory. Nothing is started and nobody is told anything before {@link
   * #start}.
   *
   * @param options how it is set up
   * @throws IOException when the directory cannot be used, another engine uses it, or what it holds
   *     cannot be understood
   */
  public static LocalEngine open(LocalEngineOptions options) throws IOException {
    DurableFiles.makeDirectory(options.directory(), "rwx--x--x");
    FileChannel lock = lock(options.directory().resolve("engine.lock"));
    try {
      Supervisor supervisor = Supervisor.install(options.directory().resolve("bin"));
      Machine machine = new Machine(supervisor, ControlGroups.detect(), ProcessIdentity.bootId());
      return new LocalEngine(options, lock, machine);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static FileChannel lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock held = channel.tryLock();
      if (held != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      Log.LOGGER.debug("an engine of this very process holds {}", file, e);
    }
    channel.close();
    throw new IOException("another server uses " + file.getParent());
  }

  @Override
  public void start(
      String installationName, Optional<String> frameworkId, Consumer<ClusterEvent> events) {
    // What runs images is looked for first, so that the first offers say so; but not for ever.
    thread.background(() -> findContainerRuntime(installationName, events));
    thread.after(DETECTION, () -> begin(installationName, events));
    thread.background(this::keepTidy);
    thread.background(usage::run);
  }

  private void begin(String name, Consumer<ClusterEvent> events) {
    if (begun) {
      return;
    }
    begun = true;
    installation = name;
    sink.set(events);
    events.accept(new ClusterEvent.Connected("local-" + name));
    for (LocalAgent agent : agents.values()) {
      try {
        agent.start();
      } catch (IOException e) {
        Log.LOGGER.error("{} cannot find its tasks again", agent.id(), e);
      }
    }
    thread.every(TICK, () -> agents.values().forEach(LocalAgent::tick));
    thread.every(SELDOM, () -> agents.values().forEach(each -> each.tasks().lookForLateStarters()));
  }

  private void findContainerRuntime(String name, Consumer<ClusterEvent> events) {
    Optional<ContainerRuntime> found = ContainerRuntime.detect();
    found.ifPresent(machine::found);
    thread.execute(
        () -> {
          if (begun && found.isPresent()) {
            agents.values().forEach(LocalAgent::capabilitiesChanged);
          } else {
            begin(name, events);
          }
        });
  }

  private void keepTidy() {
    try {
      for (long round = 0; ; round++) {
        for (LocalAgent agent : agents.values()) {
          if (round % ROUNDS_PER_RETENTION == 0) {
            SandboxRetention.apply(agent.directories(), agent.ledger(), options);
          }
          VolumeDirectory.emptyTrash(agent.directories());
        }
        Thread.sleep(SELDOM);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the engine closes
    }
  }

  @Override
  public void send(Call call) {
    thread.execute(() -> take(call));
  }

  private void take(Call call) {
    switch (call) {
      case Call.Accept accept ->
          with(accept.agent(), agent -> agent.accept(accept, installation), () -> unknown(accept));
      case Call.Decline decline ->
          decline
              .offers()
              .forEach(id -> agents.values().forEach(agent -> agent.decline(id, decline.refuse())));
      case Call.Kill kill ->
          with(
              kill.agent(),
              agent -> agent.kill(kill),
              () -> unknown(kill.task(), TaskState.TASK_UNKNOWN));
      case Call.Acknowledge known ->
          with(
              known.agent(),
              agent -> agent.tasks().acknowledge(known.task(), known.uuid()),
              () -> {});
      case Call.AcknowledgeOperation known ->
          with(known.agent(), agent -> agent.acknowledge(known), () -> {});
      case Call.Reconcile reconcile -> reconcile(reconcile);
      case Call.ReconcileOperations reconcile ->
          reconcile
              .operations()
              .forEach(
                  known -> with(known.agent(), agent -> agent.answer(known), () -> unknown(known)));
      case Call.Revive _ -> agents.values().forEach(LocalAgent::revive);
      case Call.Suppress _ -> agents.values().forEach(LocalAgent::suppress);
    }
  }

  private void reconcile(Call.Reconcile reconcile) {
    if (reconcile.tasks().isEmpty()) {
      agents.values().forEach(LocalAgent::answerAll);
    }
    for (Call.KnownTask known : reconcile.tasks()) {
      with(
          known.agent(),
          agent -> agent.answer(known),
          () -> unknown(known.task(), TaskState.TASK_UNKNOWN));
    }
  }

  private Optional<LocalAgent> find(AgentId id) {
    return agents.values().stream().filter(agent -> agent.id().equals(id)).findFirst();
  }

  private void with(AgentId id, Consumer<LocalAgent> action, Runnable otherwise) {
    find(id).ifPresentOrElse(action, otherwise);
  }

  private void unknown(Call.Accept accept) {
    for (var operation : accept.operations()) {
      if (operation instanceof io.homeport.model.Operation.Launch launch) {
        unknown(launch.launch().task(), TaskState.TASK_DROPPED);
      }
    }
  }

  private void unknown(io.homeport.model.TaskId task, TaskState state) {
    sink.get()
        .accept(
            new ClusterEvent.TaskUpdated(
                new TaskUpdate(
                    task,
                    Optional.empty(),
                    state,
                    "REASON_RECONCILIATION",
                    "Reconciliation: Task is unknown",
                    Optional.empty(),
                    Instant.now(),
                    Optional.empty(),
                    List.of())));
  }

  private void unknown(Call.KnownOperation known) {
    sink.get()
        .accept(
            new ClusterEvent.OperationUpdated(
                new OperationUpdate(
                    known.operation(),
                    Optional.empty(),
                    OperationUpdate.State.UNKNOWN,
                    "",
                    Optional.empty())));
  }

  @Override
  public String kind() {
    return "local";
  }

  @Override
  public List<String> limitations() {
    List<String> limitations = new ArrayList<>(machine.controlGroups().limitations());
    limitations.add("Volume sizes are measured and shown, but a full volume can still grow.");
    limitations.add("Sandbox disk space and host ports are counted, but not enforced.");
    if (agents.size() > 1) {
      limitations.add(
          "All " + agents.size() + " agents are this one machine: each offers all of its cores.");
    }
    if (ProcessHandle.current().info().user().filter("root"::equals).isEmpty()) {
      limitations.add("Tasks run as this server's user, because only root may switch users.");
    }
    if (machine.containers().isEmpty()) {
      limitations.add("Images cannot be run: neither Podman nor Docker works here.");
    }
    return List.copyOf(limitations);
  }

  @Override
  public AgentControl agents() {
    return new LocalAgentControl(thread, agents, this::find);
  }

  @Override
  public TaskFiles files() {
    return files;
  }

  /**
   * Ends every task, as if the machine were switched off: volumes stay, and the scheduler hears of
   * it at the next start, which relaunches them without back-off. Nothing is launched any more.
   *
   * @param atMost how long to wait for tasks that take their time to end
   * @return how many tasks have not ended by then
   * @throws InterruptedException when interrupted
   */
  public int endTasks(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    thread.execute(
        () -> {
          begin(installation, _ -> {}); // finds the tasks, where that has not been done yet
          sink.set(_ -> {});
          agents.values().forEach(LocalAgent::endTasks);
        });
    int left = live();
    while (left > 0 && System.nanoTime() < end) {
      Thread.sleep(TICK);
      left = live();
    }
    return left;
  }

  private int live() throws InterruptedException {
    try {
      return thread.call(
          () -> agents.values().stream().mapToInt(agent -> agent.tasks().live().size()).sum());
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    thread.execute(() -> agents.values().forEach(LocalAgent::close));
    thread.close();
    sink.set(_ -> {});
    try {
      lock.close();
    } catch (IOException e) {
      Log.LOGGER.warn("the engine's lock cannot be closed", e);
    }
  }
}
