package io.homeport.scheduler;

import io.homeport.model.Agent;
import io.homeport.model.AgentId;
import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.Call;
import io.homeport.model.Instance;
import io.homeport.model.Offer;
import io.homeport.model.OfferId;
import io.homeport.model.Operation;
import io.homeport.model.OperationId;
import io.homeport.model.Reservation;
import io.homeport.model.Resources;
import io.homeport.model.Volume;
import io.homeport.placement.ConstraintRules;
import io.homeport.placement.FreshPlacement;
import io.homeport.placement.HomePlacement;
import io.homeport.placement.OfferPool;
import io.homeport.placement.Reason;
import io.homeport.placement.Verdict;
import io.homeport.state.App;
import io.homeport.state.AppInstances;
import io.homeport.state.Change;
import io.homeport.state.HeldOffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Brings offers and waiting work together: first what an agent already holds of ours, then new
 * instances, then what is to be released. One accept per agent carries all of it.
 */
final class Matching {
  private final Draft draft;
  private final SortedMap<AgentId, Optional<OfferPool>> pools = new TreeMap<>();
  private final SortedMap<AgentId, List<Operation>> operations = new TreeMap<>();
  private boolean cutShort;

  private Matching(Draft draft) {
    this.draft = draft;
  }

  /** Matches until nothing more fits or the decision is full. */
  static void run(Draft draft) {
    if (!draft.mayAct() || draft.present().offers().isEmpty()) {
      return;
    }
    Matching matching = new Matching(draft);
    matching.bringHome();
    matching.placeFresh();
    matching.release();
    matching.accept();
    if (matching.cutShort) {
      draft.wakeMatching(false);
    }
  }

  private Optional<OfferPool> pool(AgentId agent) {
    return pools.computeIfAbsent(agent, this::pooled);
  }

  private Optional<OfferPool> pooled(AgentId agent) {
    List<Offer> offers = new ArrayList<>();
    for (OfferId id : draft.present().offersOf(agent)) {
      HeldOffer held = draft.present().offers().get(id);
      if (held != null) {
        offers.add(held.offer());
      }
    }
    return offers.isEmpty() ? Optional.empty() : Optional.of(OfferPool.of(offers));
  }

  private void add(AgentId agent, Operation operation) {
    operations.computeIfAbsent(agent, id -> new ArrayList<>()).add(operation);
  }

  private boolean isFull() {
    cutShort = cutShort || draft.isFull();
    return cutShort;
  }

  private void bringHome() {
    for (AppId id : draft.durable().waitingApps()) {
      App app = draft.durable().apps().get(id);
      if (app == null || Waiting.isDelayed(draft.state(), id, draft.now())) {
        continue;
      }
      AppInstances instances = draft.durable().instancesOf(id);
      for (AppInstances.Place place : instances.waiting()) {
        if (isFull()) {
          return;
        }
        Instance instance = instances.all().get(place.id());
        if (instance != null && instance.reservation().isPresent() && isLaunchable(instance)) {
          draft
              .durable()
              .reservationOf(instance)
              .ifPresent(home -> bringHome(app.definition(), instance, home));
        }
      }
    }
  }

  private boolean isLaunchable(Instance instance) {
    return Waiting.blocker(draft.state(), instance, draft.now()).isEmpty();
  }

  private void bringHome(AppDefinition app, Instance instance, Reservation home) {
    Optional<OfferPool> found = pool(home.agent());
    if (found.isEmpty()) {
      return;
    }
    OfferPool pool = found.get();
    if (!(HomePlacement.judge(home, pool.reservation(home.id()))
        instanceof HomePlacement.Homecoming.Ready ready)) {
      return;
    }
    pool.take(home.id());
    for (Volume volume : ready.missing()) {
      add(home.agent(), new Operation.Create(createId(volume), home, volume));
    }
    launch(app, instance, pool.agent(), home.ports(), Optional.of(home));
  }

  private OperationId createId(Volume volume) {
    return OperationId.of(OperationId.Kind.CREATE, volume.id(), draft.unique());
  }

  private void launch(
      AppDefinition app,
      Instance instance,
      Agent agent,
      List<Integer> ports,
      Optional<Reservation> home) {
    Operation.Launch launch = Launches.launch(draft, app, instance, agent, ports, home);
    add(agent.id(), launch);
  }

  private void placeFresh() {
    for (AppId id : draft.durable().waitingApps()) {
      App app = draft.durable().apps().get(id);
      if (app == null || Waiting.isDelayed(draft.state(), id, draft.now())) {
        continue;
      }
      placeFresh(app.definition());
      if (isFull()) {
        return;
      }
    }
  }

  private void placeFresh(AppDefinition app) {
    AppInstances instances = draft.durable().instancesOf(app.id());
    List<Instance> homeless = new ArrayList<>();
    for (AppInstances.Place place : instances.waiting()) {
      Instance instance = instances.all().get(place.id());
      if (instance != null && instance.reservation().isEmpty() && isLaunchable(instance)) {
        homeless.add(instance);
      }
      if (homeless.size() == Scheduler.MAX_CHANGES) {
        break; // more than one decision can place
      }
    }
    if (homeless.isEmpty()) {
      return;
    }
    Candidates candidates = new Candidates(app);
    for (Instance instance : homeless) {
      if (isFull() || !candidates.place(instance)) {
        return;
      }
    }
  }

  /**
   * The agents that a new instance of one app may go to, best first. A place in the order is found
   * anew only when an agent is looked at, which is enough because agents only get worse while
   * instances are placed.
   */
  private final class Candidates {
    private final AppDefinition app;
    private final ConstraintRules rules;
    private final SortedMap<AgentId, Integer> counts = new TreeMap<>();
    private final PriorityQueue<Candidate> order = new PriorityQueue<>();

    /** Agents that only the constraints speak against: they may fit once others have got more. */
    private final List<Candidate> setAside = new ArrayList<>();

    Candidates(AppDefinition app) {
      this.app = app;
      List<Agent> placed = Waiting.placed(draft.state(), app.id());
      placed.forEach(agent -> counts.merge(agent.id(), 1, Integer::sum));
      this.rules = ConstraintRules.of(app.constraints(), placed);
      for (OfferId id : draft.present().offers().keySet()) {
        HeldOffer held = draft.present().offers().get(id);
        if (held != null && Waiting.isUsable(draft.state(), held.offer().agent().id())) {
          order.add(candidate(held.offer().agent(), held.offer().unreserved().resources()));
        }
      }
    }

    private Candidate candidate(Agent agent, Resources free) {
      int count = counts.getOrDefault(agent.id(), 0);
      return new Candidate(rules.crowding(agent), count, free.cpus(), agent);
    }

    /**
     * Places an instance where it fits best: fewest instances of the app first, so that one
     * machine's loss costs least, then the agent that has least left, so that large gaps stay
     * large.
     */
    boolean place(Instance instance) {
      if (placeInOrder(instance)) {
        return true;
      }
      order.addAll(setAside);
      setAside.clear();
      return placeInOrder(instance);
    }

    private boolean placeInOrder(Instance instance) {
      while (!order.isEmpty()) {
        Candidate best = order.remove();
        Optional<OfferPool> pool = pool(best.agent().id());
        if (pool.isEmpty()) {
          continue;
        }
        Candidate now = candidate(best.agent(), pool.get().free());
        if (now.compareTo(best) > 0) {
          order.add(now);
          continue;
        }
        switch (FreshPlacement.judge(app, rules, pool.get())) {
          case Verdict.Fits fits -> {
            take(instance, pool.get(), fits);
            order.add(candidate(best.agent(), pool.get().free()));
            return true;
          }
          case Verdict.Unfit unfit -> {
            if (unfit.reasons().stream()
                .allMatch(reason -> reason.kind() == Reason.Kind.UNFULFILLED_CONSTRAINT)) {
              setAside.add(now);
            }
          }
        }
      }
      return false;
    }

    private void take(Instance instance, OfferPool pool, Verdict.Fits fit) {
      pool.take(app.resourcesWithVolumes(), fit);
      rules.placed(pool.agent());
      counts.merge(pool.agent().id(), 1, Integer::sum);
      if (!app.isStateful()) {
        launch(app, instance, pool.agent(), fit.ports(), Optional.empty());
        return;
      }
      Reservation home = Launches.reservation(draft, app, instance, pool.agent(), fit);
      draft.put(home);
      AgentId agent = pool.agent().id();
      add(agent, new Operation.Reserve(Launches.reserveId(home), home));
      for (Volume volume : home.volumes()) {
        add(agent, new Operation.Create(createId(volume), home, volume));
      }
      Instance housed = instance.withReservation(Optional.of(home.id()));
      launch(app, housed, pool.agent(), fit.ports(), Optional.of(home));
    }
  }

  /** An agent and its place in the order; the name decides between equals, so that runs repeat. */
  private record Candidate(int crowding, int count, double freeCpus, Agent agent)
      implements Comparable<Candidate> {
    private static final Comparator<Candidate> ORDER =
        Comparator.comparingInt(Candidate::crowding)
            .thenComparingInt(Candidate::count)
            .thenComparingDouble(Candidate::freeCpus)
            .thenComparing(candidate -> candidate.agent().id());

    @Override
    public int compareTo(Candidate other) {
      return ORDER.compare(this, other);
    }
  }

  private void release() {
    for (var id : draft.durable().releasing()) {
      if (isFull()) {
        return;
      }
      draft
          .durable()
          .reservation(id)
          .ifPresent(
              leaving ->
                  pool(leaving.agent())
                      .ifPresent(pool -> Releases.release(draft, leaving, pool, this::add)));
    }
  }

  private void accept() {
    operations.forEach(
        (agent, list) ->
            pools
                .getOrDefault(agent, Optional.empty())
                .ifPresent(
                    pool -> {
                      pool.offers().forEach(offer -> draft.change(new Change.OfferRemoved(offer)));
                      draft.send(
                          new Call.Accept(pool.offers(), agent, List.copyOf(list), Duration.ZERO));
                    }));
  }
}
