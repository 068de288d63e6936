package io.homeport.election;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeport.runtime.Election;
import io.homeport.testing.ServerPorts;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.curator.test.KillSession;
import org.apache.curator.test.TestingServer;
import org.apache.zookeeper.data.ACL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Elections in a real ZooKeeper. */
@Timeout(120)
final class ZooKeeperElectionTest {
  private static final Duration SESSION = Duration.ofSeconds(10);

  private TestingServer zooKeeper;

  @BeforeEach
  void start() throws Exception {
    zooKeeper = new TestingServer(ServerPorts.next());
  }

  @AfterEach
  void stop() throws Exception {
    zooKeeper.close();
  }

  /** A server that notes what it is told. */
  private final class Server implements Election.Candidate, AutoCloseable {
    private final ZooKeeperSession session;
    private final ZooKeeperElection election;
    private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final URI address;

    Server(int port) {
      this(port, "");
    }

    Server(int port, String secret) {
      address = URI.create("http://127.0.0.1:" + port);
      session =
          ZooKeeperSession.open(
              ZooKeeperAddress.of("zk://" + secret + zooKeeper.getConnectString() + "/a/homeport"),
              SESSION);
      election = new ZooKeeperElection(session);
      election.stand(address, this);
    }

    @Override
    public void elected() {
      told.add("elected");
    }

    @Override
    public void deposed(String why) {
      told.add("deposed: " + why);
    }

    String next() throws InterruptedException {
      return String.valueOf(told.poll(60, TimeUnit.SECONDS));
    }

    @Override
    public void close() {
      election.close();
      session.close();
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(20);
    }
  }

  private static void awaitLeader(Server asked, Server leader) throws InterruptedException {
    await(() -> asked.election.leader().equals(Optional.of(leader.address)));
  }

  @Test
  void oneIsElectedAndAllKnowItAndTheNextFollowsWhenItEnds() throws Exception {
    try (Server second = first()) {
      assertThat(second.next()).isEqualTo("elected");
    }
  }

  /** Two servers, of which the first has led and ended. */
  private Server first() throws InterruptedException {
    try (Server first = new Server(1)) {
      assertThat(first.next()).isEqualTo("elected");
      Server second = new Server(2);
      awaitLeader(second, first);
      awaitLeader(first, first);
      await(() -> first.election.servers().equals(List.of(first.address, second.address)));
      assertThat(second.told).isEmpty();
      return second;
    }
  }

  @Test
  void whoResignsIsDeposedAndStandsBehindTheOthers() throws Exception {
    try (Server first = new Server(1)) {
      assertThat(first.next()).isEqualTo("elected");
      try (Server second = new Server(2)) {
        awaitLeader(second, first);

        first.election.resign("it was asked to", Duration.ZERO);

        assertThat(first.next()).isEqualTo("deposed: it was asked to");
        assertThat(second.next()).isEqualTo("elected");
        await(() -> second.election.servers().equals(List.of(second.address, first.address)));
        second.election.resign("in turn", Duration.ZERO);
        assertThat(second.next()).isEqualTo("deposed: in turn");
        assertThat(first.next()).isEqualTo("elected");
      }
    }
  }

  @Test
  void whoIsAloneAndResignsIsElectedAgain() throws Exception {
    try (Server only = new Server(1)) {
      assertThat(only.next()).isEqualTo("elected");
      only.election.resign("it was asked to", Duration.ZERO);
      assertThat(only.next()).isEqualTo("deposed: it was asked to");
      assertThat(only.next()).isEqualTo("elected");
    }
  }

  @Test
  void whoseSessionIsEndedIsDeposed() throws Exception {
    try (Server first = new Server(1)) {
      assertThat(first.next()).isEqualTo("elected");
      try (Server second = new Server(2)) {
        awaitLeader(second, first);

        KillSession.kill(first.session.client().getZookeeperClient().getZooKeeper());

        assertThat(second.next()).isEqualTo("elected");
        assertThat(first.next()).startsWith("deposed: ");
        awaitLeader(first, second);
        await(() -> second.election.servers().equals(List.of(second.address, first.address)));
      }
    }
  }

  @Test
  void aRestartOfZooKeeperWithinTheSessionDeposesNobody() throws Exception {
    try (Server first = new Server(1)) {
      assertThat(first.next()).isEqualTo("elected");

      zooKeeper.restart();

      try (Server second = new Server(2)) {
        awaitLeader(second, first);
        assertThat(first.told).isEmpty();
        assertThat(second.told).isEmpty();
      }
    }
  }

  @Test
  void withASecretTheNodesAreForItsHoldersAlone() throws Exception {
    try (Server first = new Server(1, "homeport:sesame-open@")) {
      assertThat(first.next()).isEqualTo("elected");
      List<ACL> acl = first.session.client().getACL().forPath("/a/homeport/election");
      assertThat(acl).hasSize(1);
      assertThat(acl.getFirst().getId().getScheme()).isEqualTo("digest");
      assertThat(acl.getFirst().getId().getId()).startsWith("homeport:");
      assertThat(first.election.description()).contains("/a/homeport").doesNotContain("sesame");
    }
  }

  @Test
  void addressesAreReadAndMistakesDoNotRepeatTheSecret() {
    ZooKeeperAddress address = ZooKeeperAddress.of("zk://u:p@h1:2181,h2:2181/a/b/");
    assertThat(address.servers()).isEqualTo("h1:2181,h2:2181");
    assertThat(address.path()).isEqualTo("/a/b");
    assertThat(address.secret()).contains("u:p");
    assertThat(address).hasToString("zk://...@h1:2181,h2:2181/a/b");
    assertThat(ZooKeeperAddress.of("zk://h1:2181/homeport")).hasToString("zk://h1:2181/homeport");
    for (String wrong : List.of("h1:2181/homeport", "zk://h1:2181", "zk://h1:2181/", "zk:///a")) {
      assertThatThrownBy(() -> ZooKeeperAddress.of(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("must look like zk://");
    }
    assertThatThrownBy(() -> ZooKeeperAddress.of("zk://u:geheim@h1:2181"))
        .hasMessageContaining("zk://...@h1:2181")
        .message()
        .doesNotContain("geheim");
  }
}
