package io.homeport.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where SQLite's native library is unpacked. By default that is the common directory for temporary
 * files, where a copy would stay behind each time a server is killed; here the next start removes
 * it.
 */
final class NativeLibrary {
  private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);
  private static final String DIRECTORY_PROPERTY = "org.sqlite.tmpdir";

  private NativeLibrary() {}

  /** Chooses a directory beside the database, unless one was chosen before. */
  static synchronized void prepare(Path database) throws IOException {
    if (System.getProperty(DIRECTORY_PROPERTY) != null) {
      return;
    }
    Path directory = database.toAbsolutePath().resolveSibling("native");
    Files.createDirectories(directory);
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(directory, "sqlite-*")) {
      for (Path leftover : leftovers) {
        Files.deleteIfExists(leftover);
      }
    } catch (IOException e) {
      LOG.debug("Old files in {} could not be removed.", directory, e);
    }
    System.setProperty(DIRECTORY_PROPERTY, directory.toString());
  }
}
