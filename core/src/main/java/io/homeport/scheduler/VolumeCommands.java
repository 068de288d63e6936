package io.homeport.scheduler;

import io.homeport.model.Agent;
import io.homeport.model.AppDefinition;
import io.homeport.model.AppId;
import io.homeport.model.Event;
import io.homeport.model.Goal;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.model.OfferedReservation;
import io.homeport.model.PersistentVolumeSpec;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationId;
import io.homeport.model.ReservationState;
import io.homeport.model.Volume;
import io.homeport.model.VolumeId;
import io.homeport.model.VolumeStatus;
import io.homeport.state.App;
import io.homeport.state.Change;
import io.homeport.state.Quarantined;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Destroying and adopting volumes that no instance uses. */
final class VolumeCommands {
  private VolumeCommands() {}

  static Decision destroy(Draft draft, Command.DestroyVolume destroy) {
    Optional<Reservation> known = draft.durable().reservationOf(destroy.volume());
    if (known.isEmpty()) {
      return destroyQuarantined(draft, destroy.volume());
    }
    Reservation reservation = known.get();
    Optional<Instance> owner = reservation.owner().flatMap(draft.durable()::instance);
    if (owner.isPresent() && !owner.get().isDetached()) {
      return draft.done(
          Reply.Rejected.of(
              ErrorCode.VOLUME_IN_USE,
              "The volume "
                  + destroy.volume()
                  + " belongs to the instance "
                  + owner.get().id()
                  + ", which uses it or waits for it. Scale the app down first, or kill the"
                  + " instance with wipe=true."));
    }
    if (reservation.state() instanceof ReservationState.Releasing) {
      return draft.done(new Reply.Done());
    }
    if (owner.isPresent()) {
      draft.decommission(owner.get(), draft.releasing("destroyed on request"));
    } else {
      draft.put(
          reservation.in(Draft.pendingAs(reservation, draft.releasing("destroyed on request"))));
    }
    return draft.done(new Reply.Done());
  }

  private static Decision destroyQuarantined(Draft draft, VolumeId volume) {
    Optional<Quarantined> found = quarantined(draft, volume);
    if (found.isEmpty()) {
      return draft.done(unknown(volume));
    }
    draft.put(recorded(found.get(), draft.releasing("destroyed on request")));
    draft.change(new Change.QuarantineChanged(found.get().offered().id(), Optional.empty()));
    return draft.done(new Reply.Done());
  }

  private static Reply.Rejected unknown(VolumeId volume) {
    return Reply.Rejected.of(ErrorCode.VOLUME_UNKNOWN, "Volume '" + volume + "' does not exist");
  }

  private static Optional<Quarantined> quarantined(Draft draft, VolumeId volume) {
    return draft.present().quarantined().values().stream()
        .filter(
            candidate ->
                candidate.offered().volumes().stream()
                    .anyMatch(offered -> offered.id().equals(volume)))
        .findFirst();
  }

  /** A record of what had none, made from what its agent offers. */
  private static Reservation recorded(Quarantined quarantined, ReservationState state) {
    OfferedReservation offered = quarantined.offered();
    Agent agent = quarantined.agent();
    List<Volume> volumes = new ArrayList<>();
    for (OfferedReservation.OfferedVolume volume : offered.volumes()) {
      volumes.add(
          new Volume(
              volume.id(),
              volume.containerPath(),
              volume.sizeMib(),
              volume.source(),
              Volume.State.CREATED,
              quarantined.since()));
    }
    AppId app =
        offered.volumes().stream()
            .map(volume -> volume.id().value())
            .map(id -> id.substring(0, id.indexOf('#')))
            .map(safe -> "/" + safe.replace('_', '/'))
            .filter(AppId::isValid)
            .map(AppId::new)
            .findFirst()
            .orElse(new AppId("/quarantined"));
    return new Reservation(
        offered.id(),
        app,
        0,
        Optional.empty(),
        agent.id(),
        agent.hostname(),
        "",
        offered.resources(),
        offered.ports().ports(),
        volumes,
        state,
        true);
  }

  static Decision adopt(Draft draft, Command.AdoptVolume adopt) {
    App app = draft.durable().apps().get(adopt.app());
    if (app == null) {
      return draft.done(AppCommands.unknown(adopt.app()));
    }
    Optional<Reservation> known = draft.durable().reservationOf(adopt.volume());
    Optional<Quarantined> strange =
        known.isPresent() ? Optional.empty() : quarantined(draft, adopt.volume());
    Optional<Reservation> candidate =
        known.or(() -> strange.map(s -> recorded(s, draft.leftBehind("adopted on request"))));
    if (candidate.isEmpty()) {
      return draft.done(unknown(adopt.volume()));
    }
    Reservation reservation = candidate.get();
    if (!(reservation.state() instanceof ReservationState.LeftBehind)) {
      return draft.done(
          Reply.Rejected.of(
              ErrorCode.VOLUME_IN_USE,
              "The volume "
                  + adopt.volume()
                  + " is not left behind or quarantined, so it cannot be"
                  + " adopted: "
                  + reservation
                      .owner()
                      .map(owner -> "it belongs to the instance " + owner + ".")
                      .orElse("its destruction was requested.")));
    }
    List<Reply.Detail> misfits = misfits(app.definition(), reservation);
    if (!misfits.isEmpty()) {
      return draft.done(
          new Reply.Rejected(
              ErrorCode.VOLUME_UNFIT,
              "The volume " + adopt.volume() + " does not fit the app " + app.id() + ".",
              misfits,
              List.of()));
    }
    strange.ifPresent(
        s -> draft.change(new Change.QuarantineChanged(s.offered().id(), Optional.empty())));
    return draft.done(install(draft, app.definition(), reservation, adopt.ordinal()));
  }

  /** What of the reservation differs from what an instance of the app would have. */
  private static List<Reply.Detail> misfits(AppDefinition app, Reservation reservation) {
    List<Reply.Detail> misfits = new ArrayList<>();
    List<PersistentVolumeSpec> specs = app.persistentVolumes();
    for (PersistentVolumeSpec spec : specs) {
      boolean there =
          reservation.volumes().stream()
              .anyMatch(
                  volume ->
                      volume.containerPath().equals(spec.containerPath())
                          && volume.source().type() == spec.type()
                          && volume.sizeMib() >= spec.sizeMib());
      if (!there) {
        misfits.add(
            new Reply.Detail(
                "/container/volumes(" + specs.indexOf(spec) + ")",
                List.of(
                    "the app wants a "
                        + spec.type()
                        + " volume of "
                        + spec.sizeMib()
                        + " MiB at "
                        + spec.containerPath()
                        + ", and the adopted ones are "
                        + described(reservation))));
      }
    }
    if (specs.size() != reservation.volumes().size()) {
      misfits.add(
          new Reply.Detail(
              "/container/volumes",
              List.of(
                  "the app has "
                      + specs.size()
                      + " volumes per instance, and the reservation holds "
                      + described(reservation))));
    }
    if (!reservation.resources().covers(app.resources())) {
      misfits.add(
          new Reply.Detail(
              "/",
              List.of(
                  "the app wants "
                      + app.resources()
                      + " per instance, and the reservation holds "
                      + reservation.resources())));
    }
    if (reservation.ports().size() != app.wantedPorts().size()) {
      misfits.add(
          new Reply.Detail(
              "/portDefinitions",
              List.of(
                  "the app wants "
                      + app.wantedPorts().size()
                      + " ports per instance, and the reservation holds "
                      + reservation.ports())));
    }
    return misfits;
  }

  private static List<String> described(Reservation reservation) {
    return reservation.volumes().stream()
        .map(volume -> volume.containerPath() + " (" + volume.sizeMib() + " MiB)")
        .toList();
  }

  /**
   * Puts an instance with the adopted home in the place of the one with that ordinal. That one, if
   * it exists, leaves its own home behind, and the new one waits until its task has ended.
   */
  private static Reply install(
      Draft draft, AppDefinition app, Reservation reservation, Optional<Integer> wanted) {
    int ordinal = wanted.orElse(reservation.ordinal());
    Optional<Instance> present =
        draft.durable().instancesOf(app.id()).places().stream()
            .filter(place -> place.ordinal() == ordinal)
            .findFirst()
            .flatMap(place -> draft.durable().instance(place.id()));
    Goal goal =
        present
            .map(Instance::goal)
            .orElse(
                draft.durable().instancesOf(app.id()).running() < app.instances()
                    ? Goal.RUNNING
                    : Goal.STOPPED);
    present.ifPresent(
        instance ->
            draft.decommission(
                instance, draft.leftBehind("another volume was adopted in its place")));
    Instance heir =
        new Instance(
            InstanceId.of(app.id(), draft.unique()),
            app.id(),
            ordinal,
            goal,
            Optional.of(reservation.id()),
            0,
            Optional.empty(),
            draft.now());
    draft.put(
        reservation
            .ownedBy(Optional.of(heir.id()), app.id(), ordinal)
            .in(Draft.pendingAs(reservation, new ReservationState.Held())));
    draft.put(heir);
    return new Reply.Killed(List.of(heir), Optional.empty());
  }

  /** Events for a reservation whose volumes are seen without a record. */
  static void quarantine(Draft draft, OfferedReservation offered, Agent agent) {
    ReservationId id = offered.id();
    Quarantined before = draft.present().quarantined().get(id);
    if (before != null && before.offered().equals(offered) && before.agent().equals(agent)) {
      return;
    }
    Quarantined seen =
        new Quarantined(offered, agent, before == null ? draft.now() : before.since());
    draft.change(new Change.QuarantineChanged(id, Optional.of(seen)));
    if (before == null) {
      Reservation shown = recorded(seen, draft.leftBehind("quarantined"));
      offered
          .volumes()
          .forEach(
              volume ->
                  draft.publish(
                      new Event.VolumeChanged(volume.id(), shown, VolumeStatus.QUARANTINED)));
    }
  }
}
