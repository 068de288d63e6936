package io.homeport.mesos;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * Masters named one by one; the first that answers leads or says who does.
 *
 * @param candidates their addresses
 */
record ListedMasters(List<URI> candidates) implements MasterDiscovery {
  private static final int DEFAULT_PORT = 5050;

  /**
   * Reads {@code http(s)://host:port[,...]} or {@code host:port[,...]}.
   *
   * @param text the addresses
   * @param usual the scheme of those that name none
   */
  static ListedMasters of(String text, String usual) {
    List<URI> masters = new ArrayList<>();
    String scheme = text.contains("://") ? text.substring(0, text.indexOf("://")) : usual;
    for (String part : text.split(",")) {
      String address = part.strip().replaceFirst("^https?://", "").replaceFirst("/+$", "");
      masters.add(uri(scheme, address, text));
    }
    return new ListedMasters(List.copyOf(masters));
  }

  private static URI uri(String scheme, String address, String text) {
    try {
      URI uri = URI.create(scheme + "://" + address);
      if (uri.getHost() != null && uri.getPath().isEmpty()) {
        return uri.getPort() >= 0
            ? uri
            : URI.create(scheme + "://" + uri.getHost() + ":" + DEFAULT_PORT);
      }
    } catch (IllegalArgumentException e) {
      Log.LOGGER.debug("not an address: {}", address, e);
    }
    throw new IllegalArgumentException(
        "must be zk://host:port[,...]/path, http(s)://host:port[,...] or host:port, and is "
            + text);
  }

  @Override
  public void close() {
    // nothing is held
  }
}
