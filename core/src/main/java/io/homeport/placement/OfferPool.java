package io.homeport.placement;

import io.homeport.model.Agent;
import io.homeport.model.DiskSource;
import io.homeport.model.DiskType;
import io.homeport.model.Offer;
import io.homeport.model.OfferId;
import io.homeport.model.OfferedReservation;
import io.homeport.model.Pool;
import io.homeport.model.PortRange;
import io.homeport.model.PortRanges;
import io.homeport.model.ReservationId;
import io.homeport.model.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that an agent offers at the moment, in one: several offers of one agent can be outstanding,
 * and are used together (Mesos tape 12). What is placed is taken out, so that nothing is used
 * twice. It lives only within one decision.
 */
public final class OfferPool {
  private final Agent agent;
  private final List<OfferId> offers;
  private Resources free;
  private PortRanges ports;
  private final List<Pool.Disk> disks;
  private final SortedMap<ReservationId, OfferedReservation> reservations;

  private OfferPool(
      Agent agent,
      List<OfferId> offers,
      Pool pool,
      SortedMap<ReservationId, OfferedReservation> reservations) {
    this.agent = agent;
    this.offers = offers;
    this.free = pool.resources();
    this.ports = pool.ports();
    this.disks = new ArrayList<>(pool.disks());
    this.reservations = reservations;
  }

  /**
   * The pool of several offers.
   *
   * @param offers offers of one agent; at least one
   */
  public static OfferPool of(List<Offer> offers) {
    Pool together = offers.getFirst().unreserved();
    for (Offer further : offers.subList(1, offers.size())) {
      together = together.plus(further.unreserved());
    }
    SortedMap<ReservationId, OfferedReservation> reservations = new TreeMap<>();
    List<OfferId> ids = new ArrayList<>();
    for (Offer offer : offers) {
      ids.add(offer.id());
      for (OfferedReservation part : offer.reservations()) {
        reservations.merge(part.id(), part, OfferPool::joined);
      }
    }
    return new OfferPool(offers.getLast().agent(), ids, together, reservations);
  }

  /**
   * A pool of resources without an offer, to find out why something does not fit.
   *
   * @param agent the agent
   * @param pool what it has
   */
  public static OfferPool imagined(Agent agent, Pool pool) {
    return new OfferPool(agent, List.of(), pool, new TreeMap<>());
  }

  private static OfferedReservation joined(OfferedReservation one, OfferedReservation other) {
    List<Pool.Disk> disks = new ArrayList<>(one.disks());
    disks.addAll(other.disks());
    List<OfferedReservation.OfferedVolume> volumes = new ArrayList<>(one.volumes());
    volumes.addAll(other.volumes());
    return new OfferedReservation(
        one.id(),
        one.installation(),
        one.resources().plus(other.resources()),
        one.ports().plus(other.ports()),
        disks,
        volumes);
  }

  /** Whose offers they are. */
  public Agent agent() {
    return agent;
  }

  /** The offers. */
  public List<OfferId> offers() {
    return offers;
  }

  /** What is not taken yet of the divisible resources. */
  public Resources free() {
    return free;
  }

  /** The ports not taken yet. */
  public PortRanges ports() {
    return ports;
  }

  /** The disks of their own not taken yet. */
  public List<Pool.Disk> disks() {
    return disks;
  }

  /**
   * What is offered of a reservation and not used yet.
   *
   * @param id the reservation
   */
  public Optional<OfferedReservation> reservation(ReservationId id) {
    return Optional.ofNullable(reservations.get(id));
  }

  /** All that is offered of reservations and not used yet. */
  public List<OfferedReservation> reservations() {
    return List.copyOf(reservations.values());
  }

  /**
   * Takes out a reservation.
   *
   * @param id the reservation
   */
  public void take(ReservationId id) {
    reservations.remove(id);
  }

  /**
   * Takes out what was placed.
   *
   * @param wanted the divisible resources, root volumes included
   * @param fit the ports and disks chosen
   */
  public void take(Resources wanted, Verdict.Fits fit) {
    free = free.minus(wanted);
    if (!fit.ports().isEmpty()) {
      ports = ports.minus(PortRanges.ofPorts(fit.ports()));
    }
    for (int index = 0; index < fit.disks().size(); index++) {
      take(fit.disks().get(index), fit.sizes().get(index));
    }
  }

  private void take(DiskSource source, double sizeMib) {
    if (source.type() == DiskType.ROOT) {
      return;
    }
    for (int index = 0; index < disks.size(); index++) {
      Pool.Disk disk = disks.get(index);
      if (disk.source().equals(source) && disk.sizeMib() >= sizeMib) {
        disks.remove(index);
        if (disk.sizeMib() > sizeMib) {
          disks.add(new Pool.Disk(source, disk.sizeMib() - sizeMib));
        }
        return;
      }
    }
  }

  /**
   * Chooses ports.
   *
   * @param count how many of any number
   * @param fixed numbers that are wanted and left out of the choice
   * @return the chosen ones, lowest first; fewer than wanted if there are not enough
   */
  List<Integer> choosePorts(int count, List<Integer> fixed) {
    List<Integer> chosen = new ArrayList<>();
    for (PortRange range : ports.ranges()) {
      for (int port = range.begin(); port <= range.end() && chosen.size() < count; port++) {
        if (!fixed.contains(port)) {
          chosen.add(port);
        }
      }
    }
    return chosen;
  }
}
