package io.homeport.runtime;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A file that only its owner may read, and that is there as a whole or not at all. */
public final class PrivateFile {
  private PrivateFile() {}

  /** Writes the content. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes all of it.
     *
     * @param out where to; not closed by this
     * @throws IOException when it cannot be made or written
     */
    void write(OutputStream out) throws IOException;
  }

  /**
   * Writes a file under a temporary name beside it, with mode 0600, and renames it once it is
   * complete and on disk. A file of that name is replaced. When it fails, nothing is left behind.
   *
   * @param file where
   * @param content what
   * @throws IOException when it cannot be written
   */
  public static void write(Path file, Content content) throws IOException {
    Path target = file.toAbsolutePath();
    Path directory = target.getParent();
    if (directory == null) {
      throw new IOException(file + " is a directory");
    }
    Path unfinished = directory.resolve("." + target.getFileName() + ".unfinished");
    Files.deleteIfExists(unfinished);
    try {
      try (FileChannel channel =
              FileChannel.open(
                  unfinished,
                  Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                  PosixFilePermissions.asFileAttribute(
                      PosixFilePermissions.fromString("rw-------")));
          OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
        content.write(out);
        out.flush();
        channel.force(true);
      }
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
