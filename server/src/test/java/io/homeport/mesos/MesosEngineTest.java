package io.homeport.mesos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.homeport.mesos.testing.TestMesos;
import io.homeport.model.AppId;
import io.homeport.model.ClusterEvent;
import io.homeport.model.Goal;
import io.homeport.model.Instance;
import io.homeport.model.InstanceId;
import io.homeport.state.Change;
import io.homeport.state.ClusterState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of a connection: found, kept, lost, made anew, given up. */
final class MesosEngineTest {
  @TempDir private Path dir;

  private final List<MesosEngine> engines = new ArrayList<>();
  private TestMesos mesos;

  /** An engine, what it says, and why it gave up. */
  private record Run(
      MesosEngine engine, BlockingQueue<ClusterEvent> events, BlockingQueue<String> fatal) {
    <E extends ClusterEvent> E next(Class<E> kind) throws InterruptedException {
      while (true) {
        ClusterEvent event = events.poll(20, TimeUnit.SECONDS);
        assertThat(event).as("an event of kind " + kind.getSimpleName()).isNotNull();
        if (kind.isInstance(event)) {
          return kind.cast(event);
        }
      }
    }

    String end() throws InterruptedException {
      String why = fatal.poll(20, TimeUnit.SECONDS);
      assertThat(why).as("a reason to give up").isNotNull();
      return why;
    }
  }

  @BeforeEach
  void begin() throws IOException {
    mesos = TestMesos.start(dir, 1);
  }

  @AfterEach
  void end() {
    engines.forEach(MesosEngine::close);
    mesos.close();
  }

  private Run run(String master, Optional<String> frameworkId) throws IOException {
    return run(master, frameworkId, ClusterState.EMPTY);
  }

  private Run run(String master, Optional<String> frameworkId, ClusterState state)
      throws IOException {
    BlockingQueue<ClusterEvent> events = new LinkedBlockingQueue<>();
    BlockingQueue<String> fatal = new LinkedBlockingQueue<>();
    MesosEngine engine =
        MesosEngine.open(MesosOptions.of(master, "homeport"), () -> state, fatal::add);
    engines.add(engine);
    engine.start("installation", frameworkId, events::add);
    return new Run(engine, events, fatal);
  }

  @Test
  void aSilentMasterIsLeftAndTheFrameworkIdKept() throws Exception {
    Run run = run(mesos.address(), Optional.empty());
    String id = run.next(ClusterEvent.Connected.class).frameworkId();

    mesos.silence(true);
    assertThat(run.next(ClusterEvent.Disconnected.class).why()).contains("silent for 3 s");
    mesos.silence(false);

    assertThat(run.next(ClusterEvent.Connected.class).frameworkId()).isEqualTo(id);
    assertThat(mesos.subscriptions()).isGreaterThan(1);
    assertThat(run.next(ClusterEvent.AgentReported.class).agent().id().value())
        .isEqualTo(mesos.agentId(0));
  }

  @Test
  void theLeadingMasterIsFoundByItsRedirect() throws Exception {
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext(
        "/",
        exchange -> {
          exchange
              .getResponseHeaders()
              .set("Location", "//" + mesos.address() + exchange.getRequestURI().getPath());
          exchange.sendResponseHeaders(307, -1);
          exchange.close();
        });
    other.start();
    try {
      Run run = run("http://127.0.0.1:" + other.getAddress().getPort(), Optional.empty());

      assertThat(run.next(ClusterEvent.Connected.class).frameworkId()).isNotEmpty();
    } finally {
      other.stop(0);
    }
  }

  @Test
  void aRemovedFrameworkEndsTheServerWithTheWayOut() throws Exception {
    Run run = run(mesos.address(), Optional.empty());
    String id = run.next(ClusterEvent.Connected.class).frameworkId();

    mesos.tearDown(id);

    assertThat(run.end()).contains("removed this framework").contains("--mesos-new-framework");
  }

  @Test
  void whoIsTakenOverEnds() throws Exception {
    Run first = run(mesos.address(), Optional.empty());
    String id = first.next(ClusterEvent.Connected.class).frameworkId();

    Run second = run(mesos.address(), Optional.of(id));

    assertThat(second.next(ClusterEvent.Connected.class).frameworkId()).isEqualTo(id);
    assertThat(first.end()).contains("Another scheduler has taken over");
  }

  @Test
  void aRoleThatIsTakenIsRefused() throws Exception {
    mesos.addNeighbour("other", "homeport");

    Run run = run(mesos.address(), Optional.empty());

    assertThat(run.end()).contains("'other'").contains("--mesos-share-role");
    assertThat(mesos.subscriptions()).isZero();
  }

  @Test
  void theStateOfTheLocalEngineIsNotTaken() throws Exception {
    Run run = run(mesos.address(), Optional.of("local-abc"));

    assertThat(run.end()).contains("--data-dir");
    assertThat(mesos.subscriptions()).isZero();
  }

  @Test
  void aStateWithInstancesIsNotRegisteredAnew() throws Exception {
    Instance instance =
        new Instance(
            new InstanceId("db.instance-t-1"),
            new AppId("/db"),
            0,
            Goal.RUNNING,
            Optional.empty(),
            0,
            Optional.empty(),
            Instant.EPOCH);

    Run run =
        run(
            mesos.address(),
            Optional.empty(),
            ClusterState.EMPTY.apply(new Change.InstancePut(instance)));

    assertThat(run.end()).contains("--mesos-new-framework");
    assertThat(mesos.subscriptions()).isZero();
  }

  @Test
  void addressesOfMastersAreRead() throws Exception {
    assertThat(ListedMasters.of("http://a:5050,b", "https").candidates())
        .extracting(Object::toString)
        .containsExactly("http://a:5050", "http://b:5050");
    assertThat(ListedMasters.of("https://a:1", "http").candidates().getFirst())
        .hasToString("https://a:1");
    assertThat(ListedMasters.of("a:1", "https").candidates().getFirst()).hasToString("https://a:1");
    assertThatThrownBy(() -> MasterDiscovery.of("not an address", false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("zk://");
    assertThatThrownBy(() -> MasterDiscovery.of("zk://user:secret@h1:2181", false))
        .hasMessageNotContaining("secret");
    byte[] info =
        "{\"address\":{\"hostname\":\"m1\",\"ip\":\"10.0.0.1\",\"port\":5050}}"
            .getBytes(StandardCharsets.UTF_8);
    assertThat(ZooKeeperMasters.address(info, "http")).hasToString("http://m1:5050");
  }

  @Test
  void brokenStreamsAreNoticed() {
    for (String broken : List.of("12", "5\nabc", "x\n", "99999999999\n", "-1\n", "\n")) {
      RecordReader records =
          new RecordReader(new ByteArrayInputStream(broken.getBytes(StandardCharsets.US_ASCII)));

      assertThatThrownBy(records::next).as(broken).isInstanceOf(IOException.class);
    }
  }
}
