package io.homeport.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeport.model.AgentId;
import io.homeport.model.VolumeId;
import io.homeport.runtime.TaskFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Browsing reads regular files and never leads out. */
class SandboxFilesTest {
  private static final VolumeId VOLUME = new VolumeId("db#data#t-1");

  @TempDir Path directory;
  private SandboxFiles files;
  private Path data;
  private final TaskFiles.Place place =
      new TaskFiles.Place.VolumeData(new AgentId("local-1"), VOLUME);

  @BeforeEach
  void fill() throws IOException {
    AgentDirectories agent = new AgentDirectories(directory.resolve("local-1"));
    data = Files.createDirectories(agent.data(VOLUME));
    files = new SandboxFiles(directory, new VolumeUsage(List.of(agent)));
    Files.writeString(directory.resolve("secret"), "secret");
    Files.createDirectories(data.resolve("sub/deep"));
    Files.writeString(data.resolve("sub/file"), "0123456789");
    Files.createSymbolicLink(data.resolve("link"), directory.resolve("secret"));
    Files.createSymbolicLink(data.resolve("out"), directory);
    Files.createSymbolicLink(data.resolve("inner"), Path.of("sub"));
  }

  @Test
  void listsAndReads() throws IOException {
    assertThat(files.list(place, ""))
        .extracting(TaskFiles.Entry::path, TaskFiles.Entry::kind)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("inner", TaskFiles.Kind.OTHER),
            org.assertj.core.groups.Tuple.tuple("link", TaskFiles.Kind.OTHER),
            org.assertj.core.groups.Tuple.tuple("out", TaskFiles.Kind.OTHER),
            org.assertj.core.groups.Tuple.tuple("sub", TaskFiles.Kind.DIRECTORY));
    assertThat(files.list(place, "sub/"))
        .extracting(TaskFiles.Entry::path)
        .containsExactly("sub/deep", "sub/file");
    TaskFiles.Chunk middle = files.read(place, "sub/file", 2, 3);
    assertThat(new String(middle.bytes(), UTF_8)).isEqualTo("234");
    assertThat(middle.size()).isEqualTo(10);
    assertThat(new String(files.read(place, "/sub/file", -2, 99).bytes(), UTF_8)).isEqualTo("89");
    assertThat(files.read(place, "sub/file", 99, 9).bytes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "link",
        "out/secret",
        "out",
        "inner/file",
        "../../../secret",
        "sub/../sub/file",
        "sub/../../../../secret",
        "/etc/passwd",
        "sub/deep",
        "sub/file/x",
        "",
        ".",
        "nul\0",
        "missing"
      })
  void nothingElseIsRead(String path) {
    assertThatThrownBy(() -> files.read(place, path, 0, 100))
        .isInstanceOf(NoSuchFileException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"out", "inner", "..", "sub/..", "sub/file", "link", "missing"})
  void nothingElseIsListed(String path) {
    assertThatThrownBy(() -> files.list(place, path)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void placesThatDoNotExistAreNotFound() {
    for (String agent : List.of("local-2", "..", "local-1/../..", "bin")) {
      var elsewhere = new TaskFiles.Place.VolumeData(new AgentId(agent), VOLUME);
      assertThatThrownBy(() -> files.list(elsewhere, "")).isInstanceOf(NoSuchFileException.class);
      assertThat(files.location(elsewhere)).isEmpty();
    }
  }

  /** A task that swaps a directory for a link while it is read cannot make us follow it. */
  @Test
  void aRaceIsLost() throws Exception {
    Path real = Files.createDirectories(data.resolve("real"));
    Files.writeString(real.resolve("secret"), "harmless");
    Thread swapper =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    while (!Thread.currentThread().isInterrupted()) {
                      Files.move(real, data.resolve("aside"));
                      Files.createSymbolicLink(real, directory);
                      Files.delete(real);
                      Files.move(data.resolve("aside"), real);
                    }
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                });
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500);
    while (System.nanoTime() - until < 0) {
      try {
        assertThat(new String(files.read(place, "real/secret", 0, 100).bytes(), UTF_8))
            .isEqualTo("harmless");
      } catch (NoSuchFileException e) {
        assertThat(e).isNotNull(); // it was away at that moment
      }
    }
    swapper.interrupt();
    swapper.join();
  }
}
