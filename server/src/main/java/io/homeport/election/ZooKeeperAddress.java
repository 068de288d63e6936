package io.homeport.election;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an installation is in ZooKeeper: {@code zk://[user:password@]h1:2181,h2:2181/homeport}.
 *
 * @param servers {@code h1:2181,h2:2181}
 * @param path the node below which everything is, without a slash at its end
 * @param secret {@code user:password}, where the installation's nodes are for those alone who know
 *     it
 */
public record ZooKeeperAddress(String servers, String path, Optional<String> secret) {
  private static final Pattern SHAPE =
      Pattern.compile("zk://(?:([^@/]+:[^@/]+)@)?([^/@\\s]+)((?:/[^/\\s]+)+)/?");

  /**
   * Reads an address.
   *
   * @param text what was given
   * @throws IllegalArgumentException when it has another shape; secrets are not repeated
   */
  public static ZooKeeperAddress of(String text) {
    Matcher shape = SHAPE.matcher(text);
    if (!shape.matches()) {
      throw new IllegalArgumentException(
          "must look like zk://h1:2181,h2:2181,h3:2181/homeport, and is " + withoutSecret(text));
    }
    return new ZooKeeperAddress(
        shape.group(2), shape.group(3), Optional.ofNullable(shape.group(1)));
  }

  private static String withoutSecret(String text) {
    return text.replaceFirst("//.*@", "//...@");
  }

  /** The address for people: without the secret. */
  @Override
  public String toString() {
    return "zk://" + (secret.isPresent() ? "...@" : "") + servers + path;
  }
}
