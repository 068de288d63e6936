package io.homeport.benchmark.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** What the disk does when it is asked for nothing else. */
final class Disk {
  private static final int PAGE = 4_096;

  private Disk() {}

  /** Appends 4 KiB to a file and syncs it, so many times, and says how long each took. */
  static List<Long> syncs(Path directory, int times) throws IOException {
    List<Long> nanos = new ArrayList<>();
    try (FileChannel channel =
        FileChannel.open(
            directory.resolve("syncs"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (int time = 0; time < times; time++) {
        long begun = System.nanoTime();
        channel.write(ByteBuffer.allocate(PAGE));
        channel.force(false);
        nanos.add(System.nanoTime() - begun);
      }
    }
    return nanos;
  }

  /** How often in a second that can be done. */
  static double syncsPerSecond(Path directory, int times) throws IOException {
    long nanos = syncs(directory, times).stream().mapToLong(Long::longValue).sum();
    return times / (nanos / 1e9);
  }
}
