package io.homeport.api.access;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps pages of other sites from using a browser on this machine against the server: by names that
 * are led to this machine (DNS rebinding), and by requests that change something (CSRF).
 */
final class SiteCheck {
  private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS");

  private final boolean checkHost;
  private final Set<String> hosts = new HashSet<>(List.of("localhost", "127.0.0.1", "[::1]"));

  /**
   * A check.
   *
   * @param checkHost whether the names by which the server is called are checked
   * @param names names besides those of the loopback address
   */
  SiteCheck(boolean checkHost, List<String> names) {
    this.checkHost = checkHost;
    names.forEach(name -> hosts.add(name.toLowerCase(Locale.ROOT)));
  }

  /**
   * What is wrong with a request, as a sentence.
   *
   * @param method its method
   * @param authority whom it is for: a name and perhaps a port
   * @param origin the site whose page sent it, if a browser did
   * @param fetchSite how that site stands to this one, as newer browsers say
   */
  Optional<String> problem(
      String method, String authority, Optional<String> origin, Optional<String> fetchSite) {
    String host = withoutPort(authority);
    if (checkHost && !hosts.contains(host)) {
      return Optional.of(
          "This server is not known as '"
              + host
              + "'. If it should be, start it with --http-host-name "
              + host
              + ".");
    }
    if (HARMLESS.contains(method)) {
      return Optional.empty(); // without CORS headers no other site can read the answer
    }
    boolean foreign =
        origin.filter(site -> !isOf(site, authority)).isPresent()
            || fetchSite.filter(site -> !Set.of("same-origin", "none").contains(site)).isPresent();
    return foreign
        ? Optional.of("Requests that change something must not come from pages of other sites.")
        : Optional.empty();
  }

  private static boolean isOf(String origin, String authority) {
    return origin.equalsIgnoreCase("http://" + authority)
        || origin.equalsIgnoreCase("https://" + authority);
  }

  private static String withoutPort(String authority) {
    return authority.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
  }
}
