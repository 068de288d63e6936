package io.homeport.api.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Secrets that let callers in, each with the name of who has it. The file has a line for each, with
 * blanks between: {@code basic NAME PASSWORD} or {@code bearer NAME TOKEN}; empty lines and lines
 * that start with {@code #} mean nothing. Only its owner may read it.
 *
 * @param passwords passwords by name
 * @param tokens names by token
 */
record Credentials(Map<String, String> passwords, Map<String, String> tokens) {
  private static final int SHORTEST = 8;

  /** The name of whoever has the token of the token file. */
  static final String TOKEN_HOLDER = "token";

  /** Nobody. */
  static Credentials none() {
    return new Credentials(Map.of(), Map.of());
  }

  /** The same and the holder of a token. */
  Credentials withToken(String token) {
    Map<String, String> more = new TreeMap<>(tokens);
    more.put(token, TOKEN_HOLDER);
    return new Credentials(passwords, more);
  }

  /**
   * Reads a file.
   *
   * @param file the file
   * @throws AccessException when it cannot be read, others may read it, or a line is not
   *     understood; secrets are not repeated
   */
  static Credentials read(Path file) throws AccessException {
    List<String> lines;
    try {
      TokenFile.checkPrivate(file);
      lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new AccessException(
          "The credentials file " + file + " cannot be read: " + failed, failed);
    }
    Map<String, String> passwords = new TreeMap<>();
    Map<String, String> tokens = new TreeMap<>();
    List<String> problems = new ArrayList<>();
    for (int number = 1; number <= lines.size(); number++) {
      String line = lines.get(number - 1).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        String problem = take(line.split("\\s+", 3), passwords, tokens);
        if (!problem.isEmpty()) {
          problems.add("line " + number + ": " + problem);
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new AccessException(
          "The credentials file " + file + " is not understood: " + String.join("; ", problems));
    }
    return new Credentials(passwords, tokens);
  }

  private static String take(
      String[] words, Map<String, String> passwords, Map<String, String> tokens) {
    if (words.length < 3 || !(words[0].equals("basic") || words[0].equals("bearer"))) {
      return "expected 'basic NAME PASSWORD' or 'bearer NAME TOKEN'";
    }
    if (words[2].length() < SHORTEST) {
      return "the secret of " + words[1] + " has less than " + SHORTEST + " characters";
    }
    boolean known =
        words[0].equals("basic")
            ? passwords.putIfAbsent(words[1], words[2]) != null
            : tokens.putIfAbsent(words[2], words[1]) != null;
    return known ? words[1] + " or its secret is there already" : "";
  }

  /**
   * Whose password it is.
   *
   * @param name who says to be calling
   * @param password what was given
   */
  Optional<String> byPassword(String name, String password) {
    String known = passwords.get(name);
    return known != null && same(known, password) ? Optional.of(name) : Optional.empty();
  }

  /**
   * Whose token it is. Every token is looked at, so that the time it takes tells nothing.
   *
   * @param token what was given
   */
  Optional<String> byToken(String token) {
    Optional<String> found = Optional.empty();
    for (Map.Entry<String, String> entry : tokens.entrySet()) {
      if (same(entry.getKey(), token)) {
        found = Optional.of(entry.getValue());
      }
    }
    return found;
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
