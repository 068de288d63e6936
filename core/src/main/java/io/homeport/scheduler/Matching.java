package io.homeport.scheduler;

import io.homeport.model.Agent;
import io.homeport.model.AgentId;
import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.Call;
import io.homeport.model.Instance;
import io.homeport.model.Offer;
import io.homeport.model.OfferId;
import io.homeport.model.OfferedReservation;
import io.homeport.model.Operation;
import io.homeport.model.OperationId;
import io.homeport.model.Reservation;
import io.homeport.model.Volume;
import io.homeport.placement.HomePlacement;
import io.homeport.placement.OfferPool;
import io.homeport.placement.TaskEnvironment;
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
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Brings offers and waiting work together: first what an agent already holds of ours, then new
 * instances, then what is to be released. One accept per agent carries all of it.
 */
final class Matching {
  /**
   * The large first: what is small fits into what they leave over. Of equals the one of which most
   * wait, so that they advance side by side: an app that comes last finds few machines left, and
   * may need as many different ones as it has instances.
   */
  private static final Comparator<Homeless> LARGE_FIRST =
      Comparator.<Homeless>comparingDouble(each -> each.app().resources().cpus())
          .thenComparingDouble(each -> each.app().resources().mem())
          .thenComparingInt(Homeless::count)
          .reversed()
          .thenComparing(each -> each.app().id());

  private final Draft draft;
  private final SortedMap<AgentId, Optional<OfferPool>> pools = new TreeMap<>();
  private final SortedMap<AgentId, List<Operation>> operations = new TreeMap<>();
  private final SortedMap<AppId, TaskEnvironment> environments = new TreeMap<>();
  private boolean cutShort;

  /** An app and how many of its instances wait for a home. */
  private record Homeless(AppDefinition app, int count) {}

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

  /**
   * Goes through what waits or through what is offered, whichever is less: after a long outage much
   * waits and little is offered at a time, and where volumes lie idle it is the other way round.
   */
  private void bringHome() {
    int offered = 0;
    for (HeldOffer held : draft.present().offers().values()) {
      offered += held.offer().reservations().size();
    }
    if (offered == 0) {
      return;
    }
    int waiting = 0;
    for (AppId id : draft.durable().waitingApps()) {
      waiting += draft.durable().instancesOf(id).waiting().size();
    }
    if (offered <= waiting) {
      bringOfferedHome();
    } else {
      bringWaitingHome();
    }
  }

  private void bringOfferedHome() {
    for (AgentId agent : draft.present().offersByAgent().keySet()) {
      for (OfferedReservation home : offeredHomes(agent)) {
        if (isFull()) {
          return;
        }
        draft.durable().reservation(home.id()).ifPresent(this::bringOwnerHome);
      }
    }
  }

  private List<OfferedReservation> offeredHomes(AgentId agent) {
    for (OfferId id : draft.present().offersOf(agent)) {
      HeldOffer held = draft.present().offers().get(id);
      if (held != null && !held.offer().reservations().isEmpty()) {
        return pool(agent).map(OfferPool::reservations).orElse(List.of());
      }
    }
    return List.of();
  }

  private void bringWaitingHome() {
    for (AppId id : draft.durable().waitingApps()) {
      AppInstances instances = draft.durable().instancesOf(id);
      for (AppInstances.Place place : instances.waiting()) {
        if (isFull()) {
          return;
        }
        Instance instance = instances.all().get(place.id());
        if (instance != null) {
          draft.durable().reservationOf(instance).ifPresent(home -> bringHome(instance, home));
        }
      }
    }
  }

  private void bringOwnerHome(Reservation home) {
    draft.durable().ownerOf(home).ifPresent(owner -> bringHome(owner, home));
  }

  private void bringHome(Instance instance, Reservation home) {
    App app = draft.durable().apps().get(instance.appId());
    if (app != null
        && instance.needsLaunch()
        && !Waiting.isDelayed(draft.state(), instance.appId(), draft.now())
        && isLaunchable(instance)) {
      bringHome(app.definition(), instance, home);
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
    TaskEnvironment environment =
        environments.computeIfAbsent(app.id(), id -> TaskEnvironment.of(app));
    add(agent.id(), Launches.launch(draft, app, environment, instance, agent, ports, home));
  }

  private void placeFresh() {
    List<Homeless> waiting = new ArrayList<>();
    for (AppId id : draft.durable().waitingApps()) {
      App app = draft.durable().apps().get(id);
      int homeless = draft.durable().instancesOf(id).homeless().size();
      if (app != null && homeless > 0 && !Waiting.isDelayed(draft.state(), id, draft.now())) {
        waiting.add(new Homeless(app.definition(), homeless));
      }
    }
    waiting.sort(LARGE_FIRST);
    for (Homeless each : waiting) {
      if (isFull()) {
        return;
      }
      placeFresh(each.app());
    }
  }

  private void placeFresh(AppDefinition app) {
    AppInstances instances = draft.durable().instancesOf(app.id());
    Optional<Candidates> made = Optional.empty();
    for (AppInstances.Place place : instances.homeless()) {
      if (isFull()) {
        return;
      }
      Instance instance = instances.all().get(place.id());
      if (instance == null || !isLaunchable(instance)) {
        continue;
      }
      Candidates candidates = made.orElseGet(() -> new Candidates(draft.state(), app, this::pool));
      made = Optional.of(candidates);
      Optional<Candidates.Chosen> chosen = candidates.choose();
      if (chosen.isEmpty()) {
        return;
      }
      settle(app, instance, chosen.get().pool().agent(), chosen.get().fit());
    }
  }

  /** A home for an instance that had none, and its first launch. */
  private void settle(AppDefinition app, Instance instance, Agent agent, Verdict.Fits fit) {
    if (!app.isStateful()) {
      launch(app, instance, agent, fit.ports(), Optional.empty());
      return;
    }
    Reservation home = Launches.reservation(draft, app, instance, agent, fit);
    draft.put(home);
    add(agent.id(), new Operation.Reserve(Launches.reserveId(home), home));
    for (Volume volume : home.volumes()) {
      add(agent.id(), new Operation.Create(createId(volume), home, volume));
    }
    Instance housed = instance.withReservation(Optional.of(home.id()));
    launch(app, housed, agent, fit.ports(), Optional.of(home));
  }

  private void release() {
    for (var id : draft.durable().reservationIndex().releasing()) {
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
