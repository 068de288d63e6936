package io.homeport.local;

import io.homeport.model.AgentId;
import io.homeport.model.Offer;
import io.homeport.model.OfferedReservation;
import io.homeport.model.Operation;
import io.homeport.model.OperationId;
import io.homeport.model.OperationUpdate;
import io.homeport.model.PortRanges;
import io.homeport.model.Reservation;
import io.homeport.model.ReservationId;
import io.homeport.model.Resources;
import io.homeport.model.TaskLaunch;
import io.homeport.model.VolumeId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Does the operations of one accept, in order; each succeeds or fails by itself, and the next is
 * tried all the same (Mesos tape 12). What they may use is what the accepted offers hold.
 */
final class OperationExecutor {
  private final AgentId agent;
  private final String installation;
  private final AgentDirectories directories;
  private final AgentLedger ledger;
  private final UpdateOutbox outbox;
  private final Map<ReservationId, ReservationRecord> offered = new LinkedHashMap<>();
  private Resources unreserved = Resources.NONE;
  private PortRanges ports = PortRanges.NONE;

  OperationExecutor(
      AgentId agent,
      String installation,
      AgentDirectories directories,
      AgentLedger ledger,
      UpdateOutbox outbox,
      List<Offer> offers) {
    this.agent = agent;
    this.installation = installation;
    this.directories = directories;
    this.ledger = ledger;
    this.outbox = outbox;
    for (Offer offer : offers) {
      unreserved = unreserved.plus(offer.unreserved().resources());
      ports = ports.plus(offer.unreserved().ports());
      for (OfferedReservation part : offer.reservations()) {
        ReservationRecord record = ledger.reservations().get(part.id());
        if (record != null) {
          offered.put(part.id(), record);
        }
      }
    }
  }

  /** An operation that cannot be done, with Mesos's kind of words. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  /** What is left of the unreserved resources. */
  Resources unreserved() {
    return unreserved;
  }

  /** What is left of the reservations: those that no launch used. */
  List<OfferedReservation> reservations() {
    return offered.values().stream().map(ReservationRecord::offered).toList();
  }

  /** Reserves, and says how that went. */
  void reserve(Operation.Reserve reserve) {
    report(
        reserve.id(),
        () -> {
          Reservation wanted = reserve.reservation();
          PortRanges wantedPorts = PortRanges.ofPorts(wanted.ports());
          if (ledger.reservations().containsKey(wanted.id())) {
            throw new Refused("Reservation '" + wanted.id() + "' exists already");
          }
          if (!unreserved.covers(wanted.total()) || !covers(ports, wantedPorts)) {
            throw new Refused(
                "The offers hold "
                    + unreserved
                    + " and ports "
                    + ports.ranges()
                    + ", which do not contain "
                    + wanted.total()
                    + " and ports "
                    + wanted.ports());
          }
          ReservationRecord record =
              new ReservationRecord(
                  1,
                  wanted.id().value(),
                  installation,
                  reserve.id().value(),
                  wanted.total(),
                  wanted.ports(),
                  List.of());
          ledger.put(record);
          unreserved = unreserved.minus(wanted.total());
          ports = ports.minus(wantedPorts);
          offered.put(wanted.id(), record);
        });
  }

  private static boolean covers(PortRanges all, PortRanges some) {
    return some.minus(all).isEmpty();
  }

  /** Makes a volume, and says how that went. */
  void create(Operation.Create create) {
    report(
        create.id(),
        () -> {
          ReservationRecord home = offered(create.reservation().id());
          VolumeId id = create.volume().id();
          if (ledger.reservations().values().stream()
              .anyMatch(each -> each.volume(id).isPresent())) {
            throw new Refused("Persistence ID '" + id + "' is not unique");
          }
          if (home.plainDisk() < create.volume().sizeMib()) {
            throw new Refused(
                "Reservation '"
                    + home.id()
                    + "' has "
                    + home.plainDisk()
                    + " MiB of disk left, less than "
                    + create.volume().sizeMib());
          }
          VolumeDirectory.create(directories, id);
          List<ReservationRecord.VolumeRecord> volumes = new ArrayList<>(home.volumes());
          volumes.add(
              new ReservationRecord.VolumeRecord(
                  id.value(),
                  create.volume().containerPath(),
                  create.volume().sizeMib(),
                  create.id().value(),
                  false));
          put(home.with(volumes));
        });
  }

  /** Destroys a volume, and says how that went. */
  void destroy(Operation.Destroy destroy) {
    report(
        destroy.id(),
        () -> {
          ReservationRecord home = offered(destroy.reservation().id());
          VolumeId id = destroy.volume().id();
          if (home.volume(id).isEmpty()) {
            throw new Refused("There is no volume '" + id + "' in reservation '" + home.id() + "'");
          }
          Optional<String> tenant = Vacancy.tenant(directories.volume(id));
          if (tenant.isPresent()) {
            throw new Refused("Persistent volumes in use: " + tenant.get());
          }
          put(AgentVolumes.destroy(directories, ledger, home, id));
        });
  }

  /** Frees a reservation, and says how that went. */
  void unreserve(Operation.Unreserve unreserve) {
    report(
        unreserve.id(),
        () -> {
          ReservationRecord home = offered(unreserve.reservation().id());
          if (!home.volumes().isEmpty()) {
            throw new Refused("Reservation '" + home.id() + "' still has volumes");
          }
          ledger.remove(new ReservationId(home.id()));
          offered.remove(new ReservationId(home.id()));
          unreserved = unreserved.plus(home.total());
          ports = ports.plus(home.portRanges());
        });
  }

  /**
   * Takes what a launch uses out of the offers.
   *
   * @throws Refused when they do not hold it
   */
  void use(TaskLaunch launch) throws Refused {
    if (launch.reservation().isPresent()) {
      Reservation wanted = launch.reservation().get();
      ReservationRecord home = offered(wanted.id());
      for (io.homeport.model.Volume volume : wanted.volumes()) {
        if (home.volume(volume.id()).isEmpty()) {
          throw new Refused("Volume '" + volume.id() + "' does not exist on this agent");
        }
      }
      offered.remove(wanted.id());
      return;
    }
    Resources wanted = launch.app().resources();
    PortRanges wantedPorts = PortRanges.ofPorts(launch.ports());
    if (!unreserved.covers(wanted) || !covers(ports, wantedPorts)) {
      throw new Refused(
          "Total resources "
              + wanted
              + " and ports "
              + launch.ports()
              + " required by task is more than available "
              + unreserved
              + " and ports "
              + ports.ranges());
    }
    unreserved = unreserved.minus(wanted);
    ports = ports.minus(wantedPorts);
  }

  private void put(ReservationRecord next) throws IOException {
    ledger.put(next);
    offered.put(new ReservationId(next.id()), next);
  }

  private ReservationRecord offered(ReservationId id) throws Refused {
    ReservationRecord record = offered.get(id);
    if (record == null) {
      throw new Refused("The offers hold no reservation '" + id + "'");
    }
    return record;
  }

  /** What an operation does. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException, Refused;
  }

  private void report(OperationId id, Step step) {
    OperationUpdate.State state = OperationUpdate.State.FINISHED;
    String message = "";
    Optional<String> uuid = Optional.of(UUID.randomUUID().toString());
    try {
      step.run();
    } catch (IOException | Refused e) {
      state = OperationUpdate.State.FAILED;
      message = String.valueOf(e.getMessage());
      uuid = Optional.empty(); // as Mesos's master does for what it refuses by itself
    }
    outbox.send(new OperationUpdate(id, Optional.of(agent), state, message, uuid));
  }
}
