package io.homeport.mesos;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeport.mesos.testing.Settings;
import io.homeport.mesos.testing.TestMesos;
import io.homeport.model.AgentStatus;
import io.homeport.model.ClusterEvent;
import io.homeport.state.ClusterState;
import io.homeport.testing.ServerPorts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Masters are found in ZooKeeper and let us in by our credentials; agents in maintenance rest. */
final class MesosDiscoveryTest {
  @TempDir private Path dir;

  private final List<AutoCloseable> opened = new ArrayList<>();
  private final BlockingQueue<ClusterEvent> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> fatal = new LinkedBlockingQueue<>();

  @AfterEach
  void end() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  private <T extends AutoCloseable> T opened(T what) {
    opened.add(what);
    return what;
  }

  private MesosEngine run(MesosOptions options) throws Exception {
    MesosEngine engine = opened(MesosEngine.open(options, () -> ClusterState.EMPTY, fatal::add));
    engine.start("installation", Optional.empty(), events::add);
    return engine;
  }

  private <E extends ClusterEvent> E next(Class<E> kind) throws InterruptedException {
    while (true) {
      ClusterEvent event = events.poll(30, TimeUnit.SECONDS);
      assertThat(event).as("an event of kind " + kind.getSimpleName()).isNotNull();
      if (kind.isInstance(event)) {
        return kind.cast(event);
      }
    }
  }

  private static byte[] info(TestMesos mesos) {
    return ("{\"address\":{\"hostname\":\"127.0.0.1\",\"ip\":\"127.0.0.1\",\"port\":"
            + mesos.port()
            + "},\"id\":\"whatever\",\"version\":\"1.12.0\"}")
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void theLeadingMasterIsTheOneWithTheLowestNumberInZooKeeper() throws Exception {
    TestMesos first = opened(TestMesos.start(dir.resolve("first"), 1));
    TestMesos second = opened(TestMesos.start(dir.resolve("second"), 1));
    TestingServer zooKeeper = opened(new TestingServer(ServerPorts.next()));
    CuratorFramework client =
        opened(
            CuratorFrameworkFactory.newClient(zooKeeper.getConnectString(), new RetryOneTime(100)));
    client.start();
    client.create().creatingParentsIfNeeded().forPath("/mesos/json.info_0000000009", info(first));
    client.create().forPath("/mesos/json.info_0000000010", info(second));
    client.create().forPath("/mesos/log_replicas", new byte[0]);

    run(MesosOptions.of("zk://" + zooKeeper.getConnectString() + "/mesos", "homeport"));
    String id = next(ClusterEvent.Connected.class).frameworkId();
    assertThat(first.subscriptions()).isEqualTo(1);
    assertThat(second.subscriptions()).isZero();

    client.delete().forPath("/mesos/json.info_0000000009");
    first.killMaster();
    next(ClusterEvent.Disconnected.class);
    assertThat(next(ClusterEvent.Connected.class).frameworkId()).isEqualTo(id);
    assertThat(second.subscriptions()).isEqualTo(1);
  }

  @Test
  void credentialsOpenTheDoorAndWithoutThemThereIsASentence() throws Exception {
    TestMesos mesos =
        opened(TestMesos.start(dir.resolve("mesos"), Settings.of(1).withCredentials("me:s3cret")));
    run(MesosOptions.of(mesos.address(), "homeport"));
    String why = fatal.poll(30, TimeUnit.SECONDS);
    assertThat(why).contains("--mesos-principal").contains("--mesos-secret-file");

    Path secret = Files.writeString(dir.resolve("secret"), "s3cret\n");
    MesosOptions options =
        TestOptions.secured(
            mesos.address(),
            new MesosOptions.Security(
                Optional.of("me"),
                Optional.of(secret),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false));
    run(options);

    assertThat(next(ClusterEvent.Connected.class).frameworkId()).isNotEmpty();
    next(ClusterEvent.AgentReported.class);
    assertThat(options.toString()).doesNotContain("s3cret");
  }

  @Test
  void anAgentInItsWindowOfMaintenanceIsSaidToDrain() throws Exception {
    TestMesos mesos = opened(TestMesos.start(dir.resolve("mesos"), 1));
    run(MesosOptions.of(mesos.address(), "homeport"));
    next(ClusterEvent.OffersReceived.class);

    mesos.maintainAgent(0, Instant.now().minusSeconds(1), Duration.ofHours(1));

    ClusterEvent.AgentReported report = next(ClusterEvent.AgentReported.class);
    while (report.status() != AgentStatus.DRAINING) {
      report = next(ClusterEvent.AgentReported.class);
    }
    assertThat(report.agent().id().value()).isEqualTo(mesos.agentId(0));
  }
}
