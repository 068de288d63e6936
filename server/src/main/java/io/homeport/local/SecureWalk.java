package io.homeport.local;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Walks down from a directory one name at a time, each opened relative to the one before and never
 * through a link: whatever a task does to its files meanwhile, no walk ends outside.
 */
final class SecureWalk implements AutoCloseable {
  private SecureDirectoryStream<Path> here;

  private SecureWalk(SecureDirectoryStream<Path> here) {
    this.here = here;
  }

  /** Begins at a directory, which is trusted. */
  @SuppressWarnings("StreamResourceLeak") // closed with the walk
  static SecureWalk from(Path directory) throws IOException {
    DirectoryStream<Path> stream = Files.newDirectoryStream(directory);
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return new SecureWalk(secure);
    }
    stream.close();
    throw new IOException("this file system cannot be read safely");
  }

  /** The names of a path given from outside. */
  static List<String> names(String path) throws NoSuchFileException {
    List<String> names = new ArrayList<>();
    for (String name : path.split("/", -1)) {
      if (name.equals("..") || name.indexOf('\0') >= 0) {
        throw new NoSuchFileException(path);
      }
      if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    return names;
  }

  /** Goes down. */
  SecureWalk enter(List<String> names) throws IOException {
    for (String name : names) {
      SecureDirectoryStream<Path> next;
      try {
        next = here.newDirectoryStream(Path.of(name), LinkOption.NOFOLLOW_LINKS);
      } catch (NotDirectoryException | NoSuchFileException e) {
        throw missing(name, e);
      } catch (java.nio.file.FileSystemException e) {
        throw missing(name, e); // a link, which is not followed
      }
      here.close();
      here = next;
    }
    return this;
  }

  private static NoSuchFileException missing(String name, IOException cause) {
    NoSuchFileException missing = new NoSuchFileException(name);
    missing.initCause(cause);
    return missing;
  }

  /** What is here. */
  SecureDirectoryStream<Path> here() {
    return here;
  }

  /** Opens a regular file that is here. */
  SeekableByteChannel open(String name) throws IOException {
    Path path = Path.of(name);
    BasicFileAttributeView view =
        here.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (!view.readAttributes().isRegularFile()) {
      throw new NoSuchFileException(name, null, "not a regular file");
    }
    try {
      return here.newByteChannel(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    } catch (java.nio.file.FileSystemException e) {
      throw missing(name, e);
    }
  }

  @Override
  public void close() throws IOException {
    here.close();
  }
}
