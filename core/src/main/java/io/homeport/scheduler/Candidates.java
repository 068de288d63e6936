package io.homeport.scheduler;

import io.homeport.model.Agent;
import io.homeport.model.AgentId;
import io.homeport.model.AppDefinition;
import io.homeport.model.Offer;
import io.homeport.model.Resources;
import io.homeport.placement.ConstraintRules;
import io.homeport.placement.FreshPlacement;
import io.homeport.placement.OfferPool;
import io.homeport.placement.Reason;
import io.homeport.placement.Verdict;
import io.homeport.state.ClusterState;
import io.homeport.state.HeldOffer;
import io.homeport.state.TransientState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * The agents that a new instance of one app may go to, best first: those with the fewest instances
 * of the app, so that one machine's loss costs least, and among them the one that has least left,
 * so that large gaps stay large. A place in the order is found anew only when an agent is looked
 * at, which is enough because agents only get worse while instances are placed.
 */
final class Candidates {
  private final ClusterState state;
  private final AppDefinition app;
  private final Function<AgentId, Optional<OfferPool>> pools;
  private final ConstraintRules rules;
  private final Resources need;
  private final SequencedMap<AgentId, Integer> counts;
  private final PriorityQueue<Candidate> order;

  /** Agents that only the constraints speak against: they may fit once others have got more. */
  private final List<Candidate> setAside = new ArrayList<>();

  /**
   * A place for an instance; what it takes is taken out of the pool.
   *
   * @param pool what the agent offers
   * @param fit what of it is used
   */
  record Chosen(OfferPool pool, Verdict.Fits fit) {}

  /**
   * The candidates among the agents that have offers.
   *
   * @param state what is known
   * @param app what is to be placed
   * @param pools what is left of each agent's offers
   */
  Candidates(ClusterState state, AppDefinition app, Function<AgentId, Optional<OfferPool>> pools) {
    this.state = state;
    this.app = app;
    this.pools = pools;
    this.rules = Waiting.rules(state, app);
    this.need = app.resourcesWithVolumes();
    this.counts = new LinkedHashMap<>(state.durable().spread().of(app.id()));
    this.order = new PriorityQueue<>(offered());
  }

  /** The agents that offer enough; of one with several offers only all together can tell. */
  private List<Candidate> offered() {
    TransientState present = state.present();
    boolean oneEach = present.offers().size() == present.offersByAgent().size();
    List<Candidate> offered = new ArrayList<>();
    for (HeldOffer held : present.offers().values()) {
      Offer offer = held.offer();
      Resources free = offer.unreserved().resources();
      if (free.covers(need) || (!oneEach && present.offersOf(offer.agent().id()).size() > 1)) {
        offered.add(candidate(offer.agent(), free));
      }
    }
    return offered;
  }

  private Candidate candidate(Agent agent, Resources free) {
    int count = counts.getOrDefault(agent.id(), 0);
    return new Candidate(rules.crowding(agent), count, free.cpus(), agent);
  }

  /** Chooses where the next instance goes; none if it fits nowhere, and then no other does. */
  Optional<Chosen> choose() {
    Optional<Chosen> chosen = chooseInOrder();
    if (chosen.isPresent() || setAside.isEmpty()) {
      return chosen;
    }
    order.addAll(setAside);
    setAside.clear();
    return chooseInOrder();
  }

  private Optional<Chosen> chooseInOrder() {
    while (!order.isEmpty()) {
      Candidate best = order.remove();
      Optional<OfferPool> found = pools.apply(best.agent().id());
      if (found.isEmpty() || !Waiting.isUsable(state, best.agent().id())) {
        continue;
      }
      OfferPool pool = found.get();
      if (!pool.free().covers(need)) {
        continue; // of what was taken nothing comes back while instances are placed
      }
      Candidate now = candidate(best.agent(), pool.free());
      if (now.compareTo(best) > 0) {
        order.add(now);
        continue;
      }
      switch (FreshPlacement.judge(app, rules, pool)) {
        case Verdict.Fits fit -> {
          pool.take(need, fit);
          rules.placed(pool.agent(), 1);
          counts.merge(pool.agent().id(), 1, Integer::sum);
          order.add(candidate(best.agent(), pool.free()));
          return Optional.of(new Chosen(pool, fit));
        }
        case Verdict.Unfit unfit -> {
          if (unfit.reasons().stream()
              .allMatch(reason -> reason.kind() == Reason.Kind.UNFULFILLED_CONSTRAINT)) {
            setAside.add(now);
          }
        }
      }
    }
    return Optional.empty();
  }

  /** An agent and its place in the order; the name decides between equals, so that runs repeat. */
  private record Candidate(int crowding, int count, double freeCpus, Agent agent)
      implements Comparable<Candidate> {
    @Override
    public int compareTo(Candidate other) {
      if (crowding != other.crowding) {
        return Integer.compare(crowding, other.crowding);
      }
      if (count != other.count) {
        return Integer.compare(count, other.count);
      }
      int byCpus = Double.compare(freeCpus, other.freeCpus);
      return byCpus != 0 ? byCpus : agent.id().compareTo(other.agent.id());
    }
  }
}
