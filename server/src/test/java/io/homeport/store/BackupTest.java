package io.homeport.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeport.runtime.PrivateFile;
import io.homeport.runtime.Snapshot;
import io.homeport.runtime.Store;
import io.homeport.runtime.StoreException;
import io.homeport.state.Change;
import io.homeport.state.ClusterState;
import io.homeport.state.DurableState;
import io.homeport.state.Restoration;
import io.homeport.state.SafeMode;
import io.homeport.state.TransientState;
import io.homeport.store.RecordFormat.StoredRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Back-ups: what they hold, what is no back-up, and what becomes of a store that gets one. */
class BackupTest {
  private static final Instant TAKEN = Instant.parse("2026-03-04T05:06:07Z");
  private static final Instant NOW = Instant.parse("2026-05-06T07:08:09Z");

  @TempDir Path directory;

  private static DurableState random(long seed) {
    RandomChanges changes = new RandomChanges(new Random(seed));
    DurableState state = DurableState.EMPTY;
    for (int count = 0; count < 400; count++) {
      state = state.apply(changes.next(state));
    }
    return state;
  }

  private static DurableState named(String installation, String framework) {
    return DurableState.EMPTY
        .apply(new Change.InstallationNamed(installation))
        .apply(new Change.TermBegan("t1"))
        .apply(new Change.FrameworkRegistered(framework));
  }

  private Path written(DurableState state) throws IOException {
    Path file = directory.resolve("state.backup");
    Snapshot snapshot = new Snapshot(new ClusterState(state, TransientState.EMPTY), 42, TAKEN);
    PrivateFile.write(file, out -> Backup.write(snapshot, "1.2.3", out));
    return file;
  }

  private static void assertRefused(Path file, String... parts) {
    assertThatThrownBy(() -> Backup.read(file))
        .isInstanceOf(StoreException.class)
        .hasMessageContainingAll(parts)
        .hasMessageContaining("Nothing was changed");
  }

  @Test
  void whatIsReadIsWhatWasWrittenAndOnlyItsOwnerMayReadIt() throws Exception {
    for (long seed = 1; seed <= 5; seed++) {
      DurableState state = random(seed);
      Path file = written(state);
      Backup backup = Backup.read(file);
      assertThat(backup.state()).isEqualTo(state);
      assertThat(backup.header().sequence()).isEqualTo(42);
      assertThat(backup.takenAt()).isEqualTo(TAKEN);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    try (var files = Files.list(directory)) {
      assertThat(files).as("nothing temporary is left").hasSize(1);
    }
  }

  @Test
  void aFileThatCannotBeWrittenAsAWholeIsNotThere() {
    Path file = directory.resolve("half");
    assertThatThrownBy(
            () ->
                PrivateFile.write(
                    file,
                    out -> {
                      out.write(1);
                      throw new IOException("no");
                    }))
        .isInstanceOf(IOException.class);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void everyTruncationIsSeen() throws Exception {
    Path file = written(named("k3j9", "f"));
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length - 1; length++) {
      Files.write(file, java.util.Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Backup.read(file))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("Nothing was changed");
    }
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 80));
    assertRefused(file, "is truncated", "expected 3 records", "found its end at record 3");
  }

  @Test
  void everyChangeIsSeen() throws Exception {
    Path file = written(named("k3j9", "f"));
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length - 1; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= 1;
      Files.write(file, changed);
      assertThatThrownBy(() -> Backup.read(file))
          .as("byte %d", at)
          .isInstanceOf(StoreException.class);
    }
    Files.writeString(file, Files.readString(file) + "more\n");
    assertThatThrownBy(() -> Backup.read(file)).isInstanceOf(StoreException.class);
  }

  @Test
  void whatIsNoBackupOrTooNewIsRefusedWithWhatWasFound() throws Exception {
    Path file = written(named("k3j9", "f"));
    String text = Files.readString(file);
    Files.writeString(file, "SQLite format 3");
    assertRefused(file, "is not a back-up", "homeport-backup", "SQLite format 3");
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertRefused(file, "is not a back-up");
    Files.writeString(file, "");
    assertRefused(file, "is not a back-up", "found nothing");
    Files.writeString(file, text.replace("\"version\":1", "\"version\":2"));
    assertRefused(file, "newer version", "expected version 1 to 1", "found 2");
    Files.writeString(file, text.replace("\"recordFormat\":1", "\"recordFormat\":9"));
    assertRefused(file, "newer version", "expected recordFormat 1 to 1", "found 9");
    Files.delete(file);
    assertThatThrownBy(() -> Backup.read(file))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void recordsOfAnOlderFormatAreConverted() throws Exception {
    Path file = written(named("k3j9", "old"));
    RecordFormat next =
        new RecordFormat(
            List.of(
                records ->
                    records.stream()
                        .map(
                            it ->
                                new StoredRecord(
                                    it.kind(), it.key(), it.body().replace("old", "new")))
                        .toList()));
    assertThat(Backup.read(file, next).state().frameworkId()).isEqualTo("new");
  }

  @Test
  void aStoreHoldsWhatWasRestoredAndWhatItHeldIsKept() throws Exception {
    DurableState old = named("k3j9", "old");
    Backup backup = Backup.read(written(old));
    try (Store store = SqliteStore.open(directory.resolve("homeport.db"))) {
      DurableState present =
          GoldenSamples.all().values().stream()
              .reduce(named("k3j9", "present"), DurableState::apply, (one, other) -> other)
              .apply(new Change.InstallationNamed("k3j9"));
      store.commit(0, Restoration.changesTo(present));
      Restore done = Restore.into(store, backup, directory, "1.2.3", NOW);
      DurableState found = StoreContract.loaded(store);
      assertThat(found).isEqualTo(done.state());
      assertThat(found)
          .isEqualTo(
              old.apply(
                  new Change.SafeModeBegan(
                      new SafeMode(
                          NOW, "the state was restored from a back-up of 2026-03-04T05:06:07Z."))));
      Path kept = done.kept().orElseThrow();
      assertThat(Backup.read(kept).state()).isEqualTo(present);
      assertThat(kept).hasFileName("before-restore-20260506T070809Z.backup");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void theStateOfAnotherInstallationIsNotReplaced() throws Exception {
    Backup backup = Backup.read(written(named("k3j9", "f")));
    try (Store store = SqliteStore.open(directory.resolve("homeport.db"))) {
      store.commit(0, Restoration.changesTo(named("other", "f")));
      assertThatThrownBy(() -> Restore.into(store, backup, directory, "1.2.3", NOW))
          .isInstanceOf(StoreException.class)
          .hasMessageContainingAll("k3j9", "other", "Nothing was changed");
      assertThat(StoreContract.loaded(store)).isEqualTo(named("other", "f"));
    }
  }

  @Test
  void aStateThatContradictsItselfIsNotRestored() throws Exception {
    DurableState wrong = DurableState.EMPTY;
    for (Change.Stored change : GoldenSamples.all().values()) {
      wrong = wrong.apply(change);
    }
    Backup backup = Backup.read(written(wrong));
    try (Store store = SqliteStore.open(directory.resolve("homeport.db"))) {
      assertThatThrownBy(() -> Restore.into(store, backup, directory, "1.2.3", NOW))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("contradicts itself");
      assertThat(store.load(_ -> {})).isZero();
    }
  }
}
