package io.homeport.local;

import io.homeport.model.OperationId;
import io.homeport.model.OperationUpdate;
import io.homeport.model.ReservationId;
import io.homeport.model.VolumeId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Making and destroying volumes so that it can be cut short at any moment, and answering for
 * operations.
 */
final class AgentVolumes {
  private AgentVolumes() {}

  /**
   * Destroys a volume: the order is on disk first, then the directory goes, then the record.
   *
   * @return the reservation without it; to be recorded by the caller
   */
  static ReservationRecord destroy(
      AgentDirectories directories, AgentLedger ledger, ReservationRecord home, VolumeId volume)
      throws IOException {
    List<ReservationRecord.VolumeRecord> doomed = new ArrayList<>();
    List<ReservationRecord.VolumeRecord> rest = new ArrayList<>();
    for (ReservationRecord.VolumeRecord each : home.volumes()) {
      if (each.id().equals(volume.value())) {
        doomed.add(each.doomed());
      } else {
        doomed.add(each);
        rest.add(each);
      }
    }
    ledger.put(home.with(doomed));
    VolumeDirectory.destroy(directories, volume);
    return home.with(rest);
  }

  /** Finishes what an earlier server was ordered to destroy and did not finish. */
  static void finishDestroying(AgentDirectories directories, AgentLedger ledger)
      throws IOException {
    for (ReservationRecord home : List.copyOf(ledger.reservations().values())) {
      ReservationRecord next = home;
      for (ReservationRecord.VolumeRecord volume : home.volumes()) {
        if (volume.destroying()) {
          next = destroy(directories, ledger, next, new VolumeId(volume.id()));
        }
      }
      if (!next.equals(home)) {
        ledger.put(next);
      }
    }
  }

  /**
   * Takes back what an earlier server began to make and did not get to record: nothing was ever
   * launched on it, so it is empty. What is not empty is nobody's to take, and is left alone.
   */
  static void undoCreating(AgentDirectories directories, AgentLedger ledger) throws IOException {
    Set<String> recorded = new HashSet<>();
    for (ReservationRecord home : ledger.reservations().values()) {
      home.volumes().forEach(volume -> recorded.add(FileNames.of(volume.id())));
    }
    try (DirectoryStream<Path> volumes = Files.newDirectoryStream(directories.volumes())) {
      for (Path volume : volumes) {
        if (!recorded.contains(String.valueOf(volume.getFileName()))
            && !VolumeDirectory.deleteEmpty(volume)) {
          Log.LOGGER.warn("{} belongs to no volume that is known; it is left alone.", volume);
        }
      }
    }
  }

  /**
   * What became of an operation of which no feedback is on record any more: the ledger shows it,
   * since each operation changes it in one step.
   */
  static OperationUpdate.State outcome(AgentLedger ledger, OperationId operation) {
    String target = operation.target();
    return operation
        .kind()
        .map(
            kind -> {
              boolean done =
                  switch (kind) {
                    case RESERVE -> reservedBy(ledger, operation);
                    case CREATE -> createdBy(ledger, operation);
                    case DESTROY -> !isVolume(ledger, target);
                    case UNRESERVE -> !ledger.reservations().containsKey(new ReservationId(target));
                  };
              return done ? OperationUpdate.State.FINISHED : OperationUpdate.State.UNKNOWN;
            })
        .orElse(OperationUpdate.State.UNKNOWN);
  }

  private static boolean reservedBy(AgentLedger ledger, OperationId operation) {
    return ledger.reservations().values().stream()
        .anyMatch(home -> home.operation().equals(operation.value()));
  }

  private static boolean createdBy(AgentLedger ledger, OperationId operation) {
    return ledger.reservations().values().stream()
        .flatMap(home -> home.volumes().stream())
        .anyMatch(volume -> volume.operation().equals(operation.value()));
  }

  private static boolean isVolume(AgentLedger ledger, String target) {
    return ledger.reservations().values().stream()
        .flatMap(home -> home.volumes().stream())
        .anyMatch(volume -> volume.id().equals(target));
  }
}
