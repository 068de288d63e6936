package io.homeport;

import io.homeport.local.LocalEngineOptions;
import java.nio.file.Path;
import java.util.List;

/**
 * How a server runs, as its flags and its environment say.
 *
 * @param http where it listens
 * @param dataDir where it keeps everything
 * @param local the local engine's settings
 * @param role the role of apps that name none
 * @param version the version of Homeport
 */
record ServerConfig(
    Http http, Path dataDir, LocalEngineOptions local, String role, String version) {
  /**
   * Where a server listens.
   *
   * @param address an address of this machine, or a name that has one
   * @param port 0 for any free one
   * @param insecure whether everybody who reaches it may do everything
   * @param hostNames further names it is called by
   */
  record Http(String address, int port, boolean insecure, List<String> hostNames) {}
}
