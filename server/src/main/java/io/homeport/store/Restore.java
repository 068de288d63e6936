package io.homeport.store;

import io.homeport.runtime.PrivateFile;
import io.homeport.runtime.Recovery;
import io.homeport.runtime.Snapshot;
import io.homeport.runtime.Store;
import io.homeport.runtime.StoreException;
import io.homeport.state.ClusterState;
import io.homeport.state.DurableState;
import io.homeport.state.Restoration;
import io.homeport.state.SafeMode;
import io.homeport.state.StateChecker;
import io.homeport.state.TransientState;
import io.homeport.state.Violation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Puts a back-up in the place of what a store holds. What it held before is kept beside, as a
 * back-up of its own.
 *
 * @param state what the store holds from now on
 * @param kept where the state that it held before is kept; absent when it held nothing
 */
public record Restore(DurableState state, Optional<Path> kept) {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /**
   * Restores.
   *
   * @param store the store, which nobody else uses
   * @param backup what is put back
   * @param directory where the state before is kept
   * @param homeport this version of Homeport
   * @param now the time
   * @throws StoreException when it cannot be; then the store holds what it held before, or (several
   *     commits being needed) refuses to be used until it is restored again
   */
  public static Restore into(
      Store store, Backup backup, Path directory, String homeport, Instant now)
      throws StoreException {
    check(backup);
    Snapshot before = Recovery.from(store, now).snapshot();
    Optional<Path> kept = keep(before, backup, directory, homeport, now);
    Instant taken = backup.takenAt().truncatedTo(ChronoUnit.SECONDS);
    SafeMode mode = new SafeMode(now, "the state was restored from a back-up of " + taken + ".");
    store.replace(
        before.sequence(), Restoration.changes(before.state().durable(), backup.state(), mode));
    return new Restore(Recovery.from(store, now).snapshot().state().durable(), kept);
  }

  private static void check(Backup backup) throws StoreException {
    List<Violation> violations = StateChecker.check(backup.state());
    if (!violations.isEmpty()) {
      throw new StoreException(
          "The back-up contradicts itself, and a server could not go on from it. Nothing was"
              + " changed. "
              + String.join(" ", violations.stream().map(Violation::sentence).toList()));
    }
  }

  private static Optional<Path> keep(
      Snapshot before, Backup backup, Path directory, String homeport, Instant now)
      throws StoreException {
    String installation = before.state().durable().installation();
    if (before.sequence() == 0) {
      return Optional.empty();
    }
    if (!installation.isEmpty() && !installation.equals(backup.state().installation())) {
      throw new StoreException(
          "The back-up is of the installation "
              + backup.state().installation()
              + ", and here is the state of the installation "
              + installation
              + ", whose tasks and volumes would be nobody's. Nothing was changed. Restore into an"
              + " empty place, or move this state away first.");
    }
    Path file = directory.resolve("before-restore-" + STAMP.format(now) + ".backup");
    ClusterState state = new ClusterState(before.state().durable(), TransientState.EMPTY);
    Snapshot snapshot = new Snapshot(state, before.sequence(), now);
    try {
      PrivateFile.write(file, out -> Backup.write(snapshot, homeport, out));
      return Optional.of(file);
    } catch (IOException e) {
      throw new StoreException(
          "The present state could not be kept in " + file + ": " + e + ". Nothing was changed.",
          e);
    }
  }
}
