package io.homeport.simulation.server;

import io.homeport.simulation.world.Situation;
import io.homeport.simulation.world.SplitMix64;
import io.homeport.simulation.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides who leads. A leader that is silent for too long is replaced, whether it is dead or only
 * paused: then two believe that they lead, and the store lets only one of them write.
 */
public final class Election {
  private final World world;
  private final SplitMix64 random;
  private final List<SchedulerNode> nodes = new ArrayList<>();
  private Optional<SchedulerNode> leader = Optional.empty();
  private boolean pending;

  Election(World world, SplitMix64 random) {
    this.world = world;
    this.random = random;
  }

  /** All servers. */
  public List<SchedulerNode> nodes() {
    return nodes;
  }

  void add(SchedulerNode node) {
    nodes.add(node);
  }

  /** Who leads, for those who want to ask it something. */
  public Optional<SchedulerNode> leader() {
    return leader.filter(SchedulerNode::leads);
  }

  /** Who believes to lead: whoever does, and whoever has not noticed that another one does. */
  public List<SchedulerNode> believers() {
    return nodes.stream().filter(SchedulerNode::leads).toList();
  }

  void join(SchedulerNode node) {
    if (leader.isEmpty() || leader.get() == node) {
      leader = Optional.empty();
      elect(random.between(1, 3000));
    }
  }

  void lost(SchedulerNode node) {
    if (leader.filter(node::equals).isPresent()) {
      leader = Optional.empty();
      elect(random.between(10, 20_000));
    }
  }

  /**
   * The leader has not been heard of for too long.
   *
   * @param node the leader
   */
  public void depose(SchedulerNode node) {
    if (leader.filter(node::equals).isPresent() && nodes.size() > 1) {
      world.tally().reached(Situation.DEPOSED_LEADER_BELIEVED);
      leader = Optional.empty();
      elect(1);
    }
  }

  private void elect(long afterMillis) {
    if (pending) {
      return;
    }
    pending = true;
    world
        .agenda()
        .after(
            afterMillis,
            () -> {
              pending = false;
              if (leader.isEmpty()) {
                choose();
              }
            });
  }

  private void choose() {
    List<SchedulerNode> candidates =
        nodes.stream().filter(node -> node.isAlive() && !node.leads() && !node.isPaused()).toList();
    if (candidates.isEmpty()) {
      elect(1000);
      return;
    }
    SchedulerNode chosen = random.pick(candidates);
    leader = Optional.of(chosen);
    world.tally().event("leadership");
    chosen.lead();
  }
}
