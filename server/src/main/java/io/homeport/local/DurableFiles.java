package io.homeport.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and directories that survive a crash of the machine once these methods return. */
final class DurableFiles {
  private static final String UNFINISHED = ".new";

  private DurableFiles() {}

  private static Path unfinished(Path directory, Object name) {
    return directory.resolve("." + name + UNFINISHED);
  }

  /** Removes what a {@link #write} in a directory left that was cut short. */
  static void removeUnfinished(Path directory) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, ".*" + UNFINISHED)) {
      for (Path file : left) {
        Files.delete(file);
      }
    }
  }

  /** Replaces a file as a whole: after a crash it holds the old bytes or the new ones. */
  static void write(Path file, byte[] bytes, String permissions) throws IOException {
    Path directory = parent(file);
    Path next = unfinished(directory, file.getFileName());
    Files.deleteIfExists(next);
    Set<PosixFilePermission> mode = PosixFilePermissions.fromString(permissions);
    FileAttribute<?> attribute = PosixFilePermissions.asFileAttribute(mode);
    try (FileChannel channel =
        FileChannel.open(
            next, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attribute)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    sync(directory);
  }

  /** Makes a directory and those above it, and their names durable. */
  static void makeDirectory(Path directory, String permissions) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path above = parent(directory);
    makeDirectory(above, permissions);
    Files.createDirectory(directory);
    // Set afterwards, since the process's umask would take away what is asked for at creation.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(permissions));
    sync(above);
  }

  /** Renames within one file system, durably. */
  static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    sync(parent(from));
    sync(parent(to));
  }

  /** Removes a file, durably. */
  static void delete(Path file) throws IOException {
    if (Files.deleteIfExists(file)) {
      sync(parent(file));
    }
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IllegalArgumentException("not an absolute path: " + path);
    }
    return parent;
  }

  /** Makes the names in a directory durable. */
  static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
