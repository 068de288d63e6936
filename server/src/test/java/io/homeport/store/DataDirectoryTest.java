package io.homeport.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeport.runtime.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {
  @TempDir private Path directory;

  @Test
  void itIsMadeForItsOwnerAlone() throws Exception {
    Path path = directory.resolve("a/b");
    try (DataDirectory data = DataDirectory.open(path)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.path())))
          .isEqualTo("rwx------");
      assertThat(data.database()).isEqualTo(path.toRealPath().resolve("homeport.db"));
    }
  }

  @Test
  void itIsLockedAgainstTheSameProcessToo() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("link"), directory);
    try (DataDirectory data = DataDirectory.open(directory)) {
      assertThatThrownBy(() -> DataDirectory.open(link))
          .isInstanceOf(StoreException.class)
          .hasMessageContainingAll(data.path().toString(), "in use by this process");
    }
    DataDirectory.open(link).close();
    DataDirectory.open(directory).close();
  }

  @Test
  void whatIsNoDirectoryIsRefused() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    assertThatThrownBy(() -> DataDirectory.open(file))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is a file");
    assertThatThrownBy(() -> DataDirectory.open(file.resolve("below")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("cannot be used");
  }

  @Test
  void nobodyHoldsWhatWasNeverUsed() {
    assertThat(DataDirectory.holder(directory)).isEmpty();
  }
}
