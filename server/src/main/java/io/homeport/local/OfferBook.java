package io.homeport.local;

import io.homeport.model.Agent;
import io.homeport.model.Offer;
import io.homeport.model.OfferId;
import io.homeport.model.OfferedReservation;
import io.homeport.model.Pool;
import io.homeport.model.PortRanges;
import io.homeport.model.ReservationId;
import io.homeport.model.Resources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an agent has offered and not got an answer for, and what was refused for a while. Resources
 * are in at most one offer at a time; what becomes free meanwhile is offered in another one, as
 * Mesos does.
 */
final class OfferBook {
  private final String prefix;
  private final Map<OfferId, Offer> outstanding = new LinkedHashMap<>();
  private final List<Refusal> refusals = new ArrayList<>();
  private long made;

  /**
   * An empty book.
   *
   * @param prefix begins the ids of its offers, so that no two engines make the same
   */
  OfferBook(String prefix) {
    this.prefix = prefix;
  }

  /** What shall not be offered again before a time (of {@link System#nanoTime}). */
  private record Refusal(long until, Resources unreserved, Set<ReservationId> reservations) {
    boolean covers(Resources free, Set<ReservationId> idle) {
      return unreserved.covers(free) && reservations.containsAll(idle);
    }
  }

  /**
   * Makes an offer of all that is free, in no other offer, and not refused.
   *
   * @param agent whose it is
   * @param free what nobody has reserved or uses
   * @param idle the reservations that no task uses
   */
  Optional<Offer> next(Agent agent, Pool free, Collection<ReservationRecord> idle) {
    Resources resources = free.resources();
    PortRanges ports = free.ports();
    Set<ReservationId> elsewhere = new HashSet<>();
    for (Offer offer : outstanding.values()) {
      resources = resources.minus(offer.unreserved().resources());
      ports = ports.minus(offer.unreserved().ports());
      offer.reservations().forEach(part -> elsewhere.add(part.id()));
    }
    resources = atLeastNothing(resources);
    List<OfferedReservation> parts =
        idle.stream()
            .map(ReservationRecord::offered)
            .filter(part -> !elsewhere.contains(part.id()))
            .toList();
    if ((resources.isEmpty() && parts.isEmpty()) || isRefused(resources, parts)) {
      return Optional.empty();
    }
    OfferId id = new OfferId(prefix + "-O" + made++);
    Offer offer = new Offer(id, agent, new Pool(resources, ports, List.of()), parts);
    outstanding.put(id, offer);
    return Optional.of(offer);
  }

  /** More may be in use than there is, after the machine was made smaller. */
  static Resources atLeastNothing(Resources amount) {
    return new Resources(
        Math.max(0, amount.cpus()),
        Math.max(0, amount.mem()),
        Math.max(0, amount.disk()),
        Math.max(0, amount.gpus()));
  }

  private boolean isRefused(Resources resources, List<OfferedReservation> parts) {
    long now = System.nanoTime();
    refusals.removeIf(refusal -> refusal.until() - now <= 0);
    Set<ReservationId> idle = ids(parts);
    return refusals.stream().anyMatch(refusal -> refusal.covers(resources, idle));
  }

  private static Set<ReservationId> ids(List<OfferedReservation> parts) {
    Set<ReservationId> ids = new HashSet<>();
    parts.forEach(part -> ids.add(part.id()));
    return ids;
  }

  /** Takes an offer out, because it is answered; empty when it is not outstanding. */
  Optional<Offer> answer(OfferId id) {
    return Optional.ofNullable(outstanding.remove(id));
  }

  /** Whether an offer waits for its answer. */
  boolean isOutstanding(OfferId id) {
    return outstanding.containsKey(id);
  }

  /**
   * Keeps what was refused away for a while.
   *
   * @param resources the unreserved part
   * @param parts the reserved part
   * @param duration for how long
   */
  void refuse(Resources resources, List<OfferedReservation> parts, Duration duration) {
    if (duration.isPositive()) {
      refusals.add(new Refusal(System.nanoTime() + duration.toNanos(), resources, ids(parts)));
    }
  }

  /** Forgets all refusals. */
  void forgetRefusals() {
    refusals.clear();
  }

  /** Withdraws all offers; returns those that were outstanding. */
  List<OfferId> withdraw() {
    List<OfferId> withdrawn = List.copyOf(outstanding.keySet());
    outstanding.clear();
    return withdrawn;
  }
}
