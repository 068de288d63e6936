package io.homeport.local;

import io.homeport.runtime.TaskFiles;
import io.homeport.runtime.UsageSeries;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of each volume is used: the sizes of its files, added up again and again in the
 * background. It rests ten times as long as it works, so that it never takes more than a tenth of
 * one core.
 */
final class VolumeUsage {
  private static final Duration PASS_PAUSE = Duration.ofSeconds(10);
  private static final int REST = 10;
  private final List<AgentDirectories> agents;
  private final Map<Path, TaskFiles.Usage> measured = new ConcurrentHashMap<>();
  private final Map<Path, UsageSeries> series = new ConcurrentHashMap<>();

  VolumeUsage(List<AgentDirectories> agents) {
    this.agents = agents;
  }

  /** What was measured last of the data of a volume. */
  Optional<TaskFiles.Usage> of(Path data) {
    return Optional.ofNullable(measured.get(data));
  }

  /** Measures until it is interrupted. */
  void run() {
    try {
      while (true) {
        for (AgentDirectories agent : agents) {
          pass(agent);
        }
        measured.keySet().removeIf(Files::notExists);
        series.keySet().retainAll(measured.keySet());
        Thread.sleep(PASS_PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the engine closes
    }
  }

  private void pass(AgentDirectories agent) throws InterruptedException {
    try (DirectoryStream<Path> volumes = Files.newDirectoryStream(agent.volumes())) {
      for (Path volume : volumes) {
        long begin = System.nanoTime();
        measure(volume.resolve("data"));
        Thread.sleep(Duration.ofNanos((System.nanoTime() - begin) * REST));
      }
    } catch (IOException e) {
      Log.LOGGER.warn("the volumes of {} cannot be measured", agent.root(), e);
    }
  }

  /** Measures the data of one volume now. */
  void measure(Path data) throws IOException {
    if (Files.isDirectory(data)) {
      AtomicLong bytes = new AtomicLong();
      Files.walkFileTree(data, new Adder(bytes));
      UsageSeries known = series.computeIfAbsent(data, _ -> new UsageSeries());
      synchronized (known) {
        measured.put(data, known.add(bytes.get(), Instant.now()));
      }
    }
  }

  /** Adds up file sizes; what vanishes meanwhile counts nothing. */
  private static final class Adder extends SimpleFileVisitor<Path> {
    private final AtomicLong bytes;

    Adder(AtomicLong bytes) {
      this.bytes = bytes;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      bytes.addAndGet(attributes.isRegularFile() ? attributes.size() : 0);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException why) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(
        Path directory, @org.jspecify.annotations.Nullable IOException why) {
      return FileVisitResult.CONTINUE;
    }
  }
}
