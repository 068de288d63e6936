package io.homeport.local;

import io.homeport.runtime.TaskFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A log of a task: segments that are named by the offset of their first byte (logs.c). */
final class SegmentedLog {
  private static final int ATTEMPTS = 3;
  private final Path directory;
  private final String name;

  /**
   * A log.
   *
   * @param directory where its segments are; only supervisors write there
   * @param name {@code stdout} or {@code stderr}
   */
  SegmentedLog(Path directory, String name) {
    this.directory = directory;
    this.name = name;
  }

  private NavigableMap<Long, Path> segments() throws IOException {
    NavigableMap<Long, Path> segments = new TreeMap<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, name + ".*")) {
      for (Path segment : stream) {
        String file = String.valueOf(segment.getFileName());
        segments.put(Long.parseLong(file.substring(name.length() + 1)), segment);
      }
    } catch (NoSuchFileException e) {
      return segments; // nothing has been written yet
    }
    return segments;
  }

  private static long size(NavigableMap<Long, Path> segments) throws IOException {
    Map.Entry<Long, Path> last = segments.lastEntry();
    return last == null ? 0 : last.getKey() + Files.size(last.getValue());
  }

  /** Bytes ever written. */
  long size() throws IOException {
    return size(segments());
  }

  /**
   * Reads what is still there.
   *
   * @param offset the first byte wanted; negative counts from the end
   * @param length how many bytes at most
   */
  TaskFiles.Chunk read(long offset, int length) throws IOException {
    NoSuchFileException last = new NoSuchFileException(name);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        return readOnce(offset, length);
      } catch (NoSuchFileException e) {
        last = e; // the oldest segment was just rotated away
      }
    }
    throw last;
  }

  private TaskFiles.Chunk readOnce(long offset, int length) throws IOException {
    NavigableMap<Long, Path> segments = segments();
    long size = size(segments);
    if (segments.isEmpty()) {
      return new TaskFiles.Chunk(0, new byte[0], 0);
    }
    long wanted = offset < 0 ? size + offset : offset;
    long begin = Math.min(Math.max(wanted, segments.firstKey()), size);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Long start = segments.floorKey(begin);
    while (start != null && bytes.size() < length) {
      Path segment = segments.get(start);
      if (segment != null) {
        bytes.writeBytes(part(segment, begin + bytes.size() - start, length - bytes.size()));
      }
      start = segments.higherKey(start);
    }
    return new TaskFiles.Chunk(begin, bytes.toByteArray(), size);
  }

  private static byte[] part(Path file, long offset, int length) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      return part(channel, offset, length);
    }
  }

  /** Up to so many bytes of a file, from an offset on. */
  static byte[] part(SeekableByteChannel channel, long offset, int length) throws IOException {
    long there = Math.max(0, channel.size() - offset);
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(there, length));
    channel.position(offset);
    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
      // reads on
    }
    byte[] bytes = new byte[buffer.position()];
    buffer.flip().get(bytes);
    return bytes;
  }
}
