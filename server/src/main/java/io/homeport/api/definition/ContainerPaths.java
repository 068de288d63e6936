package io.homeport.api.definition;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Where tasks see their volumes. A plain process sees each under one name in its sandbox, as in
 * Marathon; in a container with an image an absolute path is possible too.
 */
final class ContainerPaths {
  /** The longest name a file can have, in bytes. */
  private static final int LONGEST_NAME = 255;

  /** The longest path that systems accept, in bytes. */
  private static final int LONGEST_PATH = 1024;

  /** The files of a sandbox that the engine itself writes. */
  private static final List<String> TAKEN = List.of("stdout", "stderr");

  private ContainerPaths() {}

  /**
   * What is wrong with a path.
   *
   * @param path a container path of at least one character
   * @param image whether the container has an image
   */
  static Optional<String> problem(String path, boolean image) {
    if (path.chars().anyMatch(Character::isISOControl)) {
      return Optional.of("must not contain control characters, found " + Found.quoted(path));
    }
    if (path.equals(".") || path.equals("..")) {
      return Optional.of("can not be one of (.,..)");
    }
    int bytes = path.getBytes(StandardCharsets.UTF_8).length;
    int most = path.startsWith("/") ? LONGEST_PATH : LONGEST_NAME;
    if (bytes > most) {
      return Optional.of("has " + bytes + " bytes, expected " + most + " or fewer");
    }
    if (TAKEN.contains(path)) {
      return Optional.of("stdout and stderr are the logs of the task");
    }
    if (!path.contains("/")) {
      return Optional.empty();
    }
    if (!image) {
      return Optional.of(
          "value must not contain \"/\": without an image a task sees its volumes in its sandbox,"
              + " each under a single name");
    }
    return isAbsolute(path)
        ? Optional.empty()
        : Optional.of(
            "expected a single name or an absolute path without empty parts, \".\" and \"..\","
                + " found "
                + Found.quoted(path));
  }

  /**
   * Whether a path is absolute and names one place in one way only.
   *
   * @param path any text
   */
  static boolean isAbsolute(String path) {
    return path.startsWith("/")
        && List.of(path.substring(1).split("/", -1)).stream()
            .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
  }
}
