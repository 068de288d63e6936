package io.homeport;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where other servers and clients reach this one. */
final class Advertised {
  private static final Pattern SHAPE =
      Pattern.compile("(\\[[0-9a-fA-F:.%]+\\]|[A-Za-z0-9._-]+)(?::(\\d{1,5}))?");

  private Advertised() {}

  /** Whether it is a host, perhaps with a port. */
  static boolean isValid(String address) {
    return SHAPE.matcher(address).matches();
  }

  /** The host of an address that {@link #isValid}. */
  static String host(String address) {
    Matcher shape = SHAPE.matcher(address);
    return shape.matches() ? shape.group(1) : address;
  }

  /**
   * The whole address.
   *
   * @param given what the operator said, if anything
   * @param http where the server listens
   * @param port the port it listens on
   */
  static URI uri(Optional<String> given, ServerConfig.Http http, int port) {
    String scheme = http.tls().isPresent() ? "https://" : "http://";
    String address = given.orElseGet(() -> listened(http.address()));
    boolean hasPort =
        given.map(SHAPE::matcher).filter(Matcher::matches).map(m -> m.group(2)).isPresent();
    return URI.create(scheme + address + (hasPort ? "" : ":" + port));
  }

  private static String listened(String address) {
    try {
      InetAddress found = InetAddress.getByName(address);
      if (found.isAnyLocalAddress()) {
        return InetAddress.getLocalHost().getCanonicalHostName();
      }
    } catch (UnknownHostException e) {
      return address;
    }
    return address.contains(":") ? "[" + address + "]" : address;
  }
}
