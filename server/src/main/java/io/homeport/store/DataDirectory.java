package io.homeport.store;

import io.homeport.runtime.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The directory that holds all that a server keeps. It belongs to one server at a time: a lock on
 * {@code homeport.lock} is held as long as the process lives, however it ends, and the file names
 * the holder. Only its owner may enter it, because environments may hold secrets.
 */
public final class DataDirectory implements AutoCloseable {
  private static final String LOCK_FILE = "homeport.lock";
  private static final String DATABASE = "homeport.db";

  // The operating system lets go of a process's locks on a file as soon as the process closes any
  // of its handles to it, so a second attempt within this process must not even open the file.
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel lockFile;

  private DataDirectory(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /**
   * Makes the directory if there is none, and locks it.
   *
   * @param wanted where it is
   * @throws StoreException when it cannot be used, or another server uses it; the message names
   *     that server's process
   */
  public static DataDirectory open(Path wanted) throws StoreException {
    Path path = created(wanted);
    if (!HELD_HERE.add(path)) {
      throw inUse(path, "this process");
    }
    try {
      return new DataDirectory(path, locked(path));
    } catch (IOException e) {
      HELD_HERE.remove(path);
      throw unusable(path, e);
    } catch (StoreException | RuntimeException e) {
      HELD_HERE.remove(path);
      throw e;
    }
  }

  private static Path created(Path wanted) throws StoreException {
    try {
      if (!Files.isDirectory(wanted)) {
        Files.createDirectories(
            wanted,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      return wanted.toRealPath();
    } catch (FileAlreadyExistsException e) {
      throw new StoreException(
          "The data directory " + wanted + " is a file. Give the path of a directory.", e);
    } catch (IOException e) {
      throw unusable(wanted, e);
    }
  }

  private static FileChannel locked(Path path) throws IOException, StoreException {
    FileChannel channel =
        FileChannel.open(
            path.resolve(LOCK_FILE),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        String holder = holder(path).map(pid -> "process " + pid).orElse("another process");
        throw inUse(path, holder);
      }
      byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(pid), 0);
      return channel;
    } catch (IOException | StoreException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static StoreException inUse(Path path, String holder) {
    return new StoreException(
        "The data directory "
            + path
            + " is in use by "
            + holder
            + ", and only one server may use it at a time. End that one first, or give this one a"
            + " data directory of its own.");
  }

  private static StoreException unusable(Path path, IOException e) {
    return new StoreException(
        "The data directory "
            + path
            + " cannot be used ("
            + e
            + "). It must be a directory that the server's user may write to.",
        e);
  }

  /**
   * The process that a data directory names as its holder; it may have ended since.
   *
   * @param path the data directory
   * @return empty when no server ever used it, or the file cannot be read
   */
  public static Optional<Long> holder(Path path) {
    try {
      String text = Files.readString(path.resolve(LOCK_FILE), StandardCharsets.US_ASCII).strip();
      return text.matches("\\d{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Where it is: an absolute path without links. */
  public Path path() {
    return path;
  }

  /** Where the store's database is. */
  public Path database() {
    return path.resolve(DATABASE);
  }

  /** Lets another server use it. */
  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } finally {
      HELD_HERE.remove(path);
    }
  }
}
