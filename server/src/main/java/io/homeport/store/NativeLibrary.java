package io.homeport.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Where SQLite's native library is unpacked: once for each version, beside the database. By default
 * it would be unpacked at each start into the common directory for temporary files, where a copy
 * would stay behind each time a server is killed.
 */
final class NativeLibrary {
  private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);
  private static final String DIRECTORY_PROPERTY = "org.sqlite.lib.path";

  private NativeLibrary() {}

  /**
   * Unpacks it where that is needed, and says where it is. Where that fails, as on a full disk, the
   * library's own way remains.
   */
  static synchronized void prepare(Path database) {
    if (System.getProperty(DIRECTORY_PROPERTY) != null) {
      return;
    }
    Path directory =
        database.toAbsolutePath().resolveSibling("native").resolve(SQLiteJDBCLoader.getVersion());
    String name = LibraryLoaderUtil.getNativeLibName();
    try {
      if (Files.exists(directory.resolve(name)) || unpacked(directory, name)) {
        System.setProperty(DIRECTORY_PROPERTY, directory.toString());
      }
    } catch (IOException e) {
      LOG.debug("The native library could not be unpacked into {}.", directory, e);
    }
  }

  private static boolean unpacked(Path directory, String name) throws IOException {
    String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
    try (@Nullable InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      if (in == null) {
        return false;
      }
      Files.createDirectories(directory);
      Path unfinished = directory.resolve(name + ".tmp");
      Files.copy(in, unfinished, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(unfinished, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      return true;
    }
  }
}
