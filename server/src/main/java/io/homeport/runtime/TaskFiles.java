package io.homeport.runtime;

import io.homeport.model.AgentId;
import io.homeport.model.TaskId;
import io.homeport.model.TaskState;
import io.homeport.model.VolumeId;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reading the files of sandboxes and volumes, also after their tasks ended. Only regular files are
 * read, and no path leads out of the place it starts from.
 */
public interface TaskFiles {
  /** Where a path starts. */
  sealed interface Place {
    /**
     * The sandbox of a task; its logs are the files {@code stdout} and {@code stderr}.
     *
     * @param agent where it ran
     * @param task the task
     */
    record Sandbox(AgentId agent, TaskId task) implements Place {}

    /**
     * The data of a volume.
     *
     * @param agent where it lies
     * @param volume the volume
     */
    record VolumeData(AgentId agent, VolumeId volume) implements Place {}
  }

  /**
   * A file or directory.
   *
   * @param path relative to the place, with slashes
   * @param kind what it is
   * @param size in bytes, for files
   * @param modifiedAt when it was last changed
   * @param mode its permissions, as {@code rw-r--r--}
   * @param owner the name or number of its owner
   */
  record Entry(String path, Kind kind, long size, Instant modifiedAt, String mode, String owner) {}

  /** What an entry is. */
  enum Kind {
    /** A regular file, which can be read. */
    FILE,
    /** A directory, which can be listed. */
    DIRECTORY,
    /** Anything else: links, sockets, devices. It is shown and not followed. */
    OTHER
  }

  /**
   * Part of a file.
   *
   * @param offset where it starts, in bytes from the start of the file. For a log this counts from
   *     the first byte ever written: bytes that were rotated away are skipped, and the offset says
   *     so
   * @param bytes what is there; empty at the end
   * @param size the size of the whole (for a log: bytes ever written)
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared; copied nowhere for speed
  record Chunk(long offset, byte[] bytes, long size) {}

  /**
   * How much of a volume is used.
   *
   * @param bytes by its files
   * @param measuredAt when that was found out
   * @param bytesPerHour how fast that grows (negative: shrinks); absent until it was measured for
   *     some minutes
   */
  record Usage(long bytes, Instant measuredAt, OptionalLong bytesPerHour) {}

  /**
   * A task that has or had a volume.
   *
   * @param task the task
   * @param from when it was launched
   * @param to when it ended; absent while it runs
   * @param state what it is, or how it ended
   */
  record Use(TaskId task, Instant from, Optional<Instant> to, TaskState state) {}

  /**
   * What a directory holds, sorted by name.
   *
   * @param place where to start
   * @param path relative to it; empty for the place itself
   * @throws NoSuchFileException when there is no such place or directory
   * @throws IOException when it cannot be read
   */
  List<Entry> list(Place place, String path) throws IOException;

  /**
   * Reads part of a regular file.
   *
   * @param place where to start
   * @param path relative to it
   * @param offset the first byte; negative counts from the end
   * @param length how many bytes at most
   * @throws NoSuchFileException when there is no such place or regular file
   * @throws IOException when it cannot be read
   */
  Chunk read(Place place, String path, long offset, int length) throws IOException;

  /**
   * How much of a volume is used, as last measured.
   *
   * @param place the volume
   */
  Optional<Usage> usage(Place.VolumeData place);

  /**
   * The tasks that have or had a volume, the last one first, as far back as its agent remembers.
   *
   * @param place the volume
   * @throws NoSuchFileException when the agent is not there
   * @throws IOException when it cannot be found out
   */
  List<Use> uses(Place.VolumeData place) throws IOException;

  /**
   * When a task ran and how it ended, also one before the last of its instance.
   *
   * @param place its sandbox
   * @return absent when the engine does not know it without asking others
   */
  Optional<Use> use(Place.Sandbox place);

  /**
   * Where a place is on its agent, for people: an absolute path.
   *
   * @param place the place
   */
  Optional<String> location(Place place);
}
