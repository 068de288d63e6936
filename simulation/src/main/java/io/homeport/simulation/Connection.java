package io.homeport.simulation;

import io.homeport.model.Call;
import io.homeport.model.ClusterEvent;

/**
 * One subscription of a scheduler: what is sent through it arrives in order, unless the seed says
 * otherwise, and not at all once it is broken.
 */
final class Connection {
  private final World world;
  private final SchedulerNode node;
  private final String frameworkId;
  private boolean open = true;
  private boolean lossy;
  private long lastArrival;
  private long lastCallArrival;

  Connection(World world, SchedulerNode node, String frameworkId) {
    this.world = world;
    this.node = node;
    this.frameworkId = frameworkId;
  }

  String frameworkId() {
    return frameworkId;
  }

  boolean isOpen() {
    return open;
  }

  SchedulerNode node() {
    return node;
  }

  /** Sends an event to the scheduler. */
  void deliver(ClusterEvent event) {
    if (!open) {
      return;
    }
    arrive(event);
    Profile.Faults faults = world.profile().faults();
    if (world.isTroubled()
        && isRepeatable(event)
        && world.networkRandom().chance(faults.repeats())) {
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
    boolean overtakes =
        world.profile().faults().reorders() && world.isTroubled() && isRepeatable(event);
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
                world.callChecks().heard(event);
                node.observe(event);
              }
            });
  }

  /** Takes a call to the master. A lost one is noticed, and the connection given up soon after. */
  void send(Call call) {
    Profile.Faults faults = world.profile().faults();
    boolean loses =
        lossy
            || (faults.callLoss() > 0
                && world.isTroubled()
                && world.networkRandom().chance(faults.callLoss()));
    if (loses && !lossy) {
      lossy = true;
      world.tally().fault("call lost");
      world.agenda().after(world.networkRandom().between(10, 5000), () -> breakOff("call failed"));
    }
    if (loses) {
      world.trace().add("network", "loses " + Describe.call(call));
      if (call instanceof Call.Accept) {
        world.tally().reached("an ACCEPT lost on its way");
      }
      return;
    }
    long now = world.agenda().elapsed().toMillis();
    lastCallArrival = Math.max(lastCallArrival, now + world.latency());
    world.agenda().after(lastCallArrival - now, () -> world.master().receive(this, call));
  }

  /** Breaks the connection; the scheduler hears of it, and tries again. */
  void breakOff(String why) {
    if (!open) {
      return;
    }
    open = false;
    world.trace().add("network", "disconnects " + node.name() + ": " + why);
    world.master().disconnected(this);
    node.disconnected(this, why);
  }
}
