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
   * @throws IllegalArgumentException when it has another shape; the message is for people
   */
  static MasterDiscovery of(String master) {
    return master.startsWith("zk://") ? ZooKeeperMasters.of(master) : ListedMasters.of(master);
  }
}
