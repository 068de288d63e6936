package io.homeport.e2e;

import io.homeport.model.Agent;
import io.homeport.model.AgentId;
import io.homeport.model.AgentStatus;
import io.homeport.model.Call;
import io.homeport.model.ClusterEvent;
import io.homeport.model.Offer;
import io.homeport.model.OfferId;
import io.homeport.model.Operation;
import io.homeport.model.Pool;
import io.homeport.model.PortRanges;
import io.homeport.model.Resources;
import io.homeport.model.TaskId;
import io.homeport.model.TaskState;
import io.homeport.model.TaskUpdate;
import io.homeport.runtime.AgentControl;
import io.homeport.runtime.AgentOperationException;
import io.homeport.runtime.Cluster;
import io.homeport.runtime.TaskFiles;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * An engine that says of every task that it runs, and starts none: for numbers of tasks that no
 * single machine holds. Its agents never run out of anything. It knows no volumes.
 */
final class ProcesslessCluster implements Cluster {
  private static final Pool PLENTY =
      new Pool(new Resources(100_000, 1e9, 1e9, 0), PortRanges.NONE, List.of());

  private final List<Agent> agents;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final CompletableFuture<Consumer<ClusterEvent>> listener = new CompletableFuture<>();
  private boolean wanted = true;

  ProcesslessCluster(int agents) {
    this.agents =
        IntStream.range(0, agents)
            .mapToObj(number -> "agent-" + number)
            .map(
                name ->
                    new Agent(
                        new AgentId(name),
                        name,
                        Optional.empty(),
                        Optional.empty(),
                        new TreeMap<>(),
                        List.of()))
            .toList();
  }

  @Override
  public void start(
      String installation, Optional<String> frameworkId, Consumer<ClusterEvent> events) {
    listener.complete(events);
    thread.execute(
        () -> {
          tell(new ClusterEvent.Connected("processless"));
          agents.forEach(
              agent -> tell(new ClusterEvent.AgentReported(agent, AgentStatus.ACTIVE, PLENTY)));
          offer(agents);
        });
  }

  private void tell(ClusterEvent event) {
    listener.join().accept(event);
  }

  private void offer(List<Agent> these) {
    if (wanted) {
      tell(
          new ClusterEvent.OffersReceived(
              these.stream()
                  .map(
                      agent ->
                          new Offer(
                              new OfferId(UUID.randomUUID().toString()), agent, PLENTY, List.of()))
                  .toList()));
    }
  }

  @Override
  public void send(Call call) {
    thread.execute(() -> answer(call));
  }

  private void answer(Call call) {
    switch (call) {
      case Call.Accept accept -> {
        for (Operation operation : accept.operations()) {
          if (operation instanceof Operation.Launch launch) {
            tell(launch.launch().task(), accept.agent(), TaskState.TASK_RUNNING);
          }
        }
        offer(agents.stream().filter(agent -> agent.id().equals(accept.agent())).toList());
      }
      case Call.Kill kill -> tell(kill.task(), kill.agent(), TaskState.TASK_KILLED);
      case Call.Reconcile reconcile ->
          reconcile
              .tasks()
              .forEach(known -> tell(known.task(), known.agent(), TaskState.TASK_RUNNING));
      case Call.Revive _ -> {
        wanted = true;
        offer(agents);
      }
      case Call.Suppress _ -> wanted = false;
      case Call.Decline _,
          Call.Acknowledge _,
          Call.AcknowledgeOperation _,
          Call.ReconcileOperations _ -> {}
    }
  }

  private void tell(TaskId task, AgentId agent, TaskState state) {
    tell(
        new ClusterEvent.TaskUpdated(
            new TaskUpdate(
                task,
                Optional.of(agent),
                state,
                "",
                "",
                Optional.empty(),
                Instant.now(),
                Optional.empty(),
                List.of("127.0.0.1"))));
  }

  @Override
  public String kind() {
    return "processless";
  }

  @Override
  public List<String> limitations() {
    return List.of();
  }

  @Override
  public AgentControl agents() {
    return new Uncontrolled();
  }

  @Override
  public TaskFiles files() {
    return new NoFiles();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  /** Agents that nobody operates. */
  private static final class Uncontrolled implements AgentControl {
    private static AgentOperationException refusal() {
      return new AgentOperationException(
          AgentOperationException.Kind.NOT_POSSIBLE, "there are no such agents");
    }

    @Override
    public void drain(AgentId agent) throws AgentOperationException {
      throw refusal();
    }

    @Override
    public void stop(AgentId agent) throws AgentOperationException {
      throw refusal();
    }

    @Override
    public void activate(AgentId agent) throws AgentOperationException {
      throw refusal();
    }

    @Override
    public void markGone(AgentId agent) throws AgentOperationException {
      throw refusal();
    }
  }

  /** What never ran has left nothing. */
  private static final class NoFiles implements TaskFiles {
    @Override
    public List<Entry> list(Place place, String path) throws NoSuchFileException {
      throw new NoSuchFileException(path);
    }

    @Override
    public Chunk read(Place place, String path, long offset, int length)
        throws NoSuchFileException {
      throw new NoSuchFileException(path);
    }

    @Override
    public Optional<Usage> usage(Place.VolumeData place) {
      return Optional.empty();
    }

    @Override
    public List<Use> uses(Place.VolumeData place) {
      return List.of();
    }

    @Override
    public Optional<Use> use(Place.Sandbox place) {
      return Optional.empty();
    }

    @Override
    public Optional<String> location(Place place) {
      return Optional.empty();
    }
  }
}
