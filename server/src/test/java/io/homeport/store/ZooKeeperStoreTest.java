package io.homeport.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeport.model.AppId;
import io.homeport.model.RunCommand;
import io.homeport.runtime.Store;
import io.homeport.runtime.Store.Outcome;
import io.homeport.runtime.StoreException;
import io.homeport.state.Change;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryNTimes;
import org.apache.curator.test.TestingServer;
import org.apache.zookeeper.ZooDefs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ZooKeeperStoreTest extends StoreContract {
  private TestingServer server;
  private CuratorFramework client;

  @BeforeEach
  void start() throws Exception {
    server = new TestingServer();
    client =
        CuratorFrameworkFactory.builder()
            .connectString(server.getConnectString())
            .sessionTimeoutMs(10_000)
            .connectionTimeoutMs(5_000)
            .retryPolicy(new RetryNTimes(20, 250))
            .build();
    client.start();
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    server.close();
  }

  @Override
  Store open() throws StoreException {
    return ZooKeeperStore.open(client, "/homeport", ZooDefs.Ids.OPEN_ACL_UNSAFE);
  }

  @Test
  void readingEverythingFencesWhoeverWroteBefore() throws Exception {
    try (Store deposed = open();
        Store leader = open()) {
      assertThat(deposed.commit(0, oneChange(1))).isEqualTo(new Outcome.Committed(1));

      assertThat(deposed.takenOver()).isEmpty();

      assertThat(leader.load(_ -> {})).isEqualTo(1);

      assertThat(leader.takenOver()).isEmpty();
      assertThat(deposed.takenOver()).hasValueSatisfying(why -> assertThat(why).contains("leads"));
      assertThat(deposed.commit(1, oneChange(2))).isInstanceOf(Outcome.Refused.class);
      assertThat(leader.commit(1, oneChange(3))).isEqualTo(new Outcome.Committed(2));
      assertThat(loaded(leader).term()).isEqualTo("term3");
    }
  }

  @Test
  void whoHasNotReadItDoesNotLead() throws Exception {
    try (Store store = open()) {
      assertThat(store.takenOver()).isPresent();
    }
  }

  @Test
  void whoLeadsIsKnownAgainAfterAnOutage() throws Exception {
    try (Store store = open()) {
      assertThat(store.commit(0, oneChange(1))).isEqualTo(new Outcome.Committed(1));
      server.stop();
      CompletableFuture<java.util.Optional<String>> answer =
          CompletableFuture.supplyAsync(store::takenOver);
      server.restart();
      assertThat(answer.get()).isEmpty();
    }
  }

  @Test
  void aCommitDuringAnOutageEndsInCertaintyOnceTheServersAreBack() throws Exception {
    try (Store store = open()) {
      assertThat(store.commit(0, oneChange(1))).isEqualTo(new Outcome.Committed(1));
      server.stop();
      CompletableFuture<Outcome> outcome =
          CompletableFuture.supplyAsync(() -> store.commit(1, oneChange(2)));
      server.restart();
      assertThat(outcome.get()).isEqualTo(new Outcome.Committed(2));
      assertThat(store.commit(2, oneChange(3))).isEqualTo(new Outcome.Committed(3));
      assertThat(loaded(store).term()).isEqualTo("term3");
    }
  }

  @Test
  void aNewerFormatIsRefusedUntouched() throws Exception {
    open().close();
    client.setData().forPath("/homeport/state/format", "2".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContainingAll("has format 2", "knows formats up to 1", "newer version");
    assertThat(client.getData().forPath("/homeport/state/format")).isEqualTo(new byte[] {'2'});
  }

  @Test
  void aRecordThatIsNotUnderstoodIsNamed() throws Exception {
    try (Store store = open()) {
      assertThat(store.commit(0, oneChange(1))).isInstanceOf(Outcome.Committed.class);
      String node = new ZooKeeperLayout("/homeport").node(RecordKind.TERM, "");
      client.setData().forPath(node, "{}".getBytes(StandardCharsets.UTF_8));

      assertThatThrownBy(() -> store.load(_ -> {}))
          .isInstanceOf(StoreException.class)
          .hasMessageContainingAll("record term", "Nothing was changed");
    }
  }

  @Test
  void whatIsMoreThanOneMessageIsRefusedWithTheLimitAndWritesNothing() throws Exception {
    Random random = new Random(1);
    StringBuilder noise = new StringBuilder();
    IntStream.range(0, 1_400_000).forEach(_ -> noise.append((char) ('!' + random.nextInt(90))));
    List<Change.Stored> large =
        List.of(
            new Change.AppPut(
                GoldenSamples.minimalApp(
                    new RunCommand.Shell(noise.toString()), new AppId("/large"))));
    try (Store store = open()) {
      assertThat(store.tooLarge(oneChange(1))).isEmpty();
      assertThat(store.tooLarge(large))
          .hasValueSatisfying(why -> assertThat(why).contains("960,000"));

      assertThat(store.commit(0, large)).isInstanceOf(Outcome.Full.class);

      assertThat(loaded(store).apps()).isEmpty();
      assertThat(store.commit(0, oneChange(1))).isEqualTo(new Outcome.Committed(1));
    }
  }

  @Test
  void aCommitAsLargeAsTheLoopMakesThemFits() throws Exception {
    try (Store store = open()) {
      List<Change.Stored> changes = new ArrayList<>();
      for (int i = 0; changes.size() < 2 * store.limits().changes(); i++) {
        changes.addAll(GoldenSamples.many(i));
      }
      assertThat(store.commit(0, changes.subList(0, store.limits().changes())))
          .isEqualTo(new Outcome.Committed(1));
      assertThat(loaded(store).instances()).isNotEmpty();
    }
  }
}
