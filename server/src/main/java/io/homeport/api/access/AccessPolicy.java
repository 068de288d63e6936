package io.homeport.api.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Who may call, decided from how the server runs. Open is only what nobody else can reach, or what
 * the operator wants open: a server that runs as root runs commands as root for whoever may call.
 *
 * @param mode who may call
 * @param loopback whether only this machine reaches the address; then the names by which the server
 *     may be called are checked, so that no page of another site can pass for one of its own
 * @param warnings what operators should know, each as a sentence
 */
public record AccessPolicy(AccessMode mode, boolean loopback, List<String> warnings) {
  /**
   * Decides.
   *
   * @param settings how the server runs
   * @throws AccessException when the address is none, or would let others in without credentials
   */
  public static AccessPolicy choose(AccessSettings settings) throws AccessException {
    boolean loopback = isLoopback(settings.address());
    List<String> warnings = new ArrayList<>();
    if (settings.insecure()) {
      if (!loopback || settings.root()) {
        warnings.add(
            "Everybody who reaches "
                + settings.address()
                + " may do everything, as this user, because of --insecure.");
      }
      return new AccessPolicy(AccessMode.OPEN, loopback, List.copyOf(warnings));
    }
    if (settings.credentials().isPresent()) {
      if (!loopback && !settings.tls()) {
        warnings.add(
            "Passwords and tokens cross the network unencrypted: give --tls-certificate and"
                + " --tls-key.");
      }
      return new AccessPolicy(AccessMode.CREDENTIALS, loopback, List.copyOf(warnings));
    }
    if (!loopback) {
      throw new AccessException(
          "Listening on "
              + settings.address()
              + " lets other machines in, which needs credentials: give --credentials FILE (and"
              + " --tls-certificate and --tls-key), or --insecure to let everybody do everything.");
    }
    AccessMode mode = settings.root() ? AccessMode.TOKEN : AccessMode.OPEN;
    return new AccessPolicy(mode, true, List.of());
  }

  private static boolean isLoopback(String address) throws AccessException {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      throw new AccessException(
          "--http-address must be an address of this machine, and '" + address + "' is none.",
          unknown);
    }
  }
}
