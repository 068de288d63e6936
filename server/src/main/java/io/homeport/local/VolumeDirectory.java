package io.homeport.local;

import io.homeport.model.VolumeId;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/**
 * The directories of volumes. One is made by its CREATE and goes by its DESTROY, and nothing else
 * makes or removes one: a volume whose directory is missing is an error to be seen, never an empty
 * new one.
 */
final class VolumeDirectory {
  private VolumeDirectory() {}

  /**
   * Makes an empty volume.
   *
   * @throws IOException when there is data under its id already, or no room
   */
  static void create(AgentDirectories agent, VolumeId volume) throws IOException {
    Path data = agent.data(volume);
    if (Files.exists(data, LinkOption.NOFOLLOW_LINKS) && !isEmpty(data)) {
      throw new IOException(
          "persistence id '" + volume + "' is not unique: there is data at " + data);
    }
    DurableFiles.makeDirectory(agent.volume(volume), "rwx--x--x");
    DurableFiles.makeDirectory(data, "rwxr-xr-x");
  }

  /**
   * Deletes a volume's directory if there is nothing in it but an empty directory of data.
   *
   * @return whether it is gone
   */
  static boolean deleteEmpty(Path volume) throws IOException {
    try {
      Files.deleteIfExists(volume.resolve(AgentDirectories.DATA));
      Files.delete(volume);
      return true;
    } catch (DirectoryNotEmptyException kept) {
      return false;
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      return !stream.iterator().hasNext();
    }
  }

  /**
   * Gives a volume to the user that writes to it. What is in it keeps its owners: a task that wants
   * another user over old files has to see to that itself.
   *
   * @throws NoSuchFileException when the volume's directory is not there
   */
  static void handTo(Path data, TaskUser user) throws IOException {
    if (!Files.isDirectory(data, LinkOption.NOFOLLOW_LINKS)) {
      throw new NoSuchFileException(data.toString(), null, "the volume's directory is missing");
    }
    chown(data, user);
  }

  /** Changes the owner of one file or directory; never follows a link. */
  static void chown(Path path, TaskUser user) throws IOException {
    Object uid = Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    if (!uid.equals(user.uid())) {
      Files.setAttribute(path, "unix:uid", user.uid(), LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(path, "unix:gid", user.gid(), LinkOption.NOFOLLOW_LINKS);
    }
  }

  /**
   * Takes a volume away: first out of sight, in one step, then its bytes go in the background.
   *
   * @throws IOException when it cannot be moved; it is there as before
   */
  static void destroy(AgentDirectories agent, VolumeId volume) throws IOException {
    discard(agent, agent.volume(volume));
  }

  /** Moves a directory into the trash, in one durable step. */
  static void discard(AgentDirectories agent, Path directory) throws IOException {
    if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      DurableFiles.rename(directory, agent.trash().resolve(UUID.randomUUID().toString()));
    }
  }

  /** Deletes what is in the trash. It never follows a link, and can be cut short at any moment. */
  static void emptyTrash(AgentDirectories agent) {
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(agent.trash())) {
      for (Path entry : stream) {
        if (stream instanceof SecureDirectoryStream<Path> secure) {
          delete(secure, entry.getFileName());
        }
      }
    } catch (IOException e) {
      Log.LOGGER.warn("the trash of {} could not be emptied", agent.root(), e);
    }
  }

  private static void delete(SecureDirectoryStream<Path> parent, Path name) throws IOException {
    boolean directory =
        parent
            .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
            .readAttributes()
            .isDirectory();
    if (!directory) {
      parent.deleteFile(name);
      return;
    }
    open(parent, name);
    try (SecureDirectoryStream<Path> inside =
        parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
      for (Path entry : inside) {
        delete(inside, entry.getFileName());
      }
    }
    parent.deleteDirectory(name);
  }

  /** A directory that its owner closed to itself can only be deleted once it is opened again. */
  private static void open(SecureDirectoryStream<Path> parent, Path name) throws IOException {
    java.nio.file.attribute.PosixFileAttributeView view =
        parent.getFileAttributeView(
            name, java.nio.file.attribute.PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (!view.readAttributes()
        .permissions()
        .containsAll(PosixFilePermissions.fromString("rwx------"))) {
      view.setPermissions(PosixFilePermissions.fromString("rwx------"));
    }
  }
}
