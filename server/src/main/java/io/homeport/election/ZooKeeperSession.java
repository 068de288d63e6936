package io.homeport.election;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.api.ACLProvider;
import org.apache.curator.framework.state.SessionConnectionStateErrorPolicy;
import org.apache.curator.retry.RetryNTimes;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;

/**
 * A server's session with ZooKeeper. It outlives connections: as long as ZooKeeper hears from it
 * once within its time-out, through whichever of its servers, the leadership is kept. When it does
 * not, ZooKeeper ends it, and others are elected.
 */
public final class ZooKeeperSession implements AutoCloseable {
  /** How long ZooKeeper waits for a silent server unless told otherwise. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  // ZooKeeper's own names for them.
  private static final Id ANYONE = new Id("world", "anyone");
  private static final Id CREATOR = new Id("auth", "");

  /** To read, write, create, delete and administer. */
  private static final int ALL_PERMISSIONS = 31;

  private static final int RETRIES = 20;
  private static final int MILLIS_BETWEEN_RETRIES = 250;

  private final ZooKeeperAddress address;
  private final CuratorFramework client;

  private ZooKeeperSession(ZooKeeperAddress address, CuratorFramework client) {
    this.address = address;
    this.client = client;
  }

  /**
   * Begins to connect, and keeps trying. Does not wait.
   *
   * @param address where the servers are
   * @param timeout how long ZooKeeper waits for a silent server; ZooKeeper has bounds of its own, 2
   *     to 20 of its ticks
   */
  public static ZooKeeperSession open(ZooKeeperAddress address, Duration timeout) {
    List<ACL> acl = acl(address);
    int millis = (int) timeout.toMillis();
    CuratorFrameworkFactory.Builder builder =
        CuratorFrameworkFactory.builder()
            .connectString(address.servers())
            .sessionTimeoutMs(millis)
            .connectionTimeoutMs(millis)
            .retryPolicy(new RetryNTimes(RETRIES, MILLIS_BETWEEN_RETRIES))
            // The address is the operator's word: what the servers call themselves may be ways
            // around a proxy, or names that only they can reach.
            .ensembleTracker(false)
            // A broken connection is no reason to step down: the session may go on over another.
            .connectionStateErrorPolicy(new SessionConnectionStateErrorPolicy())
            .aclProvider(
                new ACLProvider() {
                  @Override
                  public List<ACL> getDefaultAcl() {
                    return acl;
                  }

                  @Override
                  public List<ACL> getAclForPath(String path) {
                    return acl;
                  }
                });
    address
        .secret()
        .ifPresent(
            secret -> builder.authorization("digest", secret.getBytes(StandardCharsets.UTF_8)));
    CuratorFramework client = builder.build();
    client.start();
    return new ZooKeeperSession(address, client);
  }

  private static List<ACL> acl(ZooKeeperAddress address) {
    // ZooKeeper asks the list for null, which those of List.of() do not bear.
    return Collections.singletonList(
        new ACL(ALL_PERMISSIONS, address.secret().isPresent() ? CREATOR : ANYONE));
  }

  /** The connection; closed with this. */
  public CuratorFramework client() {
    return client;
  }

  /** Who may do what with nodes of this installation. */
  public List<ACL> acl() {
    return acl(address);
  }

  /** Where the installation is. */
  public ZooKeeperAddress address() {
    return address;
  }

  /** Ends it: ZooKeeper forgets at once whom it stood for. */
  @Override
  public void close() {
    client.close();
  }
}
