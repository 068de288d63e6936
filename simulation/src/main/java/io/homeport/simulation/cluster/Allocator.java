package io.homeport.simulation.cluster;

import io.homeport.model.AgentId;
import io.homeport.model.Call;
import io.homeport.model.ClusterEvent;
import io.homeport.model.Offer;
import io.homeport.model.OfferId;
import io.homeport.model.OfferedReservation;
import io.homeport.model.Pool;
import io.homeport.model.PortRange;
import io.homeport.model.PortRanges;
import io.homeport.model.ReservationId;
import io.homeport.model.Resources;
import io.homeport.simulation.world.Situation;
import io.homeport.simulation.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Offers what is free, once a second as Mesos's allocator does. Offers that nobody answers hold
 * their resources; declined ones stay away until the filter ends, more is free, or a revive.
 */
public final class Allocator {
  private static final long CYCLE_MILLIS = 1000;

  private final World world;
  private final SimulatedMaster master;
  private final SortedMap<OfferId, Offer> outstanding = new TreeMap<>();
  private final SortedMap<AgentId, Filter> filters = new TreeMap<>();
  private boolean suppressed;
  private boolean awake;
  private long count;

  /** What was declined, and until when. */
  private record Filter(
      Resources resources, SortedSet<ReservationId> reservations, Instant until) {}

  Allocator(World world, SimulatedMaster master) {
    this.world = world;
    this.master = master;
  }

  /** The offers that nobody answered yet. */
  public SortedMap<OfferId, Offer> outstanding() {
    return outstanding;
  }

  void subscribed() {
    forget();
    suppressed = false;
    wake();
  }

  void unsubscribed() {
    forget();
  }

  void forget() {
    outstanding.clear();
    filters.clear();
  }

  void revive() {
    suppressed = false;
    filters.clear();
    allocate();
    wake();
  }

  void suppress() {
    suppressed = true;
  }

  void decline(Call.Decline decline) {
    for (OfferId id : decline.offers()) {
      Offer offer = outstanding.remove(id);
      if (offer != null) {
        filter(offer, decline);
      }
    }
  }

  private void filter(Offer offer, Call.Decline decline) {
    SortedSet<ReservationId> reservations = new TreeSet<>();
    offer.reservations().forEach(part -> reservations.add(part.id()));
    filters.put(
        offer.agent().id(),
        new Filter(
            offer.unreserved().resources(),
            reservations,
            world.agenda().instant().plus(decline.refuse())));
  }

  /** Takes offers out to use them; empty unless all are valid and of that agent. */
  Optional<List<Offer>> take(List<OfferId> ids, AgentId agent) {
    List<Offer> taken = new ArrayList<>();
    boolean valid = !ids.isEmpty();
    for (OfferId id : ids) {
      Offer offer = outstanding.remove(id);
      if (offer == null || !offer.agent().id().equals(agent)) {
        valid = false;
      } else {
        taken.add(offer);
      }
    }
    return valid ? Optional.of(taken) : Optional.empty();
  }

  /**
   * The offers of an agent are void.
   *
   * @param agent the agent
   */
  public void rescind(AgentId agent) {
    for (Offer offer : List.copyOf(outstanding.values())) {
      if (offer.agent().id().equals(agent)) {
        rescind(offer.id());
      }
    }
  }

  private void rescind(OfferId id) {
    if (outstanding.remove(id) != null) {
      world.tally().event("offer rescinded");
      master.tell(new ClusterEvent.OfferRescinded(id));
    }
  }

  /** Cycles go on as long as somebody wants offers. */
  private void wake() {
    if (!awake && isWanted()) {
      awake = true;
      world.agenda().after(CYCLE_MILLIS, this::cycle);
    }
  }

  private void cycle() {
    awake = false;
    allocate();
    wake();
  }

  private boolean isWanted() {
    return !master.isDown() && !suppressed && master.framework().isPresent();
  }

  private void allocate() {
    if (!isWanted()) {
      return;
    }
    List<Offer> offers = new ArrayList<>();
    master
        .agents()
        .forEach(
            (id, known) -> {
              Machine machine = known.machine();
              if (known.standing() == SimulatedMaster.Standing.ACTIVE
                  && machine.isOnline()
                  && machine.isRegistered()
                  && !machine.hasInFlight()
                  && machine.id().filter(id::equals).isPresent()) {
                offer(machine, offers);
              }
            });
    if (offers.isEmpty()) {
      return;
    }
    offers.forEach(offer -> outstanding.put(offer.id(), offer));
    world.tally().event("offers");
    master.tell(new ClusterEvent.OffersReceived(List.copyOf(offers)));
    long timeout = world.profile().offerTimeout().toMillis();
    if (timeout > 0) {
      offers.forEach(offer -> world.agenda().after(timeout, () -> rescind(offer.id())));
    }
  }

  private void offer(Machine machine, List<Offer> offers) {
    AgentId id = machine.id().orElseThrow();
    Pool free = machine.disk().free();
    SortedMap<ReservationId, OfferedReservation> vacant = new TreeMap<>();
    machine.vacant().forEach(part -> vacant.put(part.id(), part));
    for (KnownTask task : master.tasks().values()) {
      if (task.agent().equals(id) && !task.hasEnded()) {
        task.reservation().ifPresent(vacant::remove);
      }
    }
    for (Offer offer : outstanding.values()) {
      if (offer.agent().id().equals(id)) {
        free = minus(free, offer.unreserved());
        offer.reservations().forEach(part -> vacant.remove(part.id()));
      }
    }
    boolean worth = free.resources().cpus() > 0 || free.resources().disk() > 0;
    if ((!worth && vacant.isEmpty()) || isFiltered(id, free, vacant.keySet())) {
      return;
    }
    Pool whole = new Pool(free.resources(), free.ports(), Ledger.joined(free.disks()));
    List<OfferedReservation> parts = List.copyOf(vacant.values());
    if (parts.isEmpty() || !world.network().chance(0.2)) {
      offers.add(new Offer(nextId(), machine.agent(), whole, parts));
    } else {
      world.tally().reached(Situation.TWO_OFFERS_OF_ONE_AGENT);
      offers.add(new Offer(nextId(), machine.agent(), whole, List.of()));
      offers.add(new Offer(nextId(), machine.agent(), Pool.EMPTY, parts));
    }
  }

  private OfferId nextId() {
    return new OfferId("O" + count++);
  }

  private static Pool minus(Pool pool, Pool other) {
    List<Pool.Disk> disks = new ArrayList<>(Ledger.joined(pool.disks()));
    for (Pool.Disk taken : other.disks()) {
      disks.removeIf(disk -> disk.source().equals(taken.source()));
    }
    PortRanges ports = pool.ports();
    for (PortRange range : other.ports().ranges()) {
      ports = ports.minus(new PortRanges(List.of(range)));
    }
    return new Pool(pool.resources().minus(other.resources()), ports, List.copyOf(disks));
  }

  private boolean isFiltered(AgentId agent, Pool free, java.util.Set<ReservationId> reservations) {
    Filter filter = filters.get(agent);
    if (filter == null || !filter.until().isAfter(world.agenda().instant())) {
      filters.remove(agent);
      return false;
    }
    return filter.resources().covers(free.resources())
        && filter.reservations().containsAll(reservations);
  }
}
