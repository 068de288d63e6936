package io.homeport.state;

import io.homeport.model.AgentId;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationId;
import io.homeport.model.ReservationState;
import io.homeport.model.Volume;
import io.homeport.model.VolumeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * What is asked of the reservations most often, kept up to date one at a time, so that nobody has
 * to walk through all of them.
 *
 * @param volumes in which reservation each volume lies
 * @param byAgent the reservations on each agent
 * @param releasing those on their way out
 * @param leftBehind those whose instance has got another home
 */
public record ReservationIndex(
    TreePMap<VolumeId, ReservationId> volumes,
    TreePMap<AgentId, TreePSet<ReservationId>> byAgent,
    TreePSet<ReservationId> releasing,
    TreePSet<ReservationId> leftBehind) {
  /** Of no reservation. */
  public static final ReservationIndex NONE =
      new ReservationIndex(TreePMap.empty(), TreePMap.empty(), TreePSet.empty(), TreePSet.empty());

  /** Of all reservations at once, which takes far less than one after the other. */
  static ReservationIndex of(Collection<Reservation> reservations) {
    List<Map.Entry<VolumeId, ReservationId>> volumes = new ArrayList<>();
    Map<AgentId, List<ReservationId>> byAgent = new LinkedHashMap<>();
    List<ReservationId> releasing = new ArrayList<>();
    List<ReservationId> leftBehind = new ArrayList<>();
    for (Reservation reservation : reservations) {
      ReservationId id = reservation.id();
      for (Volume volume : reservation.volumes()) {
        volumes.add(Map.entry(volume.id(), id));
      }
      byAgent.computeIfAbsent(reservation.agent(), agent -> new ArrayList<>()).add(id);
      switch (reservation.state()) {
        case ReservationState.Requested _, ReservationState.Held _ -> {}
        case ReservationState.Releasing _ -> releasing.add(id);
        case ReservationState.LeftBehind _ -> leftBehind.add(id);
      }
    }
    return new ReservationIndex(
        InOrder.map(volumes, Map.Entry::getKey, Map.Entry::getValue),
        InOrder.map(
            List.copyOf(byAgent.entrySet()),
            Map.Entry::getKey,
            entry -> InOrder.set(entry.getValue())),
        InOrder.set(releasing),
        InOrder.set(leftBehind));
  }

  /**
   * The reservations on an agent.
   *
   * @param agent the agent
   */
  TreePSet<ReservationId> residents(AgentId agent) {
    return Objects.requireNonNullElse(byAgent.get(agent), TreePSet.<ReservationId>empty());
  }

  /** With a reservation as it is now, in the place of what it was before, if it was. */
  ReservationIndex with(@Nullable Reservation before, Reservation now) {
    boolean staysFiled =
        before != null && before.agent().equals(now.agent()) && before.hasVolumesOf(now);
    ReservationIndex rest = before == null || staysFiled ? this : without(before);
    ReservationId id = now.id();
    return new ReservationIndex(
        staysFiled ? volumes : rest.volumesWith(now),
        staysFiled ? byAgent : rest.byAgent.plus(now.agent(), rest.residents(now.agent()).plus(id)),
        with(rest.releasing, id, now.state() instanceof ReservationState.Releasing),
        with(rest.leftBehind, id, now.state() instanceof ReservationState.LeftBehind));
  }

  private TreePMap<VolumeId, ReservationId> volumesWith(Reservation reservation) {
    TreePMap<VolumeId, ReservationId> places = volumes;
    for (Volume volume : reservation.volumes()) {
      places = places.plus(volume.id(), reservation.id());
    }
    return places;
  }

  private static TreePSet<ReservationId> with(
      TreePSet<ReservationId> set, ReservationId id, boolean isIn) {
    if (set.contains(id) == isIn) {
      return set;
    }
    return isIn ? set.plus(id) : set.minus(id);
  }

  /** Without a reservation that it has. */
  ReservationIndex without(Reservation reservation) {
    TreePMap<VolumeId, ReservationId> places = volumes;
    for (Volume volume : reservation.volumes()) {
      places = places.minus(volume.id());
    }
    AgentId agent = reservation.agent();
    TreePSet<ReservationId> others = residents(agent).minus(reservation.id());
    return new ReservationIndex(
        places,
        others.isEmpty() ? byAgent.minus(agent) : byAgent.plus(agent, others),
        releasing.minus(reservation.id()),
        leftBehind.minus(reservation.id()));
  }
}
