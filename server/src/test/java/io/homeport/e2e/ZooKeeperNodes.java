package io.homeport.e2e;

import io.homeport.testing.ServerPorts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingCluster;
import org.apache.curator.test.TestingZooKeeperServer;

/** A ZooKeeper of three nodes, in this process; each can be ended and started again. */
final class ZooKeeperNodes implements AutoCloseable {
  private static final int TICK_MILLIS = 500;

  private final TestingCluster cluster;

  private ZooKeeperNodes(TestingCluster cluster) {
    this.cluster = cluster;
  }

  static ZooKeeperNodes start() {
    List<InstanceSpec> specs = new ArrayList<>();
    for (int id = 1; id <= 3; id++) {
      specs.add(
          new InstanceSpec(
              null,
              ServerPorts.next(),
              ServerPorts.next(),
              ServerPorts.next(),
              true,
              id,
              TICK_MILLIS,
              -1));
    }
    TestingCluster cluster = new TestingCluster(specs);
    try {
      cluster.start();
    } catch (Exception e) { // what Curator declares
      throw new IllegalStateException("ZooKeeper did not start", e);
    }
    return new ZooKeeperNodes(cluster);
  }

  /** The ports that clients connect to. */
  List<Integer> ports() {
    return cluster.getInstances().stream().map(InstanceSpec::getPort).toList();
  }

  /** {@code h1:p1,h2:p2,h3:p3}. */
  String connectString() {
    return cluster.getConnectString();
  }

  void stop(int node) {
    server(node).kill();
  }

  void restart(int node) {
    try {
      server(node).restart();
    } catch (Exception e) { // what Curator declares
      throw new IllegalStateException("the node did not start again", e);
    }
  }

  private TestingZooKeeperServer server(int node) {
    return cluster.getServers().get(node);
  }

  @Override
  public void close() throws IOException {
    cluster.close();
  }
}
