package io.homeport.benchmark.scheduler;

import io.homeport.model.Agent;
import io.homeport.model.AgentId;
import io.homeport.model.AgentStatus;
import io.homeport.model.Call;
import io.homeport.model.ClusterEvent;
import io.homeport.model.Offer;
import io.homeport.model.OfferId;
import io.homeport.model.Operation;
import io.homeport.model.OperationId;
import io.homeport.model.OperationUpdate;
import io.homeport.model.Pool;
import io.homeport.model.PortRanges;
import io.homeport.model.Resources;
import io.homeport.model.TaskLaunch;
import io.homeport.model.TaskState;
import io.homeport.model.TaskUpdate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An engine in memory in which everything succeeds at once: operations are confirmed, tasks run,
 * and what an accept leaves over is offered again. It remembers only what is free on each agent, so
 * that it costs next to nothing beside the scheduler. The simulation has the unkind one.
 */
public final class MemoryCluster implements Consumer<Call> {
  private static final PortRanges PORTS = PortRanges.of(31_000, 32_000);

  private final Agent[] agents;
  private final Resources[] free;
  private final Resources total;
  private final BitSet toOffer = new BitSet();
  private final BitSet declined = new BitSet();
  private final List<ClusterEvent> events = new ArrayList<>();
  private boolean suppressed;
  private long number;
  private long launched;

  /**
   * A cluster of like agents.
   *
   * @param agents how many
   * @param each what each has
   */
  public MemoryCluster(int agents, Resources each) {
    this.agents = new Agent[agents];
    this.free = new Resources[agents];
    this.total = each;
    for (int index = 0; index < agents; index++) {
      this.agents[index] = Definitions.agent(index);
      free[index] = each;
    }
    toOffer.set(0, agents);
  }

  /** What an engine says first: that it is connected, and which agents there are. */
  public List<ClusterEvent> begin() {
    List<ClusterEvent> first = new ArrayList<>();
    first.add(new ClusterEvent.Connected("framework"));
    for (Agent agent : agents) {
      first.add(new ClusterEvent.AgentReported(agent, AgentStatus.ACTIVE, pool(total)));
    }
    return first;
  }

  /** How many tasks were launched. */
  public long launched() {
    return launched;
  }

  /** The part of the cluster's processors that is in use. */
  public double packed() {
    double left = 0;
    for (Resources rest : free) {
      left += rest.cpus();
    }
    return 1 - left / (total.cpus() * free.length);
  }

  /** What happened since it was last asked; offers come last, and together. */
  public List<ClusterEvent> events() {
    List<ClusterEvent> happened = new ArrayList<>(events);
    events.clear();
    if (!suppressed && !toOffer.isEmpty()) {
      List<Offer> offers = new ArrayList<>();
      for (int index = toOffer.nextSetBit(0); index >= 0; index = toOffer.nextSetBit(index + 1)) {
        offers.add(
            new Offer(
                new OfferId("o" + number++ + "-" + index),
                agents[index],
                pool(free[index]),
                List.of()));
      }
      toOffer.clear();
      happened.add(new ClusterEvent.OffersReceived(offers));
    }
    return happened;
  }

  private static Pool pool(Resources resources) {
    return new Pool(resources, PORTS, List.of());
  }

  @Override
  public void accept(Call call) {
    switch (call) {
      case Call.Accept accept -> accept(accept);
      case Call.Decline decline -> decline.offers().forEach(offer -> declined.set(agentOf(offer)));
      case Call.Revive _ -> {
        suppressed = false;
        toOffer.or(declined);
        declined.clear();
      }
      case Call.Suppress _ -> suppressed = true;
      case Call.Kill _,
          Call.Acknowledge _,
          Call.AcknowledgeOperation _,
          Call.Reconcile _,
          Call.ReconcileOperations _ -> {}
    }
  }

  private static int agentOf(OfferId offer) {
    return Integer.parseInt(offer.value().substring(offer.value().indexOf('-') + 1));
  }

  private void accept(Call.Accept accept) {
    int agent = agentOf(accept.offers().getFirst());
    for (Operation operation : accept.operations()) {
      switch (operation) {
        case Operation.Reserve reserve -> {
          free[agent] = free[agent].minus(reserve.reservation().total());
          finished(reserve.id(), accept.agent());
        }
        case Operation.Create create -> finished(create.id(), accept.agent());
        case Operation.Launch launch -> running(launch.launch());
        case Operation.Destroy _, Operation.Unreserve _ ->
            throw new IllegalStateException("nothing is destroyed in a benchmark");
      }
    }
    if (!free[agent].covers(Resources.NONE)) {
      throw new IllegalStateException(accept.agent() + " was asked for more than it offered");
    }
    toOffer.set(agent);
  }

  private void finished(OperationId operation, AgentId agent) {
    events.add(
        new ClusterEvent.OperationUpdated(
            new OperationUpdate(
                operation,
                Optional.of(agent),
                OperationUpdate.State.FINISHED,
                "",
                Optional.of("uuid-" + number++))));
  }

  private void running(TaskLaunch task) {
    launched++;
    events.add(
        new ClusterEvent.TaskUpdated(
            new TaskUpdate(
                task.task(),
                Optional.of(task.agent()),
                TaskState.TASK_RUNNING,
                "",
                "",
                Optional.of("uuid-" + number++),
                Instant.EPOCH,
                Optional.empty(),
                List.of("10.1.2.3"))));
  }
}
