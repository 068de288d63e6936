package io.homeport.election;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class ZooKeeperSessionTest {
  private static final Duration SESSION = Duration.ofSeconds(2);
  private static final int TICK_MILLIS = 500;

  @Test
  void zooKeeperIsLookedForWhereTheAddressSaysAndNowhereElse() throws Exception {
    List<InstanceSpec> specs = new ArrayList<>();
    for (int id = 1; id <= 3; id++) {
      specs.add(new InstanceSpec(null, -1, -1, -1, true, id, TICK_MILLIS, -1));
    }
    try (TestingCluster servers = new TestingCluster(specs)) {
      servers.start();
      InstanceSpec named = specs.getFirst();
      ZooKeeperAddress address =
          ZooKeeperAddress.of("zk://127.0.0.1:" + named.getPort() + "/homeport");
      try (ZooKeeperSession session = ZooKeeperSession.open(address, SESSION)) {
        LinkedBlockingQueue<ConnectionState> states = new LinkedBlockingQueue<>();
        session
            .client()
            .getConnectionStateListenable()
            .addListener((_, state) -> states.add(state));
        session.client().blockUntilConnected();
        session.client().create().creatingParentsIfNeeded().forPath("/homeport/here");
        states.clear();

        servers.killServer(named);

        assertThat(states.poll(60, TimeUnit.SECONDS)).isEqualTo(ConnectionState.SUSPENDED);
        assertThat(states.poll(60, TimeUnit.SECONDS))
            .as("the two that are left are not named in the address")
            .isEqualTo(ConnectionState.LOST);
      }
    }
  }
}
