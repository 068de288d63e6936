package io.homeport.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A user of this machine, in numbers.
 *
 * @param name the user's name
 * @param uid the user
 * @param gid the user's own group
 * @param groups all groups the user is in
 */
record TaskUser(String name, int uid, int gid, List<Integer> groups) {
  private static final Pattern SANE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._@-]*\\$?");

  /** Who this server runs as. */
  static TaskUser own() throws IOException {
    return new TaskUser(id("-un"), number("-u"), number("-g"), numbers("-G"));
  }

  /**
   * Looks a user up the way the machine does (nsswitch), through {@code id}.
   *
   * @param name a user's name or number
   * @throws IOException when there is no such user
   */
  static TaskUser named(String name) throws IOException {
    if (!SANE.matcher(name).matches()) {
      throw new IOException("'" + name + "' is not a user's name");
    }
    try {
      return new TaskUser(name, number("-u", name), number("-g", name), numbers("-G", name));
    } catch (IOException e) {
      throw new IOException("there is no user '" + name + "' on this machine", e);
    }
  }

  /**
   * The first directory on the way to a path that this user may not enter.
   *
   * @param path an absolute path
   */
  Optional<Path> firstClosed(Path path) throws IOException {
    Path step = path.getRoot();
    for (Path name : path) {
      step = step.resolve(name);
      Map<String, Object> attributes = Files.readAttributes(step, "unix:uid,gid,mode");
      int mode = (Integer) Objects.requireNonNull(attributes.get("mode"));
      boolean owner = Objects.equals(attributes.get("uid"), uid);
      boolean member = groups.contains((Integer) attributes.get("gid"));
      int needed = owner ? 0100 : member ? 0010 : 0001;
      if (uid != 0 && (mode & needed) == 0) {
        return Optional.of(step);
      }
    }
    return Optional.empty();
  }

  private static int number(String... arguments) throws IOException {
    return Integer.parseInt(id(arguments));
  }

  private static List<Integer> numbers(String... arguments) throws IOException {
    return Arrays.stream(id(arguments).split(" ")).map(Integer::valueOf).toList();
  }

  private static String id(String... arguments) throws IOException {
    String[] command = new String[arguments.length + 1];
    command[0] = "id";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try {
      process.getOutputStream().close();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("id failed");
      }
      return output;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }
}
