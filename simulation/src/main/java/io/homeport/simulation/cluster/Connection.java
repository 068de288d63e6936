package io.homeport.simulation.cluster;

import io.homeport.model.Call;
import io.homeport.model.ClusterEvent;
import io.homeport.simulation.world.Describe;
import io.homeport.simulation.world.Fault;
import io.homeport.simulation.world.Situation;
import io.homeport.simulation.world.World;

/**
 * One subscription of a scheduler: what is sent through it arrives in order, unless the seed says
 * otherwise, and not at all once it is broken.
 */
public final class Connection {
  private final SimulatedCluster cluster;
  private final World world;
  private final Subscriber node;
  private boolean open = true;
  private boolean lossy;
  private long lastArrival;
  private long lastCallArrival;

  Connection(SimulatedCluster cluster, Subscriber node) {
    this.cluster = cluster;
    this.world = cluster.world();
    this.node = node;
  }

  /** Sends an event to the scheduler. */
  void deliver(ClusterEvent event) {
    if (!open) {
      return;
    }
    arrive(event);
    if (isRepeatable(event) && world.strikes(Fault.REPEATS, world.network())) {
      world.tally().fault("event repeated");
      arrive(event);
    }
  }

  private static boolean isRepeatable(ClusterEvent event) {
    return event instanceof ClusterEvent.TaskUpdated
        || event instanceof ClusterEvent.OperationUpdated;
  }

  private void arrive(ClusterEvent event) {
    long now = world.agenda().elapsed().toMillis();
    long at = now + world.latency();
    boolean overtakes = isRepeatable(event) && world.strikes(Fault.REORDERS, world.network());
    if (!overtakes) {
      at = Math.max(at, lastArrival);
      lastArrival = at;
    } else if (at < lastArrival) {
      world.tally().fault("event reordered");
    }
    world
        .agenda()
        .after(
            at - now,
            () -> {
              if (open) {
                cluster.witness().heard(event);
                node.observe(event);
              }
            });
  }

  /**
   * Takes a call to the master. A lost one is noticed, and the connection given up soon after.
   *
   * @param call the call
   */
  public void send(Call call) {
    boolean loses = lossy || world.strikes(Fault.CALL_LOSS, world.network());
    if (loses && !lossy) {
      lossy = true;
      world.tally().fault("call lost");
      world.agenda().after(world.network().between(10, 5000), () -> breakOff("call failed"));
    }
    if (loses) {
      world.trace().add("network", "loses " + Describe.call(call));
      if (call instanceof Call.Accept) {
        world.tally().reached(Situation.ACCEPT_LOST);
      }
      return;
    }
    long now = world.agenda().elapsed().toMillis();
    lastCallArrival = Math.max(lastCallArrival, now + world.latency());
    world.agenda().after(lastCallArrival - now, () -> cluster.master().receive(this, call));
  }

  /**
   * Breaks the connection; the scheduler hears of it, and tries again.
   *
   * @param why for people
   */
  public void breakOff(String why) {
    if (!open) {
      return;
    }
    open = false;
    world.trace().add("network", "disconnects " + node.name() + ": " + why);
    cluster.master().disconnected(this);
    node.disconnected(this, why);
  }
}
