package io.homeport.api;

import io.homeport.runtime.Election;
import java.util.List;
import java.util.Optional;

/**
 * What the API has to know of the server around it.
 *
 * @param address the address it listens on
 * @param port the port it listens on; 0 for any free one
 * @param role the role that apps get which name none
 * @param version the version of Homeport
 * @param warnings standing warnings for {@code /v2/info} and the UI
 * @param store where the state is kept, for people
 * @param readOnly why nothing can be changed; absent when all is well
 * @param election who leads; absent when there is this one server
 */
public record ApiConfig(
    String address,
    int port,
    String role,
    String version,
    List<String> warnings,
    String store,
    Optional<String> readOnly,
    Optional<Election> election) {
  /** One of a server that is alone. */
  public ApiConfig(
      String address,
      int port,
      String role,
      String version,
      List<String> warnings,
      String store,
      Optional<String> readOnly) {
    this(address, port, role, version, warnings, store, readOnly, Optional.empty());
  }
}
