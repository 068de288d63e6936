package io.homeport.mesos;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/** Where the leading master may be. */
interface MasterDiscovery extends AutoCloseable {
  /**
   * The masters to try, the likeliest leader first; those that do not lead say who does.
   *
   * @throws IOException when nobody can say at the moment
   */
  List<URI> candidates() throws IOException, InterruptedException;

  @Override
  void close();

  /**
   * The way that the setting asks for.
   *
   * @param master see {@link MesosOptions#master()}
   * @param https whether masters whose address does not say so are asked over HTTPS
   * @throws IllegalArgumentException when it has another shape; the message is for people
   */
  static MasterDiscovery of(String master, boolean https) {
    String scheme = https ? "https" : "http";
    return master.startsWith("zk://")
        ? ZooKeeperMasters.of(master, scheme)
        : ListedMasters.of(master, scheme);
  }
}
